import pytest

from storage.database import Database
from tests.handlers.offices.bench import Bench


@pytest.fixture
def bench(sqlite_database: Database) -> Bench:
    """A zone at work over SQLite."""
    return Bench(sqlite_database)


@pytest.fixture
def bench_anywhere(database: Database) -> Bench:
    """A zone at work, once over SQLite and once over PostgreSQL."""
    return Bench(database)
