"""The database: one transaction a unit of work, commit before the answer, on SQLite and PostgreSQL alike.

Work is plain synchronous code, ``work(unit) -> value``. It runs in a thread of the database's own: the
event loop never waits for a disk, and a use case reads from top to bottom.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from storage.errors import Stale, Unavailable
from storage.unit import Unit

T = TypeVar("T")
Work = Callable[[Unit], T]

BUSY_TIMEOUT_SECONDS = 10
"""How long SQLite waits for another process's write before it gives up."""
POSTGRES_THREADS = 8
"""Transactions at once on PostgreSQL, a connection each."""
READER_THREADS = 4
ATTEMPTS = 4
"""Tries of one unit of work when PostgreSQL breaks a deadlock or a connection was lost before the commit."""

_DEADLOCK, _SERIALIZATION = "40P01", "40001"


class Database:
    """The open database. Close it; until then ``read`` and ``write`` may be awaited from any task."""

    def __init__(self, url: str) -> None:
        self.url = _driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = _sqlite(self.url, "IMMEDIATE") if self.is_sqlite else _postgres(self.url)
        self._reader = _sqlite(self.url, "DEFERRED") if self.is_sqlite else self._writer
        # SQLite has one writer at a time; queueing in our own thread is fairer than its busy loop.
        self._write_pool = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, "db-write")
        self._read_pool = ThreadPoolExecutor(READER_THREADS, "db-read")

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations."""
        return self._writer

    async def write(self, work: Work[T]) -> T:
        """Do ``work`` in one transaction and return its value once that is on disk.

        Raises Stale when a row was changed meanwhile, Unavailable when the database is; both keep nothing.
        """
        return await asyncio.get_running_loop().run_in_executor(self._write_pool, self.write_now, work)

    async def read(self, work: Work[T]) -> T:
        """Do ``work``, which changes nothing, beside the writers."""
        return await asyncio.get_running_loop().run_in_executor(self._read_pool, self.read_now, work)

    def write_now(self, work: Work[T]) -> T:
        """``write`` for callers without an event loop (command line, threads)."""
        return _translated(lambda: _again(lambda: self._once(self._writer, work, commit=True)))

    def read_now(self, work: Work[T]) -> T:
        """``read`` for callers without an event loop."""
        return _translated(lambda: _again(lambda: self._once(self._reader, work, commit=False)))

    def ping(self) -> None:
        """Raise Unavailable unless the database answers."""
        self.read_now(lambda unit: unit.session.connection().execute(text("SELECT 1")))

    def close(self) -> None:
        """Finish what was begun, then close every connection."""
        self._write_pool.shutdown()
        self._read_pool.shutdown()
        self._writer.dispose()
        self._reader.dispose()

    def _once(self, engine: Engine, work: Work[T], *, commit: bool) -> T:
        with Session(engine, expire_on_commit=False) as session:
            value = work(Unit(session))
            if commit:
                session.flush()
                session.commit()
            return value


def _driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def _postgres(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=POSTGRES_THREADS + READER_THREADS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"},
    )


def _sqlite(url: URL, begin: str) -> Engine:
    if url.database in {None, "", ":memory:"}:
        raise ValueError("an in-memory SQLite would mix the transactions of all tasks: name a file")
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(f"BEGIN {begin}"))
    return engine


def _configure(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own guess of when to begin is wrong for us: the "begin" hook says it.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _again(attempt: Callable[[], T]) -> T:
    for trial in Retrying(
        retry=retry_if_exception(_passing),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(0.02, max=0.3),
        reraise=True,
    ):
        with trial:
            return attempt()
    raise AssertionError("tenacity returns or raises")


def _passing(error: BaseException) -> bool:
    """Whether the database itself asked for another try and certainly kept nothing of this one."""
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}


def _translated(attempt: Callable[[], T]) -> T:
    try:
        return attempt()
    except StaleDataError as error:
        raise Stale(str(error)) from error
    except OperationalError as error:
        raise Unavailable(type(error.orig).__name__) from error
