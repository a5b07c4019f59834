"""What waits together is committed together, and each work is kept whole or not at all all the same."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.errors import Duplicate, Inconsistent, Stale, Unavailable
from storage.unit import Unit
from tests.contracts.rows import filed, resident


def serial(unit: Unit) -> int:
    return unit.tickets.next_serial("s")


def numbered(number: str) -> Callable[[Unit], int]:
    return lambda unit: filed(unit, number)


def serials(database: Database) -> int:
    """How many numbers were kept."""
    return database.write_now(serial) - 1


@asynccontextmanager
async def held(database: Database) -> AsyncIterator[None]:
    """Keep the writer busy, so that what is asked for meanwhile waits together."""
    begun, go_on = threading.Event(), threading.Event()
    blocking = asyncio.create_task(database.write(lambda _unit: (begun.set(), go_on.wait(5))))
    await asyncio.to_thread(begun.wait, 5)
    yield
    await asyncio.sleep(0)  # the tasks made meanwhile put their work into the queue
    go_on.set()
    await blocking


async def together(database: Database, *works: Callable[[Unit], Any]) -> list[Any]:
    """Have works done that wait together; return their values or errors in order."""
    async with held(database):
        tasks = [asyncio.create_task(database.write(work)) for work in works]
    return await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def counted(database: Database) -> Iterator[list[int]]:
    """Count the commits of what happens meanwhile."""
    commits: list[int] = []

    def count(_connection: object) -> None:
        commits.append(1)

    event.listen(database.engine, "commit", count)
    yield commits
    event.remove(database.engine, "commit", count)


async def test_what_waits_together_takes_one_commit(sqlite_database: Database) -> None:
    with counted(sqlite_database) as commits:
        numbers = await together(sqlite_database, *[serial] * 40)

    assert numbers == list(range(1, 41))
    assert len(commits) == 1


async def test_a_neighbour_that_fails_is_alone_in_that(sqlite_database: Database) -> None:
    def fails(unit: Unit) -> None:
        serial(unit)
        filed(unit, "GX-failed")
        raise KeyError("mine")

    results = await together(sqlite_database, serial, fails, serial, numbered("GX-good"))

    assert results[0:3:2] == [1, 2]
    assert isinstance(results[1], KeyError)
    assert serials(sqlite_database) == 2
    assert sqlite_database.read_now(lambda unit: unit.tickets.by_number("GX-failed")) is None
    assert sqlite_database.read_now(lambda unit: unit.tickets.by_number("GX-good")) is not None


async def test_each_hears_of_its_own_mistake(sqlite_database: Database) -> None:
    def stale(unit: Unit) -> None:
        ticket = unit.tickets.by_number("GX-1")
        assert ticket is not None
        unit.tickets.save(ticket, seen_version=7)

    sqlite_database.write_now(numbered("GX-1"))

    results = await together(sqlite_database, numbered("GX-1"), serial, stale, serial)

    assert [type(result) for result in results] == [Duplicate, int, Stale, int]


async def test_many_that_fail_hold_nobody_up(sqlite_database: Database) -> None:
    def fails(unit: Unit) -> None:
        serial(unit)
        raise KeyError

    results = await together(sqlite_database, *[fails, serial] * 10)

    assert sorted(result for result in results if isinstance(result, int)) == list(range(1, 11))
    assert sum(isinstance(result, KeyError) for result in results) == 10


async def test_a_failure_that_shows_only_when_rows_are_written_is_its_works_own(
    sqlite_database: Database,
) -> None:
    def orphan(unit: Unit) -> None:
        ticket = unit.tickets.by_id(filed(unit, "GX-orphan"))
        assert ticket is not None
        ticket.resident_id = 999

    results = await together(sqlite_database, serial, orphan, serial)

    assert results[0:3:2] == [1, 2]
    assert isinstance(results[1], Exception)
    assert sqlite_database.read_now(lambda unit: unit.tickets.by_number("GX-orphan")) is None


async def test_a_commit_that_fails_is_told_to_all_and_keeps_nothing(sqlite_database: Database) -> None:
    def refused(unit: Unit) -> None:
        """Leave something that the tables refuse only at the commit."""
        unit.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        filed(unit, f"GX-{serial(unit)}", resident_id=999)

    results = await together(sqlite_database, serial, refused, serial)

    assert [type(result) for result in results] == [Inconsistent] * 3
    assert serials(sqlite_database) == 0


async def test_what_one_work_read_is_read_anew_by_the_next(sqlite_database: Database) -> None:
    def moved(unit: Unit) -> str:
        person = unit.residents.by_id(1)
        assert person is not None
        seen = person.scene_place
        unit.session.connection().exec_driver_sql("UPDATE residents SET scene_place = scene_place || 'x'")
        return seen

    sqlite_database.write_now(resident)

    assert await together(sqlite_database, moved, moved, moved) == ["", "x", "xx"]


async def test_a_cancelled_caller_takes_back_only_its_own(sqlite_database: Database) -> None:
    async with held(sqlite_database):
        tasks = [asyncio.create_task(sqlite_database.write(serial)) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[1].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(result) for result in results] == [int, asyncio.CancelledError, int]
    assert serials(sqlite_database) == 2


async def test_a_lock_that_another_program_keeps_is_told_to_all(
    sqlite_database: Database, sqlite_url: str
) -> None:
    sqlite_database.write_now(
        lambda unit: unit.session.connection().exec_driver_sql("PRAGMA busy_timeout=50")
    )
    other = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    other.execute("PRAGMA busy_timeout=5000")

    async with held(sqlite_database):
        tasks = [asyncio.create_task(sqlite_database.write(serial)) for _ in range(3)]
        await asyncio.sleep(0)
        locked = asyncio.create_task(asyncio.to_thread(other.execute, "BEGIN IMMEDIATE"))
    await asyncio.wait([locked, *tasks], timeout=5)
    other.close()

    # Whoever was first: all of the group were done, or all heard that it cannot be had.
    assert {type(task.exception()) for task in tasks} in ({type(None)}, {Unavailable})
