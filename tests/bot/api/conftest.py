from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from storage.database import Database
from tests.bot.api.served import Api, House, serve


@pytest.fixture
def house(sqlite_database: Database, tmp_path: Path) -> House:
    """Everything that the offices' side is made of."""
    return House(sqlite_database, tmp_path)


@pytest.fixture
async def api(house: House) -> AsyncIterator[Api]:
    """A client of the served API."""
    app = web.Application()
    house.mount_api(app)
    client = await serve(app)
    yield Api(house, client)
    await client.close()
