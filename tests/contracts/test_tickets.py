"""Numbers are unique, the slower of two is told, history grows, lists show what was asked for."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import Duplicate, Inconsistent, Stale
from storage.models import HistoryEntry, Ticket
from storage.tickets import TicketFilter
from storage.unit import Unit
from tests.contracts.conftest import Together
from tests.contracts.rows import filed, resident, ticket


def changed(unit: Unit, number: str = "GX20261124-0001") -> Ticket:
    found = unit.tickets.by_number(number)
    assert found is not None
    return found


def test_two_hundred_filings_at_once_on_two_nodes_get_two_hundred_numbers(
    nodes: list[Database], together: Together
) -> None:
    def files(number: int) -> str:
        def work(unit: Unit) -> str:
            serial = unit.tickets.next_serial("GX20261124")
            return unit.tickets.add(ticket(f"GX20261124-{serial:04}")).number

        return nodes[number % 2].write_now(work)

    numbers = together(files, range(200))

    assert sorted(numbers) == [f"GX20261124-{serial:04}" for serial in range(1, 201)]


def test_each_series_counts_for_itself_and_a_failed_filing_leaves_no_gap(database: Database) -> None:
    def fails(unit: Unit) -> None:
        unit.tickets.next_serial("GX20261124")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write_now(fails)

    serials = [
        database.write_now(lambda unit, series=series: unit.tickets.next_serial(series))
        for series in ("GX20261124", "GX20261125", "GX20261124")
    ]
    assert serials == [1, 1, 2]


def test_a_number_is_never_given_twice(database: Database) -> None:
    database.write_now(filed)

    with pytest.raises(Duplicate):
        database.write_now(filed)


def test_a_save_counts_the_version_up(database: Database) -> None:
    database.write_now(filed)

    def accepts(unit: Unit) -> int:
        found = changed(unit)
        found.status = "accepted"
        unit.tickets.save(found, 1)
        return found.version

    assert database.write_now(accepts) == 2
    assert database.read_now(changed).status == "accepted"


def test_of_two_officers_who_saw_the_same_version_the_slower_is_told(
    nodes: list[Database], together: Together
) -> None:
    nodes[0].write_now(filed)

    def acts(number: int) -> str:
        def work(unit: Unit) -> str:
            found = changed(unit)
            found.owner = f"office {number}"
            unit.tickets.save(found, 1)
            return found.owner

        try:
            return nodes[number % 2].write_now(work)
        except Stale:
            return "stale"

    owners = together(acts, range(8))

    assert owners.count("stale") == 7
    assert nodes[0].read_now(changed).owner in owners


def test_who_saw_no_version_is_never_told_stale_and_loses_nothing(
    nodes: list[Database], together: Together
) -> None:
    nodes[0].write_now(filed)

    def supplements(number: int) -> None:
        def work(unit: Unit) -> None:
            found = changed(unit)
            found.supplements += 1
            unit.tickets.save(found)

        nodes[number % 2].write_now(work)

    together(supplements, range(4))

    assert nodes[0].read_now(changed).supplements == 4


def test_a_save_that_was_overtaken_between_reading_and_writing_is_done_again(
    postgres_database: Database,
) -> None:
    postgres_database.write_now(filed)
    both_read, tries = threading.Barrier(2), []

    def urged(_number: int) -> None:
        def work(unit: Unit) -> None:
            found = changed(unit)
            tries.append(found.version)
            if len(tries) <= 2:
                both_read.wait(5)
            found.urged += 1
            unit.tickets.save(found)

        postgres_database.write_now(work)

    threads = [threading.Thread(target=urged, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert postgres_database.read_now(changed).urged == 2
    assert tries == [1, 1, 2]


def test_history_is_told_in_the_order_of_its_steps(database: Database, now: datetime) -> None:
    def work(unit: Unit) -> list[str]:
        ticket_id = filed(unit)
        for action in ("dispatch", "accept", "resolve"):
            unit.tickets.record(
                HistoryEntry(ticket_id=ticket_id, at=now, actor_kind="officer", action=action, data={"n": 1})
            )
        return [entry.action for entry in unit.tickets.history(ticket_id)]

    assert database.write_now(work) == ["dispatch", "accept", "resolve"]


def test_a_step_of_no_ticket_is_refused(database: Database, now: datetime) -> None:
    stray = {"ticket_id": 77, "at": now, "actor_kind": "officer", "action": "accept"}

    with pytest.raises(Inconsistent):
        database.write_now(lambda unit: unit.tickets.record(HistoryEntry(**stray)))


def test_a_ticket_of_nobody_known_is_refused(database: Database) -> None:
    with pytest.raises(Inconsistent):
        database.write_now(lambda unit: filed(unit, resident_id=77))


@pytest.fixture
def district(database: Database, now: datetime) -> Database:
    """Six tickets, each different from the others in what a list asks for."""

    def work(unit: Unit) -> None:
        first = resident(unit)
        hour = timedelta(hours=1)
        filed(
            unit,
            "GX-1",
            due_at=now + 2 * hour,
            text="烧烤店油烟 100% 呛人",
            place="富民花苑",
            resident_id=first,
        )
        filed(unit, "GX-2", due_at=now - hour, status="accepted", place="a_b路", office="430476001")
        filed(unit, "GX-3", due_at=None, status="on_hold", text="a%b", owner="desk")
        filed(unit, "GX-4", due_at=now + hour, category="dust", owner="430476002", industry="housing")
        filed(unit, "GX-5", due_at=now, status="closed", comprehensive="environment", owner="430476002")
        filed(unit, "GX-6", due_at=now + 3 * hour, text="A back\\slash", place="axb路", resident_id=first)

    database.write_now(work)
    return database


EVERYTHING = TicketFilter()


@pytest.mark.parametrize(
    ("narrowed", "numbers"),
    [
        ({}, "2 5 4 1 6 3"),
        ({"statuses": ("accepted", "closed")}, "2 5"),
        ({"owners": ("desk",)}, "3"),
        ({"owners": ()}, ""),
        ({"owners": ("430476001",)}, "2 1 6"),
        ({"owners": (), "department": "housing"}, "4"),
        ({"owners": ("desk",), "department": "environment"}, "5 3"),
        ({"office": "430476001"}, "2"),
        ({"category": "dust"}, "4"),
        ({"words": "油烟"}, "1"),
        ({"words": "富民"}, "1"),
        ({"words": "gx-4"}, "4"),
        ({"words": "%"}, "1 3"),
        ({"words": "100% "}, "1"),
        ({"words": "a%b"}, "3"),
        ({"words": "a_b"}, "2"),
        ({"words": "k\\s"}, "6"),
        ({"words": "'; DROP TABLE tickets; --"}, ""),
        ({"words": "油\0烟"}, "1"),
        ({"statuses": ("dispatched",), "owners": ("430476001",), "words": "路"}, "6"),
    ],
)
def test_a_list_shows_what_was_asked_for_by_deadline(
    district: Database, narrowed: dict[str, object], numbers: str
) -> None:
    page = district.read_now(lambda unit: unit.tickets.search(replace(EVERYTHING, **narrowed)))

    assert [found.number for found in page.items] == [f"GX-{number}" for number in numbers.split()]
    assert page.total == len(page.items)


def test_overdue_is_what_ended_before_the_moment(district: Database, now: datetime) -> None:
    page = district.read_now(lambda unit: unit.tickets.search(TicketFilter(overdue_at=now)))

    assert [found.number for found in page.items] == ["GX-2"]


@pytest.mark.parametrize(("page", "numbers"), [(1, "2 5 4 1"), (2, "6 3"), (3, ""), (0, "2 5 4 1")])
def test_a_page_is_a_part_and_the_total_is_of_all(district: Database, page: int, numbers: str) -> None:
    found = district.read_now(lambda unit: unit.tickets.search(TicketFilter(page=page, size=4)))

    assert [item.number for item in found.items] == [f"GX-{number}" for number in numbers.split()]
    assert found.total == 6


def test_tickets_are_counted_by_status_for_some_owners_or_all(district: Database) -> None:
    everywhere = district.read_now(lambda unit: unit.tickets.counts(None))
    at_one = district.read_now(lambda unit: unit.tickets.counts(("430476001",)))

    assert everywhere == {"dispatched": 3, "accepted": 1, "on_hold": 1, "closed": 1}
    assert at_one == {"dispatched": 2, "accepted": 1}
    assert district.read_now(lambda unit: unit.tickets.counts(())) == {}


def test_a_resident_finds_their_latest_first(district: Database) -> None:
    def numbers(unit: Unit) -> list[list[str]]:
        of_all, of_none = unit.tickets.of_resident(1), unit.tickets.of_resident(1, statuses=("closed",))
        return [[found.number for found in tickets] for tickets in (of_all, of_none)]

    assert district.read_now(numbers) == [["GX-6", "GX-1"], []]
