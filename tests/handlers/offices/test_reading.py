"""What officers look at."""

import pytest

from handlers.offices import reading
from handlers.offices.errors import Forbidden, Unknown
from handlers.rules.lifecycle import Action
from storage.models import Attachment, Notice
from storage.tickets import TicketFilter
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import DISPATCHER, EAST, EASTERN, LEADER, WEST, WESTERN, Bench


def _photo(bench: Bench, number: str, state: str = "kept") -> int:
    ticket_id = bench.ticket(number).id
    row = Attachment(ticket_id=ticket_id, kind="photo", received_at=NOW, state=state, digest="a" * 64)
    return bench.database.write_now(lambda unit: unit.attachments.add(row).id) or 0


def _dead(bench: Bench, number: str) -> int:
    ticket_id = bench.ticket(number).id

    def work(unit: Unit) -> int:
        row = Notice(
            channel="resident", address="1", lane="ticket:1", ticket_id=ticket_id, kind="accepted",
            text="已受理",
            dedupe="dead", created_at=NOW, state="failed", error="45015",
        )  # fmt: skip
        unit.outbox.add(row)
        return unit.outbox.dead()[0].id or 0

    return bench.database.write_now(work)


def test_other_tickets_of_the_place_are_shown_only_where_they_may_be_seen(bench: Bench) -> None:
    bench.file()
    bench.file("GX20261124-0002")
    bench.file("GX20261124-0003", owner=WEST, office=WEST)

    mine = bench.database.read_now(lambda unit: reading.dossier(unit, EASTERN, "GX20261124-0001"))
    desks = bench.database.read_now(lambda unit: reading.dossier(unit, DISPATCHER, "GX20261124-0001"))

    assert [other.number for other in mine.neighbours] == ["GX20261124-0002"]
    assert [other.number for other in desks.neighbours] == ["GX20261124-0003", "GX20261124-0002"]


def test_a_merged_ticket_names_the_one_that_goes_on(bench: Bench) -> None:
    bench.file()
    bench.file("GX20261124-0002")
    bench.act(DISPATCHER, Action.MERGE, "GX20261124-0002", into="GX20261124-0001")

    found = bench.database.read_now(lambda unit: reading.dossier(unit, EASTERN, "GX20261124-0002"))

    assert found.merged_into == "GX20261124-0001"


def test_a_unit_cannot_choose_whose_tickets_it_lists(bench: Bench) -> None:
    bench.file("GX20261124-0003", owner=WEST, office=WEST)
    wanted = TicketFilter(owners=(WEST,))

    assert bench.database.read_now(lambda unit: reading.listed(unit, EASTERN, wanted)).total == 0
    assert bench.database.read_now(lambda unit: reading.listed(unit, DISPATCHER, wanted)).total == 1


def test_a_photo_is_seen_by_those_who_see_its_ticket(bench: Bench) -> None:
    wanted = _photo(bench, bench.file())

    assert bench.database.read_now(lambda unit: reading.attachment(unit, EASTERN, wanted)).id == wanted
    with pytest.raises(Unknown):
        bench.database.read_now(lambda unit: reading.attachment(unit, WESTERN, wanted))


def test_a_photo_that_is_not_kept_or_of_no_ticket_is_not_shown(bench: Bench) -> None:
    lost = _photo(bench, bench.file(), "lost")
    loose = Attachment(kind="photo", received_at=NOW, state="kept", digest="a" * 64)
    nowhere = bench.database.write_now(lambda unit: unit.attachments.add(loose).id) or 0

    for wanted in (lost, nowhere, 10**9):
        with pytest.raises(Unknown):
            bench.database.read_now(lambda unit, one=wanted: reading.attachment(unit, DISPATCHER, one))


def test_each_unit_reads_its_own_messages(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.RETURN, note="不归我们")

    desks = bench.database.read_now(lambda unit: reading.messages(unit, DISPATCHER))

    assert [(letter.number, letter.notice.kind) for letter in desks] == [("GX20261124-0001", "returned")]
    assert not bench.database.read_now(lambda unit: reading.messages(unit, EASTERN))
    assert not bench.database.read_now(lambda unit: reading.messages(unit, LEADER))


def test_the_desk_sends_a_dead_letter_again_once(bench_anywhere: Bench) -> None:
    bench = bench_anywhere
    wanted = _dead(bench, bench.file(owner=EAST))

    listed = bench.database.read_now(lambda unit: reading.dead_letters(unit, DISPATCHER))
    sent = bench.database.write_now(lambda unit: reading.resend(unit, DISPATCHER, wanted, NOW))

    assert [letter.number for letter in listed] == ["GX20261124-0001"]
    assert (sent.notice.state, sent.notice.error) == ("pending", "")
    with pytest.raises(Unknown):
        bench.database.write_now(lambda unit: reading.resend(unit, DISPATCHER, wanted, NOW))


def test_dead_letters_are_the_desks_business(bench: Bench) -> None:
    wanted = _dead(bench, bench.file())

    with pytest.raises(Forbidden):
        bench.database.read_now(lambda unit: reading.dead_letters(unit, EASTERN))
    with pytest.raises(Forbidden):
        bench.database.write_now(lambda unit: reading.resend(unit, LEADER, wanted, NOW))
    assert bench.database.read_now(lambda unit: reading.dead_count(unit, EASTERN)) == 0
    assert bench.database.read_now(lambda unit: reading.dead_count(unit, DISPATCHER)) == 1
