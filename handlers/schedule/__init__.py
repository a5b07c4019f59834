"""What happens when the clock strikes."""

from datetime import timedelta

from handlers.cases import Casebook
from handlers.rules.zone import Zone
from handlers.schedule.job import Cadence, Job
from handlers.schedule.media import LostMedia
from handlers.schedule.reminders import Reminders
from handlers.schedule.retention import Erase, Forget, Tidy
from handlers.schedule.silence import FileSilent, Silence
from handlers.schedule.told import Told, rating_choices
from handlers.telling import Teller

__all__ = ["Cadence", "Erase", "FileSilent", "Job", "LostMedia", "jobs", "rating_choices"]

_EVERY_MINUTE = Cadence(timedelta(minutes=1))
_EVERY_NIGHT = Cadence(timedelta(days=1), offset=timedelta(hours=19))
"""03:00 in China, when nobody writes."""


def jobs(
    zone: Zone, casebook: Casebook, teller: Teller, *, file_silent: FileSilent, erase: Erase
) -> tuple[Job, ...]:
    """Return everything the clock does. ``file_silent`` and ``erase`` are the residents' side's."""
    told = Told(zone, teller, casebook)
    return (
        Job("reminders", _EVERY_MINUTE, Reminders(casebook, told, zone.clock)),
        Job("silence", _EVERY_MINUTE, Silence(file_silent)),
        Job("tidy", _EVERY_NIGHT, Tidy(zone.retention)),
        Job("forget", _EVERY_NIGHT, Forget(zone.retention, erase)),
    )
