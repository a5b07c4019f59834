"""What is promised, and how a limit moves."""

from dataclasses import dataclass
from datetime import datetime

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.category import Category
from handlers.rules.reminders import Planned, ReminderKind, ladder

__all__ = ["URGENT", "Planned", "Promise", "ReminderKind", "extended", "ladder", "promise", "shifted"]

URGENT = 1
"""From this urgency on a ticket gets the urgent limits (0 ordinary, 1 urgent, 2 danger)."""


@dataclass(frozen=True, slots=True)
class Promise:
    """By when an office is to sign for a ticket, and by when the matter is to be resolved."""

    sign_for_at: datetime
    due_at: datetime


def promise(
    category: Category, urgency: int, reopened: int, now: datetime, calendar: WorkingCalendar
) -> Promise:
    """Return the limits of a ticket that is dispatched now; ``reopened`` counts how often it came back."""
    limits = category.limits
    urgent = urgency >= URGENT
    days = min(
        limits.resolve_days,
        limits.urgent_resolve_days if urgent else limits.resolve_days,
        limits.reopened_resolve_days if reopened else limits.resolve_days,
    )
    hours = limits.urgent_sign_for_hours if urgent else limits.sign_for_hours
    return Promise(sign_for_at=calendar.add_hours(now, hours), due_at=calendar.add_days(now, days))


def extended(due_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Return the limit ``days`` working days later."""
    return calendar.add_days(due_at, days)


def shifted(
    due_at: datetime, paused_from: datetime, paused_until: datetime, calendar: WorkingCalendar
) -> datetime:
    """Return the limit after a pause: the working time that was left is left again.

    A pause does not heal lateness: a limit that had passed stays where it was.
    """
    if due_at <= paused_from:
        return due_at
    return max(due_at, calendar.add(paused_until, calendar.working(paused_from, due_at)))
