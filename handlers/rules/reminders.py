"""Which reminders a ticket is due in its present state, to whom and from when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import PAUSED, Status
from handlers.rules.tuning import ClockSettings
from handlers.rules.zone import DESK


class ReminderKind(StrEnum):
    """What the clock has to say about a ticket, and to whom."""

    SIGN_FOR = "sign_for"
    """To the owner: not signed for in time."""
    HALF = "half"
    """To the owner: half of the working time is gone."""
    EIGHTY = "eighty"
    """To the owner: four fifths of it are gone."""
    OVERDUE = "overdue"
    """To the owner: the limit is reached."""
    ESCALATE_DESK = "escalate_desk"
    """To the desk: still open some working days after the limit."""
    ESCALATE_LEADER = "escalate_leader"
    """To the leaders: still open some more working days after the limit, unassigned or parked for so long."""
    RETURN_WAITING = "return_waiting"
    """To the desk: it holds a ticket that nobody has been given."""
    HOLD_OVER = "hold_over"
    """To the owner and the desk: the date until which the ticket was parked has come."""
    FOLLOW_UP = "follow_up"
    """To the resident, who has heard nothing for some days."""
    ASK_RATING = "ask_rating"
    """To the resident: is it solved, are you content?"""
    ASK_RATING_AGAIN = "ask_rating_again"
    """To the resident, once more."""
    CLOSE_UNRATED = "close_unrated"
    """To nobody: the ticket is closed without a rating."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder and the moment from which it is due."""

    kind: ReminderKind
    at: datetime


def ladder(
    status: Status,
    created_at: datetime,
    sign_for_at: datetime | None,
    due_at: datetime | None,
    clock: ClockSettings,
    calendar: WorkingCalendar,
    *,
    owner: str = "",
    since: datetime | None = None,
    heard_at: datetime | None = None,
    hold_until: datetime | None = None,
    rated: bool = False,
) -> tuple[Planned, ...]:
    """Return the reminders of a ticket in its present state, soonest first, also those long due.

    ``created_at`` is when the running limit began (filing, or the last reopening), ``since`` when the
    present state did, ``heard_at`` when the resident last heard of the ticket; both default to
    ``created_at``. Without ``due_at``, or in a pause, no limit runs.
    """
    since = since or created_at
    planned = list(_state(status, since, sign_for_at, clock, calendar, owner, hold_until, rated))
    if due_at is not None and status in _WORKED:
        planned += _limit(created_at, due_at, clock, calendar)
    if status in _WORKED or status in PAUSED:
        silent = (heard_at or created_at) + timedelta(days=clock.follow_up_days)
        planned.append(Planned(ReminderKind.FOLLOW_UP, calendar.next_opening(silent)))
    return tuple(sorted(planned, key=lambda reminder: reminder.at))


_WORKED = frozenset({Status.DISPATCHED, Status.ACCEPTED, Status.IN_PROGRESS})


def _state(
    status: Status,
    since: datetime,
    sign_for_at: datetime | None,
    clock: ClockSettings,
    calendar: WorkingCalendar,
    owner: str,
    hold_until: datetime | None,
    rated: bool,
) -> Iterator[Planned]:
    if status is Status.RETURNED or (status is Status.DISPATCHED and owner == DESK):
        yield from _unassigned(status, since, clock, calendar)
    elif status is Status.DISPATCHED and sign_for_at is not None:
        yield Planned(ReminderKind.SIGN_FOR, sign_for_at)
    elif status is Status.ON_HOLD and hold_until is not None:
        yield Planned(ReminderKind.HOLD_OVER, calendar.next_opening(hold_until))
        # No limit runs here that would tell the leaders.
        yield Planned(ReminderKind.ESCALATE_LEADER, calendar.add_days(hold_until, clock.escalate_leader_days))
    elif status is Status.RESOLVED and not rated:
        yield from _rating(since, clock, calendar)


def _unassigned(
    status: Status, since: datetime, clock: ClockSettings, calendar: WorkingCalendar
) -> Iterator[Planned]:
    waiting = calendar.add_hours(since, clock.return_waiting_hours)
    yield Planned(ReminderKind.RETURN_WAITING, waiting)
    if status is Status.RETURNED:  # no limit runs here that would tell the leaders
        yield Planned(ReminderKind.ESCALATE_LEADER, calendar.add_days(since, clock.escalate_leader_days))


def _limit(
    start: datetime, due_at: datetime, clock: ClockSettings, calendar: WorkingCalendar
) -> Iterator[Planned]:
    whole = calendar.working(start, due_at)
    yield Planned(ReminderKind.HALF, calendar.add(start, whole * clock.half))
    yield Planned(ReminderKind.EIGHTY, calendar.add(start, whole * clock.eighty))
    yield Planned(ReminderKind.OVERDUE, due_at)
    yield Planned(ReminderKind.ESCALATE_DESK, calendar.add_days(due_at, clock.escalate_desk_days))
    yield Planned(ReminderKind.ESCALATE_LEADER, calendar.add_days(due_at, clock.escalate_leader_days))


def _rating(resolved_at: datetime, clock: ClockSettings, calendar: WorkingCalendar) -> Iterator[Planned]:
    day = calendar.workday_after(calendar.local_date(resolved_at), 1)
    for kind, days in (
        (ReminderKind.ASK_RATING, 0),
        (ReminderKind.ASK_RATING_AGAIN, clock.rate_again_days),
        (ReminderKind.CLOSE_UNRATED, clock.close_unrated_days),
    ):
        yield Planned(kind, calendar.at(day + timedelta(days=days), clock.rate_at))
