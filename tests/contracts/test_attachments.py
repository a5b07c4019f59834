"""Files are fetched by one node at a time, belong to their ticket, and go when they are wanted no more."""

from datetime import datetime, timedelta

import pytest

from storage.attachments import LEASE
from storage.database import Database
from storage.errors import Inconsistent
from storage.unit import Unit
from tests.contracts.conftest import Together
from tests.contracts.rows import attachment, filed

SECOND = timedelta(seconds=1)


def taken(database: Database, now: datetime, limit: int = 10) -> list[tuple[str, int]]:
    found = database.write_now(lambda unit: unit.attachments.take_wanted(now, limit))
    return [(one.media_id, one.attempts) for one in found]


def wanted(database: Database, *media_ids: str, **values: object) -> None:
    database.write_now(
        lambda unit: [unit.attachments.add(attachment(media_id=one, **values)) for one in media_ids] and None
    )


def test_a_file_is_fetched_by_one_node_until_its_lease_ends(database: Database, now: datetime) -> None:
    wanted(database, "m1")

    assert taken(database, now) == [("m1", 1)]
    assert taken(database, now + LEASE - SECOND) == []
    assert taken(database, now + LEASE) == [("m1", 2)]


def test_nodes_that_fetch_at_once_never_take_the_same_file(
    nodes: list[Database], together: Together, now: datetime
) -> None:
    wanted(nodes[0], *(f"m{number}" for number in range(20)))

    found = together(lambda number: taken(nodes[number % 2], now, 5), range(8))

    flat = [one for some in found for one in some]
    assert len(flat) == len(set(flat))
    assert len(flat) + len(taken(nodes[0], now, 100)) == 20


def test_only_what_is_wanted_and_due_is_taken_in_turn(database: Database, now: datetime) -> None:
    wanted(database, "later", next_at=now + SECOND)
    wanted(database, "kept", state="kept", digest="d", next_at=None)
    wanted(database, "lost", state="lost", next_at=None)
    wanted(database, "second", next_at=now - SECOND)
    wanted(database, "first", next_at=now - 2 * SECOND)

    assert taken(database, now) == [("first", 1), ("second", 1)]
    assert database.read_now(
        lambda unit: [unit.attachments.count(state) for state in ("wanted", "kept")]
    ) == [3, 1]


def test_files_that_came_before_their_ticket_are_handed_over(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        early = [unit.attachments.add(attachment(media_id=f"m{number}")) for number in range(3)]
        ticket_id = filed(unit)
        unit.attachments.hand_over([one.id for one in early[:2] if one.id], ticket_id)
        unit.attachments.hand_over([], ticket_id)
        return [one.media_id for one in unit.attachments.of_ticket(ticket_id)]

    assert database.write_now(work) == ["m0", "m1"]
    assert database.read_now(lambda unit: unit.attachments.by_id(1)).ticket_id == 1


@pytest.mark.parametrize(
    "values", [{"next_at": None}, {"state": "kept", "digest": ""}, {"state": "gone"}, {"ticket_id": 77}]
)
def test_a_file_that_nobody_would_fetch_or_find_is_refused(
    database: Database, values: dict[str, object]
) -> None:
    with pytest.raises(Inconsistent):
        wanted(database, "m", **values)


def test_content_is_needed_while_any_file_but_an_unwanted_one_has_it(database: Database) -> None:
    wanted(database, "mine", state="unwanted", digest="aa", shown_digest="bb", next_at=None)
    wanted(database, "theirs", state="kept", digest="cc", shown_digest="bb", next_at=None)

    needed = database.read_now(
        lambda unit: [unit.attachments.needed(digest) for digest in ("aa", "bb", "cc")]
    )

    assert needed == [False, True, True]


def test_only_unwanted_rows_are_forgotten(database: Database) -> None:
    wanted(database, "mine", "mine too", state="unwanted", next_at=None)
    wanted(database, "theirs", state="kept", digest="cc", next_at=None)

    listed = database.read_now(lambda unit: [one.media_id for one in unit.attachments.unwanted(10)])
    forgotten = database.write_now(lambda unit: unit.attachments.forget([1, 3]))

    assert listed == ["mine", "mine too"]
    assert forgotten == 1
    assert database.read_now(lambda unit: unit.attachments.by_id(3)) is not None
