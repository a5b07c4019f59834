"""SQLite is set to lose nothing, and is shared with other processes."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage import engines
from storage.database import Database
from storage.errors import Unavailable
from storage.unit import Unit
from tests.contracts.rows import filed


def serial(unit: Unit) -> int:
    return unit.tickets.next_serial("s")


def pragma(database: Database, name: str, *, reader: bool = False) -> object:
    def work(unit: Unit) -> object:
        return unit.session.connection().execute(text(f"PRAGMA {name}")).scalar_one()

    return database.read_now(work) if reader else database.write_now(work)


@pytest.mark.parametrize("reader", [False, True])
def test_sqlite_is_set_to_lose_nothing(sqlite_database: Database, reader: bool) -> None:
    found = {
        name: pragma(sqlite_database, name, reader=reader)
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
    }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": engines.BUSY_TIMEOUT_SECONDS * 1000,
        "query_only": int(reader),
    }


def test_readers_of_sqlite_do_not_wait_for_its_writer(sqlite_database: Database) -> None:
    def work(unit: Unit) -> int:
        serial(unit)
        unit.session.flush()
        return len(sqlite_database.read_now(lambda other: other.users.all()))

    assert sqlite_database.write_now(work) == 0


def test_two_processes_may_write_sqlite_at_once(sqlite_url: str) -> None:
    script = (
        "import sys; from storage.database import Database; database = Database(sys.argv[1])\n"
        "for _ in range(100): database.write_now(lambda unit: unit.tickets.next_serial('s'))\n"
        "database.close()"
    )
    command = [sys.executable, "-c", script, sqlite_url]

    processes = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(2)]

    assert [process.wait(60) for process in processes] == [0, 0]
    database = Database(sqlite_url)
    assert database.write_now(serial) == 201
    database.close()


def test_a_lock_that_another_program_keeps_is_unavailable_and_works_again_when_it_is_gone(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 0.05)
    database = Database(sqlite_url)
    database.ping()
    other = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable):
        database.write_now(serial)
    other.execute("ROLLBACK")

    assert database.write_now(serial) == 1
    other.close()
    database.close()


def test_a_full_disk_is_unavailable_and_keeps_nothing(sqlite_database: Database) -> None:
    pragma(sqlite_database, "max_page_count=1")

    with pytest.raises(Unavailable):
        sqlite_database.write_now(lambda unit: (serial(unit), filed(unit, text="字" * 1_000_000)))

    pragma(sqlite_database, "max_page_count=1000000")
    assert sqlite_database.write_now(serial) == 1


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "jiesu.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 100)
    database = Database(f"sqlite:///{tmp_path}/jiesu.sqlite")

    with pytest.raises(Unavailable):
        database.ping()
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        Database(url)


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/data/deep/jiesu.sqlite")

    database.ping()

    database.close()
    assert (tmp_path / "data" / "deep" / "jiesu.sqlite").exists()
