"""The JSON API under ``/api``: for officers' scripts and other systems."""

import json

from aiohttp import web

from bot.album import LIMIT_BYTES, Album
from bot.api.calls import Caller
from bot.api.endpoints import Endpoints
from bot.api.openapi import document
from bot.api.present import Presenter
from bot.api.problems import problems
from bot.clock import Clock
from handlers.offices.accounts import Accounts
from handlers.offices.casework import Casework
from handlers.rules.zone import Zone
from storage.database import Database

__all__ = ["setup"]

VERSION = "1.0.0"
"""Of the API, which is also in its paths (v1)."""


def setup(
    app: web.Application,
    *,
    database: Database,
    zone: Zone,
    casework: Casework,
    accounts: Accounts,
    album: Album,
    presenter: Presenter,
    clock: Clock,
) -> None:
    """Mount the API on the application. Everything below ``/api`` answers in JSON, errors too."""
    operations = tuple(Endpoints(database, zone, casework, presenter, album).operations())
    caller = Caller(database, accounts, clock, LIMIT_BYTES)
    described = json.dumps(document(operations, f"接诉 · {zone.name}", VERSION), ensure_ascii=False).encode()

    async def openapi(_: web.Request) -> web.Response:
        return web.Response(body=described, content_type="application/json")

    api = web.Application(middlewares=[problems])
    api.router.add_get("/openapi.json", openapi)
    api.add_routes([web.route(one.method, one.path, caller.handler(one)) for one in operations])
    app.add_subapp("/api", api)
