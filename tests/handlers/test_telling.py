"""Who is told what."""

import pytest

from handlers.rules.calendar import WorkingCalendar
from handlers.telling import Choice, Teller
from storage.database import Database
from storage.models import Ticket
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.rules.worlds import zone

ZONE = zone()
TELLER = Teller(ZONE, WorkingCalendar(ZONE.calendar, ZONE.timezone))


@pytest.fixture
def told(sqlite_database: Database):
    """Call something with a unit and a ticket; return its value and the notices."""

    def call(work, **values):
        def run(unit):
            person = unit.residents.met("o-1", "gh", NOW)
            moments = {"created_at": NOW, "moved_at": NOW, "limit_from": NOW}
            given = {"status": "dispatched", "category": "dust", "owner": "1001001"}
            ticket = Ticket(number="T1", **(given | {"resident_id": person.id} | moments | values))
            unit.tickets.add(ticket)
            value = work(unit, ticket)
            notices = list(unit.outbox.of_ticket(ticket.id))
            return value, notices, ticket.told_at

        return sqlite_database.write_now(run)

    return call


def test_a_resident_is_told_with_the_fields_of_a_template(told):
    value, (notice,), told_at = told(
        lambda unit, ticket: TELLER.resident(
            unit, ticket, "accepted", "已签收", NOW, fact="a", note="短", choices=(Choice("12", "满意"),)
        )
    )

    assert value is True
    assert told_at == NOW
    assert (notice.channel, notice.lane, notice.state) == (
        "resident",
        f"ticket:{notice.ticket_id}",
        "pending",
    )
    assert notice.data == {
        "number": "T1",
        "category": "扬尘",
        "status": "已派单",
        "owner": "东街道",
        "note": "短",
        "time": "2026-11-24 10:00",
        "choices": [["12", "满意"]],
    }


def test_the_same_fact_is_told_once(told):
    def twice(unit, ticket):
        return [TELLER.resident(unit, ticket, "k", "话", NOW, fact="same") for _ in range(2)]

    value, notices, _ = told(twice)

    assert value == [True, False]
    assert len(notices) == 1


def test_a_ticket_without_a_resident_tells_nobody(told):
    value, notices, _ = told(
        lambda unit, ticket: TELLER.resident(unit, ticket, "k", "话", NOW, fact="a"), resident_id=None
    )

    assert (value, notices) == (False, [])


def test_an_owner_with_a_robot_is_told_twice_and_one_without_once(told):
    def both(unit, ticket):
        TELLER.owner(unit, ticket, "k", "话", NOW, fact="a")
        TELLER.unit_of(unit, "1001002", ticket, "k", "话", NOW, fact="a")
        TELLER.desk(unit, ticket, "k", "话", NOW, fact="a")
        TELLER.leaders(unit, ticket, "k", "话", NOW, fact="a")

    _, notices, _ = told(both)

    assert [(each.channel, each.address, each.state) for each in notices] == [
        ("console", "1001001", "sent"),
        ("robot", "east", "pending"),
        ("console", "1001002", "sent"),
        ("console", "desk", "sent"),
        ("robot", "desk", "pending"),
        ("console", "leaders", "sent"),
    ]


def test_a_fact_that_the_console_has_is_not_sent_by_robot_again(told):
    def twice(unit, ticket):
        return [TELLER.owner(unit, ticket, "k", "话", NOW, fact="same") for _ in range(2)]

    value, notices, _ = told(twice)

    assert value == [True, False]
    assert [each.channel for each in notices] == ["console", "robot"]


def test_no_notice_to_an_office_holds_who_the_resident_is(told):
    _, notices, _ = told(lambda unit, ticket: TELLER.owner(unit, ticket, "k", "话", NOW, fact="a"))

    assert all("o-1" not in f"{each.text}{each.data}{each.address}{each.dedupe}" for each in notices)
