"""Silence: a half-told report is filed as it is when its resident has said nothing for too long."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from storage.unit import Unit

FileSilent = Callable[[Unit, int, datetime], object]
"""Files what a resident told so far and ends the conversation: (unit, resident id, now)."""
PUT_OFF = timedelta(hours=1)
"""How long a report that could not be filed (a mistake of ours) is left before the next try."""
_log = structlog.get_logger(__name__)


class Silence:
    """A job: takes one conversation at a time."""

    def __init__(self, file_silent: FileSilent) -> None:
        self._file = file_silent

    def __call__(self, unit: Unit, now: datetime) -> bool:
        """File the report that waits longest; False where none does."""
        for resident_id in unit.conversations.silent(now, 1):
            self._end(unit, resident_id, now)
            return True
        return False

    def _end(self, unit: Unit, resident_id: int, now: datetime) -> None:
        error = unit.attempt(lambda: self._file(unit, resident_id, now))
        if error:
            _log.error("silent_report_failed", error=type(error).__name__)
        conversation = unit.conversations.of(resident_id)
        if conversation.expires_at is not None and conversation.expires_at <= now:
            # Whatever went wrong, the next in the row must have its turn.
            conversation.expires_at = now + PUT_OFF
            unit.conversations.save(conversation)
