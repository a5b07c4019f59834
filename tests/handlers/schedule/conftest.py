import pytest

from storage.database import Database
from tests.handlers.schedule.life import Life


@pytest.fixture
def life(database: Database) -> Life:
    return Life(database)
