"""A unit of work is kept whole or not at all, and a database that is gone is said to be gone."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.database import Database
from storage.errors import Inconsistent, StorageError, Unavailable
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.contracts.rows import filed, resident

CHINA = timezone(timedelta(hours=8))


def serial(unit: Unit) -> int:
    return unit.tickets.next_serial("s")


async def test_what_was_written_is_read_by_every_node(nodes: list[Database]) -> None:
    number = await nodes[0].write(filed)

    assert (await nodes[1].read(lambda unit: unit.tickets.by_id(number))).number == "GX20261124-0001"


async def test_work_that_fails_keeps_nothing_and_its_error_is_its_own(database: Database) -> None:
    def fails(unit: Unit) -> None:
        filed(unit)
        resident(unit)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await database.write(fails)

    assert await database.read(lambda unit: (unit.tickets.by_id(1), unit.residents.by_id(1))) == (None, None)


async def test_a_read_that_would_change_something_is_refused(database: Database) -> None:
    with pytest.raises(StorageError):
        await database.read(serial)

    assert await database.write(serial) == 1


async def test_rows_may_be_looked_at_after_their_work_is_over(database: Database) -> None:
    await database.write(filed)

    ticket = await database.write(lambda unit: unit.tickets.by_id(1))

    assert (ticket.number, ticket.flags) == ("GX20261124-0001", [])


async def test_many_awaited_at_once_are_all_done(database: Database) -> None:
    numbers = await asyncio.gather(*(database.write(serial) for _ in range(60)))

    assert sorted(numbers) == list(range(1, 61))


async def test_a_cancelled_caller_leaves_work_that_was_begun_whole(nodes: list[Database]) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(unit: Unit) -> None:
        filed(unit)
        begun.set()
        go_on.wait(5)

    caller = asyncio.create_task(nodes[0].write(slow))
    await asyncio.to_thread(begun.wait, 5)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    nodes[0].close()

    assert await nodes[1].read(lambda unit: unit.tickets.by_id(1)) is not None


async def test_a_cancelled_caller_takes_back_what_was_not_begun(sqlite_database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()
    blocking = asyncio.create_task(sqlite_database.write(lambda _unit: (begun.set(), go_on.wait(5))))
    await asyncio.to_thread(begun.wait, 5)

    waiting = asyncio.create_task(sqlite_database.write(filed))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    go_on.set()
    await blocking

    assert await sqlite_database.write(lambda unit: unit.tickets.by_id(1)) is None


def test_closing_finishes_what_waits_and_refuses_what_comes_later(database_url: str) -> None:
    database = Database(database_url)
    begun = threading.Event()
    done: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: done.append(database.write_now(lambda unit: (begun.set(), serial(unit))[1]))
        )
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    begun.wait(5)
    for thread in threads:
        thread.join()
    database.close()
    database.close()

    assert sorted(done) == list(range(1, 11))
    with pytest.raises(Unavailable):
        database.write_now(serial)
    with pytest.raises(Unavailable):
        database.ping()


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=CHINA), datetime(2026, 11, 24, 2, 0, tzinfo=UTC)),
        (
            datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            datetime(2026, 12, 31, 23, 59, 59, 999999, UTC),
        ),
        (datetime(2024, 2, 29, 0, 0, 0, 1, tzinfo=CHINA), datetime(2024, 2, 28, 16, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(
    database: Database, moment: datetime, utc: datetime
) -> None:
    database.write_now(lambda unit: filed(unit, due_at=moment))

    due_at = database.read_now(lambda unit: unit.tickets.by_id(1)).due_at

    assert due_at == utc
    assert due_at.tzinfo is UTC


def test_a_moment_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(Inconsistent, match="time zone"):
        database.write_now(lambda unit: filed(unit, due_at=datetime(2026, 11, 24, 10, 0)))  # noqa: DTZ001


def test_moments_of_different_zones_compare_as_moments(database: Database) -> None:
    database.write_now(lambda unit: unit.inbox.claim("k", NOW))

    assert database.write_now(lambda unit: unit.inbox.forget_before(NOW.astimezone(CHINA))) == 0
    assert database.write_now(
        lambda unit: unit.inbox.forget_before(NOW.astimezone(CHINA) + timedelta(seconds=1))
    )


@pytest.mark.parametrize("words", ["\ud800", "a\udfffb"])
def test_text_that_is_no_text_is_refused(database: Database, words: str) -> None:
    with pytest.raises(Inconsistent):
        database.write_now(lambda unit: filed(unit, text=words))


def test_an_error_tells_no_row(database: Database) -> None:
    database.write_now(lambda unit: filed(unit, "GX-1"))

    with pytest.raises(StorageError) as caught:
        database.write_now(lambda unit: filed(unit, "GX-1", text="13800138000"))

    assert "13800138000" not in f"{caught.value} {caught.value.__cause__}"
