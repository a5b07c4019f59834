"""Reminders: each rung of a ticket's ladder is told once, to whom it concerns, if it is still true."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog

from handlers.cases import Casebook
from handlers.rules.deadlines import ReminderKind as Kind
from handlers.rules.tuning import ClockSettings
from handlers.schedule.told import Told
from storage.models import Reminder, Ticket
from storage.unit import Unit

PUT_OFF = timedelta(hours=1)
"""How long a ticket whose reminder could not be told (a mistake of ours) is left before the next try."""
_RUNGS = (Kind.OVERDUE, Kind.EIGHTY, Kind.HALF)
"""Rungs that say the same thing ever louder: after a downtime only the loudest is told."""
_RATING = (Kind.ASK_RATING, Kind.ASK_RATING_AGAIN, Kind.CLOSE_UNRATED)
"""Steps that follow each other: after a downtime the first that is missing is taken."""
_log = structlog.get_logger(__name__)


class Reminders:
    """A job: takes one ticket at a time, so that the rows are held but for a moment."""

    def __init__(self, casebook: Casebook, told: Told, clock: ClockSettings) -> None:
        self._casebook = casebook
        self._told = told
        self._again = timedelta(days=clock.rate_again_days)

    def __call__(self, unit: Unit, now: datetime) -> bool:
        """Tell what is due of the ticket that waits longest; False where none does."""
        due = unit.reminders.due(now, 1)
        if not due:
            return False
        ticket_id = due[0].ticket_id
        error = unit.attempt(lambda: self._remind(unit, ticket_id, now))
        if error:
            _log.error("reminder_failed", ticket=ticket_id, error=type(error).__name__)
            self._put_off(_open(unit, ticket_id, now), now)
        return True

    def _remind(self, unit: Unit, ticket_id: int, now: datetime) -> None:
        ticket = unit.tickets.by_id(ticket_id)
        assert ticket is not None
        true, moved = self._sifted(ticket, _open(unit, ticket_id, now), now)
        spoken = chosen(true)
        for kind in spoken:
            self._told.tell(unit, ticket, kind, true[kind].at, now)
        if moved or Kind.FOLLOW_UP in spoken:
            self._casebook.plan(unit, ticket)
        if Kind.CLOSE_UNRATED in true and Kind.CLOSE_UNRATED not in spoken:
            row = true[Kind.CLOSE_UNRATED]
            row.done_at, row.at = None, now + self._again

    def _sifted(
        self, ticket: Ticket, due: Sequence[Reminder], now: datetime
    ) -> tuple[dict[Kind, Reminder], bool]:
        """Mark all as done; return those that are still true, and whether others were only moved."""
        current = {reminder.kind.value: reminder.at for reminder in self._casebook.planned(ticket)}
        true, moved = {}, False
        for row in due:
            row.done_at = now
            at = current.get(row.kind)
            if at is not None and at <= now:
                row.at = at  # the present plan's moment, so that planning anew finds it done
                true[Kind(row.kind)] = row
            moved = moved or (at is not None and at > now)
        return true, moved

    @staticmethod
    def _put_off(due: Iterable[Reminder], now: datetime) -> None:
        for row in due:
            row.at = now + PUT_OFF


def chosen(due: Iterable[Kind]) -> list[Kind]:
    """Return which of the kinds due at once are told: of each row that belongs together only one."""
    kinds = list(due)
    silenced = {*_after_first(kinds, _RUNGS), *_after_first(kinds, _RATING)}
    return [kind for kind in kinds if kind not in silenced]


def _after_first(kinds: list[Kind], ranked: Sequence[Kind]) -> list[Kind]:
    return [kind for kind in ranked if kind in kinds][1:]


def _open(unit: Unit, ticket_id: int, now: datetime) -> list[Reminder]:
    rows = unit.reminders.of_ticket(ticket_id)
    return [row for row in rows if row.done_at is None and row.at <= now]
