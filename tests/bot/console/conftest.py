from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot import console
from bot.sections import Console as ConsoleSettings
from bot.trials import Trials
from handlers.lexicon.workbench import Workbench
from storage.database import Database
from tests.bot.api.served import House, serve
from tests.bot.console.browser import Browser
from tests.nlp.small import TEXT

LEXICON = TEXT.replace("oil_fume", "smoke").replace("noise", "dust")
"""A lexicon for the categories of the bench's zone."""


@pytest.fixture
def house(sqlite_database: Database, tmp_path: Path) -> House:
    """Everything that the offices' side is made of."""
    return House(sqlite_database, tmp_path)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    """A browser before the served console; ``/enter/NAME`` is the simulator's link."""
    app = web.Application()
    mounted = console.setup(
        app,
        database=house.database,
        zone=house.bench.zone,
        calendar=house.bench.calendar,
        casework=house.bench.casework,
        accounts=house.accounts,
        album=house.album,
        presenter=house.presenter,
        clock=house.clock,
        settings=ConsoleSettings(session_hours=12),
        trials=Trials(house.database, house.bench.zone, house.clock),
        workbench=Workbench(LEXICON),
    )

    async def enter(request: web.Request) -> web.Response:
        return await mounted.enter(request, house.officer(request.match_info["name"]).id)

    app.router.add_get("/enter/{name}", enter)
    client = await serve(app)
    yield Browser(house, client)
    await client.close()
