"""The database: one transaction a unit of work, commit before the answer, on SQLite and PostgreSQL alike.

Work is plain synchronous code, ``work(unit) -> value``. It runs in a thread of the database's own: the
event loop never waits for a disk, and a use case reads from top to bottom. Work may run more than once
(a broken deadlock, a lost connection) and keeps nothing of a run that failed; so it makes its rows itself
and has no effect outside of its unit.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from storage.engines import postgres, sqlite, with_driver
from storage.errors import BadAddress, Unavailable, Uncertain
from storage.failures import again, lost, translated
from storage.grouping import Groups, Spoiled
from storage.unit import Unit

T = TypeVar("T")
Work = Callable[[Unit], T]

POSTGRES_THREADS = 8
"""Transactions at once on PostgreSQL, a connection each."""
READER_THREADS = 4
"""Reads at once, beside the writers."""


class Database:
    """The open database. Close it; until then ``read`` and ``write`` may be awaited from any task.

    Raises BadAddress for a URL that names none.
    """

    def __init__(self, url: str) -> None:
        self.url = _understood(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer, self._reader = _engines(self.url, embedded=self.is_sqlite)
        # SQLite has one writer at a time: what waits for it meanwhile can as well be committed together.
        # On PostgreSQL a group would hold its residents' rows while it waits for those of another one.
        self._groups = Groups(self._commit_all, self._alone) if self.is_sqlite else None
        self._write_pool = ThreadPoolExecutor(POSTGRES_THREADS, "db-write")
        self._read_pool = ThreadPoolExecutor(READER_THREADS, "db-read")

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations."""
        return self._writer

    async def write(self, work: Work[T]) -> T:
        """Do ``work`` in one transaction and return its value once that is on disk.

        Raises Stale when a row was changed meanwhile, Duplicate and Inconsistent when the tables refuse a
        row, Unavailable when the database is; all keep nothing. Uncertain, where the connection broke
        during the commit, may have kept it. A cancelled caller takes back only work not yet begun.
        """
        if self._groups is not None:
            return cast("T", await self._groups.awaited(work))
        return await asyncio.wrap_future(self._written(work))

    async def read(self, work: Work[T]) -> T:
        """Do ``work``, which may change nothing, beside the writers. Raises Unavailable."""
        return await asyncio.wrap_future(self._seen(work))

    def write_now(self, work: Work[T]) -> T:
        """``write`` for callers without an event loop (command line, threads); not from inside of work."""
        if self._groups is not None:
            return cast("T", self._groups.now(work))
        return self._written(work).result()

    def read_now(self, work: Work[T]) -> T:
        """``read`` for callers without an event loop; not from inside of work."""
        return self._seen(work).result()

    def ping(self) -> None:
        """Raise Unavailable unless the database answers."""
        self.read_now(lambda unit: unit.session.connection().execute(text("SELECT 1")))

    def close(self) -> None:
        """Finish what was begun or waits, then close every connection. Later work is Unavailable."""
        if self._groups is not None:
            self._groups.close()
        self._write_pool.shutdown()
        self._read_pool.shutdown()
        self._writer.dispose()
        self._reader.dispose()

    def _written(self, work: Work[T]) -> Future[T]:
        return _queued(self._write_pool, lambda: self._alone(work))

    def _seen(self, work: Work[T]) -> Future[T]:
        return _queued(self._read_pool, lambda: translated(lambda: again(lambda: self._look(work))))

    def _alone(self, work: Work[T]) -> T:
        return translated(lambda: again(lambda: self._commit(work)))

    def _commit(self, work: Work[T]) -> T:
        with Session(self._writer, expire_on_commit=False) as session:
            value = work(Unit(session))
            session.flush()
            _commit(session)
            return value

    def _commit_all(self, works: Sequence[Work[Any]]) -> list[Any]:
        def committed() -> list[Any]:
            with Session(self._writer, expire_on_commit=False) as session:
                session.connection()  # a database that cannot be had is no single work's failure
                values = [_part(session, index, work) for index, work in enumerate(works)]
                _commit(session)
                return values

        return translated(committed)

    def _look(self, work: Work[T]) -> T:
        with Session(self._reader, expire_on_commit=False) as session:
            return work(Unit(session))


def _understood(url: str) -> URL:
    try:
        return with_driver(make_url(url))
    except (ArgumentError, ValueError) as error:
        raise BadAddress("it is no database URL") from error  # the library's words would quote a password


def _engines(url: URL, *, embedded: bool) -> tuple[Engine, Engine]:
    """The engine that writes and the one that reads; no connection is made yet."""
    try:
        if embedded:
            return sqlite(url), sqlite(url, reads_only=True)
        writer = postgres(url, POSTGRES_THREADS + READER_THREADS)
    except (ValueError, OSError) as error:
        raise BadAddress(str(error)) from error
    return writer, writer.execution_options(postgresql_readonly=True)


def _queued(pool: ThreadPoolExecutor, job: Callable[[], T]) -> Future[T]:
    try:
        return pool.submit(job)
    except RuntimeError as error:
        raise Unavailable("the database is closed") from error


def _part(session: Session, index: int, work: Work[T]) -> T:
    """Do one work of a group; what it read is not known to the next one."""
    try:
        value = work(Unit(session))
        session.flush()
    except Exception as error:
        raise Spoiled(index) from error
    session.expunge_all()
    return value


def _commit(session: Session) -> None:
    """Commit; from here on a lost connection leaves open what was kept: nothing may be tried again."""
    try:
        session.commit()
    except DBAPIError as error:
        session.invalidate()  # SQLite's is still in the midst of what it could not commit
        if lost(error):
            raise Uncertain(type(error.orig).__name__) from error
        raise
