"""What tests of every room need: the time, and real databases."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from storage import migrate
from storage.database import Database
from storage.models import Table
from tests import postgres
from tests.clock import TUESDAY_MORNING, HandClock

settings.register_profile("calm", deadline=None)  # a busy machine is no failure
settings.load_profile("calm")

TABLES = [table.name for table in Table.metadata.sorted_tables]


@pytest.fixture
def now() -> datetime:
    """Tuesday 2026-11-24, 10:00 in China: working time."""
    return TUESDAY_MORNING


@pytest.fixture
def clock(now: datetime) -> HandClock:
    """A clock at ``now`` that the test moves."""
    return HandClock(now)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """The one PostgreSQL of this test run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    with postgres.server(run[:12]) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.PostgresServer) -> Iterator[str]:
    """The URL of this worker's database, with its tables."""
    with postgres.database(postgres_server, f"jiesu_{postgres.worker()}") as url:
        _migrate(url)
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    file = tmp_path_factory.mktemp("template") / "jiesu.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def postgres_url(migrated_postgres: str) -> str:
    """The URL of a PostgreSQL database with empty tables."""
    postgres.truncate(migrated_postgres, TABLES)
    return migrated_postgres


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of an SQLite file with empty tables."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'jiesu.sqlite')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with empty tables, once on SQLite and once on PostgreSQL; every node may open it."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with empty tables, once on SQLite and once on PostgreSQL."""
    yield from _opened(database_url)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An open SQLite database with empty tables."""
    yield from _opened(sqlite_url)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """An open PostgreSQL database with empty tables."""
    yield from _opened(postgres_url)


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def _migrate(url: str) -> None:
    for database in _opened(url):
        migrate.upgrade(database)
