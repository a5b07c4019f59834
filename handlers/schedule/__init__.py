"""What happens when the clock strikes."""

from datetime import timedelta

from handlers.cases import Casebook
from handlers.rules.zone import Zone
from handlers.schedule.job import Cadence, Job
from handlers.schedule.media import LostMedia
from handlers.schedule.misled import Misled
from handlers.schedule.reminders import Reminders
from handlers.schedule.retention import Erase, Forget, Tidy
from handlers.schedule.silence import FileSilent, Silence
from handlers.schedule.told import Told
from handlers.telling import Teller

__all__ = ["Cadence", "Erase", "FileSilent", "Job", "LostMedia", "jobs"]

_EVERY_MINUTE = Cadence(timedelta(minutes=1))
_EVERY_NIGHT = Cadence(timedelta(days=1), offset=timedelta(hours=19))
"""03:00 in China, when nobody writes."""
_MONDAY_MORNING = Cadence(timedelta(days=7), offset=timedelta(days=2, hours=1))
"""09:00 in China, from Monday 2000-01-03 on: when the desk plans its week."""


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
        Job("misled", _MONDAY_MORNING, Misled(zone, teller)),
    )
