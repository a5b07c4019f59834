"""Residents over a real database, on both kinds of it."""

import pytest

from storage.database import Database
from tests.handlers.residents.world import Chat


@pytest.fixture
def chat(database: Database) -> Chat:
    """The whole residents' side, on SQLite and on PostgreSQL."""
    return Chat(database)


@pytest.fixture
def light(sqlite_database: Database) -> Chat:
    """The same on SQLite alone, where the database makes no difference."""
    return Chat(sqlite_database)
