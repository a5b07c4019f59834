import pytest

from handlers.lexicon.sheets import Sheet, read
from handlers.rules.zone import Zone
from tests.handlers.residents.world import a_zone
from tests.nlp.small import TEXT


@pytest.fixture
def zone() -> Zone:
    return a_zone()


@pytest.fixture
def sheet(zone: Zone) -> Sheet:
    return read(zone, TEXT)
