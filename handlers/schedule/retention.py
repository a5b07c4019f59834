"""Retention: what has met its purpose is deleted (个人信息保护法 §19, §47); each batch small."""

from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.forgetting import mask
from handlers.rules.tuning import RetentionSettings
from storage.unit import Unit

Erase = Callable[[Unit, int, datetime], None]
"""Forgets who a resident is: (unit, resident id, now)."""
BATCH = 100
"""Cases or residents a transaction."""
SLOT_DAYS = 100
"""How long a job's slots are remembered: longer than the longest cadence (a quarter)."""


class Tidy:
    """A job: drops whole rows that are too old to be of use to anybody."""

    def __init__(self, retention: RetentionSettings) -> None:
        self._retention = retention

    def __call__(self, unit: Unit, now: datetime) -> bool:
        """Drop all of it at once: these rows hang on nothing."""
        kept = self._retention
        unit.inbox.forget_before(now - timedelta(days=kept.inbox_days))
        unit.upkeep.forget_loose_messages_before(now - timedelta(days=kept.conversation_days))
        unit.upkeep.disown_loose_files_before(now - timedelta(days=kept.conversation_days))
        unit.upkeep.forget_notices_before(now - timedelta(days=kept.outbox_days))
        unit.upkeep.forget_failures_before(now - timedelta(days=kept.inbox_days))
        unit.sessions.forget_before(now)
        unit.jobs.forget_before(now - timedelta(days=SLOT_DAYS))
        return False


class Forget:
    """A job: cuts old cases off from their residents, and forgets residents who left long ago."""

    def __init__(self, retention: RetentionSettings, erase: Erase) -> None:
        self._contact = timedelta(days=retention.contact_days)
        self._erase = erase

    def __call__(self, unit: Unit, now: datetime) -> bool:
        """Forget a batch; True where it was a full one."""
        moment = now - self._contact
        untied = unit.upkeep.untie_before(moment, BATCH)
        mask(unit, filter(None, map(unit.tickets.by_id, untied)))
        lapsed = unit.upkeep.lapsed_residents(moment, BATCH)
        for resident_id in lapsed:
            self._erase(unit, resident_id, now)
        return BATCH in {len(untied), len(lapsed)}
