"""How a ticket moves: state, clock, history and reminders together."""

from datetime import timedelta

import pytest

from handlers.cases import RESIDENT, Actor, Casebook, Move
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action, NotAllowed
from storage.database import Database
from storage.errors import Stale
from storage.models import HistoryEntry, Ticket
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.rules.worlds import at, zone

OFFICER = Actor("officer", "王工")
ZONE = zone()
BOOK = Casebook(ZONE, WorkingCalendar(ZONE.calendar, ZONE.timezone))
EAST = "1001001"
HOUR = timedelta(hours=1)


@pytest.fixture
def filed(sqlite_database: Database) -> Database:
    """A database with one ticket."""

    def file(unit):
        moments = {"created_at": NOW, "moved_at": NOW, "limit_from": NOW}
        ticket = Ticket(number="T1", status="dispatched", category="dust", owner=EAST, **moments)
        BOOK.open(unit, ticket, RESIDENT, NOW, reason="地点属东街道")

    sqlite_database.write_now(file)
    return sqlite_database


def seen(database: Database) -> Ticket:
    return database.read_now(lambda unit: unit.tickets.by_number("T1"))


def steps(database: Database) -> list[HistoryEntry]:
    return database.read_now(lambda unit: list(unit.tickets.history(seen_id(unit))))


def seen_id(unit) -> int:
    return unit.tickets.by_number("T1").id


def move(database: Database, action: Action, when=NOW, **values) -> Ticket:
    def act(unit):
        BOOK.move(unit, unit.tickets.by_number("T1"), Move(action, OFFICER, **values), when)

    database.write_now(act)
    return seen(database)


def test_a_filed_ticket_has_its_promise_its_history_and_its_reminders(filed):
    ticket = seen(filed)
    reminders = filed.read_now(lambda unit: [each.kind for each in unit.reminders.of_ticket(ticket.id)])

    assert ticket.due_at == ticket.promised_at
    assert [(each.action, each.internal_note) for each in steps(filed)] == [("file", "地点属东街道")]
    assert {"sign_for", "half", "eighty", "overdue", "follow_up"} <= set(reminders)


def test_each_step_is_written_down_with_who_and_what_is_public(filed):
    move(filed, Action.ACCEPT, NOW + HOUR, public="明天到场", internal="人手紧", data={"by": 1})

    last = steps(filed)[-1]
    assert (last.actor, last.from_status, last.to_status) == ("王工", "dispatched", "accepted")
    assert (last.public_note, last.internal_note, last.data) == ("明天到场", "人手紧", {"by": 1})


def test_what_does_not_fit_the_state_is_refused_and_keeps_nothing(filed):
    with pytest.raises(NotAllowed):
        move(filed, Action.CLOSE)

    assert len(steps(filed)) == 1


def test_the_slower_of_two_people_is_told(filed):
    move(filed, Action.ACCEPT)

    with pytest.raises(Stale):
        move(filed, Action.PROGRESS, seen_version=1)


def test_a_pause_gives_back_the_working_time_that_was_left(filed):
    before = seen(filed).due_at

    paused = move(filed, Action.RETURN, NOW + HOUR)
    back = move(filed, Action.REASSIGN, NOW + 2 * HOUR)

    assert (paused.due_at, paused.paused_due_at) == (None, before)
    assert (before, back.due_at) == (at("2026-12-01 17:30"), at("2026-12-02 09:30"))
    assert (back.paused_at, back.paused_due_at, back.hold_until) == (None, None, None)


def test_passing_a_ticket_on_keeps_the_promise_and_asks_to_sign_anew(filed):
    before = seen(filed)

    after = move(filed, Action.REASSIGN, NOW + HOUR)

    assert after.due_at == before.due_at
    assert after.sign_for_at > before.sign_for_at


def test_a_resolved_ticket_has_no_deadline_and_a_reopened_one_a_new_one(filed):
    move(filed, Action.ACCEPT)
    resolved = move(filed, Action.RESOLVE, NOW + HOUR)
    reopened = move(filed, Action.REOPEN, NOW + 2 * HOUR)

    assert (resolved.due_at, resolved.resolved_at) == (None, NOW + HOUR)
    assert (reopened.reopened, reopened.resolved_at, reopened.accepted_at) == (1, None, NOW)
    assert reopened.due_at is not None


def test_what_came_of_a_ticket_counts_no_more_once_it_is_reopened(filed):
    move(filed, Action.ACCEPT)
    move(filed, Action.RESOLVE)
    filed.write_now(lambda unit: setattr(unit.tickets.by_number("T1"), "outcome", "rectified"))

    reopened = move(filed, Action.REOPEN)

    assert reopened.outcome == ""


def test_what_was_refused_and_taken_up_again_gets_a_fresh_limit(filed):
    refused = move(filed, Action.REJECT)
    again = move(filed, Action.REOPEN, NOW + HOUR)
    out = move(filed, Action.REASSIGN, NOW + 2 * HOUR)

    assert refused.closed_at == NOW
    assert (again.status, again.due_at, again.closed_at) == ("returned", None, None)
    assert (out.limit_from, out.due_at is not None) == (NOW + 2 * HOUR, True)
