"""How a ticket moves: state, clock, history and reminders in one step, whoever moves it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.rules import deadlines
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import FINAL, PAUSED, Action, Status, after
from handlers.rules.zone import DESK, Zone
from storage.models import HistoryEntry, Ticket
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Actor:
    """Who moves a ticket: ``kind`` is resident, officer, clock or system; only officers have a name."""

    kind: str
    name: str = ""


RESIDENT = Actor("resident")
CLOCK = Actor("clock")
SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Move:
    """One step: what is done, by whom, and the words that go with it."""

    action: Action
    actor: Actor
    public: str = ""
    """The resident reads it."""
    internal: str = ""
    data: Mapping[str, Any] | None = None
    seen_version: int | None = None
    """The version that the actor saw; the move is refused (Stale) where it is not the present one."""


class Casebook:
    """Moves tickets by the rules of their life; tells nobody (that is the teller's part)."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar) -> None:
        self._zone = zone
        self._calendar = calendar

    def open(self, unit: Unit, ticket: Ticket, actor: Actor, now: datetime, reason: str = "") -> None:
        """Give a fresh ticket its limits, file it, and begin its history; ``reason`` says why this owner."""
        self._start_limit(ticket, now)
        ticket.promised_at = ticket.due_at
        unit.tickets.add(ticket)
        unit.tickets.record(_entry(ticket, "", FILE, actor, now, internal=reason))
        assert ticket.id is not None
        unit.reminders.begin(ticket.id, self._named(ticket))

    def move(self, unit: Unit, ticket: Ticket, move: Move, now: datetime) -> None:
        """Do one step and keep it. Raises NotAllowed or Stale, and then nothing is kept."""
        before = Status(ticket.status)
        status = after(before, move.action)
        self._turn_clock(ticket, before, status, move.action, now)
        ticket.status = status
        self.record(unit, ticket, move, before, now)

    def record(self, unit: Unit, ticket: Ticket, move: Move, before: str, now: datetime) -> None:
        """Save a ticket that was changed already, append the step, and put up its reminders anew."""
        unit.tickets.save(ticket, move.seen_version)
        entry = _entry(ticket, before, move.action, move.actor, now, move.public, move.internal)
        entry.data = dict(move.data or {})
        unit.tickets.record(entry)
        self.plan(unit, ticket)

    def plan(self, unit: Unit, ticket: Ticket) -> None:
        """Put up the reminders that the ticket is due in its present state."""
        assert ticket.id is not None
        unit.reminders.plan(ticket.id, self._named(ticket))

    def _named(self, ticket: Ticket) -> list[tuple[str, datetime]]:
        return [(reminder.kind.value, reminder.at) for reminder in self.planned(ticket)]

    def planned(self, ticket: Ticket) -> tuple[deadlines.Planned, ...]:
        """Return the reminders that the ticket is due in its present state, soonest first."""
        return deadlines.ladder(
            Status(ticket.status),
            ticket.limit_from,
            ticket.sign_for_at,
            ticket.due_at,
            self._zone.clock,
            self._calendar,
            owner=ticket.owner,
            since=ticket.moved_at,
            heard_at=ticket.told_at,
            hold_until=ticket.hold_until,
            rated=ticket.rating is not None,
        )

    def _turn_clock(
        self, ticket: Ticket, before: Status, status: Status, action: Action, now: datetime
    ) -> None:
        if status is not before or action in _FRESH_START:
            ticket.moved_at = now
        if status in PAUSED and before not in PAUSED:
            ticket.paused_at, ticket.paused_due_at, ticket.due_at = now, ticket.due_at, None
        elif before in PAUSED and status not in PAUSED:
            self._resume(ticket, now)
        if action is Action.REOPEN:
            _begin_anew(ticket, before)
        if status is Status.DISPATCHED and action in _FRESH_START:
            self._start_limit(ticket, now, keep_due=action is Action.REASSIGN)
        _stamp(ticket, status, now)

    def _resume(self, ticket: Ticket, now: datetime) -> None:
        if ticket.paused_due_at is not None and ticket.paused_at is not None:
            ticket.due_at = deadlines.shifted(ticket.paused_due_at, ticket.paused_at, now, self._calendar)
        ticket.paused_at = ticket.paused_due_at = ticket.hold_until = None

    def _start_limit(self, ticket: Ticket, now: datetime, *, keep_due: bool = False) -> None:
        category = self._zone.category(ticket.category)
        fresh = deadlines.promise(category, ticket.urgency, ticket.reopened, now, self._calendar)
        ticket.sign_for_at = fresh.sign_for_at
        # Passing a ticket on does not move the promise that the resident was given.
        if not (keep_due and ticket.due_at):
            ticket.limit_from, ticket.due_at = now, fresh.due_at


FILE = "file"
"""The first step of every history."""
_FRESH_START = frozenset({Action.REASSIGN, Action.REOPEN})


def merged_into(unit: Unit, ticket: Ticket) -> Iterator[Ticket]:
    """Yield the tickets that were merged into one, and those that were merged into them before."""
    assert ticket.id is not None
    for other in unit.tickets.merged_into(ticket.id):
        yield other
        yield from merged_into(unit, other)


def _begin_anew(ticket: Ticket, before: Status) -> None:
    """What came of a ticket counts no more; nobody owns what was refused or merged by mistake."""
    ticket.reopened += 1
    ticket.rating, ticket.resolved_at, ticket.closed_at = None, None, None
    ticket.outcome, ticket.outcomes, ticket.answer = "", [], ""
    if before in (Status.REJECTED, Status.MERGED):
        ticket.owner, ticket.merged_into = DESK, None


def _stamp(ticket: Ticket, status: Status, now: datetime) -> None:
    if status is Status.ACCEPTED and ticket.accepted_at is None:
        ticket.accepted_at = now
    if status is Status.RESOLVED and ticket.resolved_at is None:
        ticket.resolved_at = now
    if status is Status.RESOLVED or status in FINAL:
        ticket.due_at = ticket.sign_for_at = None
    if status in FINAL:
        ticket.closed_at = now


def _entry(
    ticket: Ticket,
    before: str,
    action: str,
    actor: Actor,
    now: datetime,
    public: str = "",
    internal: str = "",
) -> HistoryEntry:
    assert ticket.id is not None
    return HistoryEntry(
        ticket_id=ticket.id,
        at=now,
        actor_kind=actor.kind,
        actor=actor.name,
        action=str(action),
        from_status=before,
        to_status=ticket.status,
        public_note=public,
        internal_note=internal,
    )
