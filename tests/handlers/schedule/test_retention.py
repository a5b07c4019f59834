from datetime import timedelta

import pytest

from handlers.discretion import HIDDEN
from handlers.rules.lifecycle import Action
from storage.models import Attachment, Message, Notice
from tests.handlers.schedule.life import Life

DAY = timedelta(days=1)
LONG = timedelta(days=1095 + 30)
"""Longer than contact_days of the rules."""


def closed(life: Life, now, resident: int) -> int:
    ticket = life.file(now, resident_id=resident)
    life.move(ticket, Action.ACCEPT, now)
    life.move(ticket, Action.RESOLVE, now)
    life.move(ticket, Action.CLOSE, now)
    return ticket


def notice(state: str, now, **values) -> Notice:
    fields = {"channel": "resident", "address": "1", "lane": "ticket:1", "kind": "accepted", "dedupe": state}
    moments = {"created_at": now, "next_at": now, "claimed_until": now}
    return Notice(**fields | moments | {"state": state} | values)


def test_claims_of_pushes_are_forgotten_after_days(life: Life, now):
    life.database.write_now(lambda unit: unit.inbox.claim("push", now))

    life.work("tidy", now + 6 * DAY)
    early = life.database.write_now(lambda unit: unit.inbox.claim("push", now))
    life.work("tidy", now + 8 * DAY)

    assert not early
    assert life.database.write_now(lambda unit: unit.inbox.claim("push", now))


def test_slots_of_the_latest_quarter_are_remembered(life: Life, now):
    life.database.write_now(lambda unit: unit.jobs.claim("circular", "2026-11", now))

    life.work("tidy", now + 92 * DAY)
    remembered = not life.database.write_now(lambda unit: unit.jobs.claim("circular", "2026-11", now))
    life.work("tidy", now + 101 * DAY)

    assert remembered
    assert life.database.write_now(lambda unit: unit.jobs.claim("circular", "2026-11", now))


def test_sessions_that_are_over_go(life: Life, now):
    life.database.write_now(lambda unit: unit.sessions.save("digest", {"a": 1}, None, now + DAY))

    life.work("tidy", now + 2 * DAY)

    assert life.database.read_now(lambda unit: unit.sessions.load("digest", now)) is None


@pytest.mark.parametrize(
    ("state", "stays"), [("sent", False), ("kept", False), ("failed", False), ("pending", True)]
)
def test_an_old_notice_goes_unless_it_is_still_to_be_sent(life: Life, now, state, stays):
    life.database.write_now(lambda unit: unit.outbox.add(notice(state, now)))

    life.work("tidy", now + 181 * DAY)

    left = life.database.read_now(lambda unit: unit.outbox.told_to("resident", "1"))
    assert bool(left) is (state == "pending")


def test_small_talk_goes_and_what_belongs_to_a_case_stays(life: Life, now):
    resident = life.resident(now)
    ticket = life.file(now, resident_id=resident)
    for ticket_id in (None, ticket):
        message = Message(resident_id=resident, ticket_id=ticket_id, at=now, kind="text", text="你好")
        life.database.write_now(lambda unit, it=message: unit.messages.add(it))

    life.work("tidy", now + 91 * DAY)

    left = life.database.read_now(lambda unit: unit.messages.of_resident(resident))
    assert [message.ticket_id for message in left] == [ticket]


def test_a_photo_that_came_of_no_case_leaves_the_archive_with_the_talk_around_it(life: Life, now):
    resident = life.resident(now)
    ticket = life.file(now, resident_id=resident)
    for ticket_id in (None, ticket):
        file = Attachment(
            resident_id=resident, ticket_id=ticket_id, kind="photo", state="kept", digest="a", received_at=now
        )
        life.database.write_now(lambda unit, it=file: unit.attachments.add(it))

    life.work("tidy", now + 89 * DAY)
    early = life.database.read_now(lambda unit: unit.attachments.unwanted(9))
    life.work("tidy", now + 91 * DAY)

    left = life.database.read_now(lambda unit: unit.attachments.of_resident(resident))
    assert early == []
    assert {file.ticket_id: file.state for file in left} == {None: "unwanted", ticket: "kept"}


def test_an_old_case_is_cut_off_from_its_resident_who_still_follows(life: Life, now):
    resident = life.resident(now)
    ticket = closed(life, now, resident)
    photo = Attachment(ticket_id=ticket, resident_id=resident, kind="photo", received_at=now, next_at=now)
    life.database.write_now(lambda unit: unit.attachments.add(photo))

    life.work("forget", now + LONG)

    assert life.ticket(ticket).resident_id is None
    assert life.database.read_now(lambda unit: unit.attachments.of_resident(resident)) == []
    person = life.database.read_now(lambda unit: unit.residents.by_id(resident))
    assert person.erased_at is None


def test_an_old_case_keeps_no_number_of_its_resident(life: Life, now):
    resident = life.resident(now)
    ticket = closed(life, now, resident)
    life.database.write_now(lambda unit: setattr(unit.tickets.by_id(ticket), "text", "灰大，电话13812345678"))

    life.work("forget", now + LONG)

    assert life.ticket(ticket).text == f"灰大，电话{HIDDEN}"


def test_a_younger_case_keeps_its_resident(life: Life, now):
    resident = life.resident(now)
    ticket = closed(life, now, resident)

    life.work("forget", now + 1000 * DAY)

    assert life.ticket(ticket).resident_id == resident


def test_who_left_long_ago_is_forgotten(life: Life, now):
    resident = life.resident(now, followed=False)
    closed(life, now, resident)

    life.work("forget", now + LONG)

    person = life.database.read_now(lambda unit: unit.residents.by_id(resident))
    assert person.erased_at == now + LONG


def test_who_left_but_has_an_open_case_is_not(life: Life, now):
    resident = life.resident(now, followed=False)
    life.file(now, resident_id=resident)

    life.work("forget", now + LONG)

    person = life.database.read_now(lambda unit: unit.residents.by_id(resident))
    assert person.erased_at is None
