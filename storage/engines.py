"""Engines: how connections to SQLite and PostgreSQL are made and set."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

BUSY_TIMEOUT_SECONDS = 10
"""How long SQLite waits for another process's write before it gives up."""
CONNECT_TIMEOUT_SECONDS = 5
"""How long a connection to PostgreSQL may take before the database counts as unavailable."""

FROZEN_SECONDS = 60
"""How long a node that stopped in the midst of its work (a suspended machine) may hold its rows."""
_SILENCE = {
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A server that vanished without a word is noticed in half a minute instead of a quarter of an hour.

Milliseconds, seconds, seconds, times (libpq, Linux).
"""


def with_driver(url: URL) -> URL:
    """Name psycopg 3 as PostgreSQL's driver, whatever the operator wrote."""
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def postgres(url: URL, connections: int) -> Engine:
    """Make PostgreSQL's engine with at most ``connections``, each asked for a sign of life before use."""
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "options": f"-c timezone=UTC -c idle_in_transaction_session_timeout={FROZEN_SECONDS}s",
            **_SILENCE,
        },
    )


def sqlite(url: URL, *, reads_only: bool = False) -> Engine:
    """Make an engine for an SQLite file, whose folder is made at need.

    A writer begins with the lock in its hand: nobody finds out in the middle that another was faster.
    Raises ValueError for a database in memory.
    """
    if url.database in {None, "", ":memory:"}:
        raise ValueError("an in-memory SQLite would mix the transactions of all tasks: name a file")
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    begin = "BEGIN DEFERRED" if reads_only else "BEGIN IMMEDIATE"
    event.listen(engine, "connect", _configure)
    if reads_only:
        event.listen(engine, "connect", _forbid_writing)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _configure(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own guess of when to begin is wrong for us: the "begin" hook says it.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _forbid_writing(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")
