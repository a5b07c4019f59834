"""What is mounted on the application: callback, health, API, console, and the simulator where it is on."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot import api, console, health
from bot.album import Album
from bot.api.present import Presenter
from bot.app import application
from bot.channels import WeChatClient
from bot.clock import Clock, MovableClock
from bot.delivery import Delivery
from bot.entering import Entrance
from bot.media import MediaFetcher
from bot.metrics import Metrics, measure
from bot.parts import Parts
from bot.receiving import Receiver
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.sweeping import ArchiveSweep
from bot.trials import Trials
from bot.understanding import Understanding
from bot.webhook import Gate, routes
from handlers.residents.incoming import Reply
from storage.archive import Archive
from storage.database import Database
from storage.errors import StorageError

CATCH_UP_ROUNDS = 50
"""Rounds after a jump of the simulated clock: what one tick causes may cause more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened, before anything runs on it."""

    settings: Settings
    clock: Clock
    database: Database
    archive: Archive
    http: aiohttp.ClientSession
    metrics: Metrics
    parts: Parts
    wechat: WeChatClient
    delivery: Delivery
    media: MediaFetcher
    sweep: ArchiveSweep
    scheduler: Scheduler
    understanding: Understanding
    running: "set[asyncio.Future[Reply]]"


def mounted(opened: Opened, guard: Gate) -> web.Application:
    """Return the application with everything on it."""
    app, made = application(), opened.parts
    receiver = Receiver(
        opened.database, made.intake, opened.understanding, opened.clock, opened.delivery, opened.media,
        opened.metrics,
    )  # fmt: skip
    app.add_routes(routes(guard, receiver, opened.clock, opened.metrics.refused, running=opened.running))
    app.add_routes(health.routes(_checks(opened), _refresher(opened), opened.metrics))
    album, presenter = Album(opened.archive), Presenter(made.zone, made.calendar)
    api.setup(
        app,
        database=opened.database,
        zone=made.zone,
        casework=made.casework,
        accounts=made.accounts,
        album=album,
        presenter=presenter,
        clock=opened.clock,
    )
    desk = console.setup(
        app,
        database=opened.database,
        zone=made.zone,
        calendar=made.calendar,
        casework=made.casework,
        accounts=made.accounts,
        album=album,
        presenter=presenter,
        clock=opened.clock,
        settings=opened.settings.console,
        trials=Trials(opened.database, made.zone, opened.clock),
        workbench=made.workbench,
    )
    if opened.settings.simulator.enabled:
        entrance = Entrance(opened.database, made.zone, made.accounts, opened.clock, desk.enter)
        _mount_simulator(app, opened, entrance)
    return app


def _mount_simulator(app: web.Application, opened: Opened, entrance: Entrance) -> None:
    # Only where it is wanted: a service in earnest does not even load it.
    from bot import picking, playing
    from bot.simulator import Simulator

    settings, zone = opened.settings, opened.parts.zone
    simulator = Simulator(
        playing.account(settings, address(settings)),
        opened.clock,
        opened.http,
        _mover(opened),
        entrance,
        places=picking.places(zone),
        posters=playing.scenes(zone),
        offices=playing.offices(zone),
        templates=playing.templates(),
    )
    app.add_routes(simulator.routes())
    app.on_shutdown.append(simulator.close)


def _mover(opened: Opened) -> Callable[[timedelta], Awaitable[None]]:
    async def move(step: timedelta) -> None:
        assert isinstance(opened.clock, MovableClock)
        opened.clock.move(step)
        for _ in range(CATCH_UP_ROUNDS):
            if not await opened.scheduler.tick() and not await opened.delivery.run_once():
                return

    return move


def _checks(opened: Opened) -> dict[str, health.Check]:
    async def database() -> bool:
        with suppress(StorageError):
            await asyncio.to_thread(opened.database.ping)
            return True
        return False

    async def understanding() -> bool:
        return opened.understanding.ready

    return {"database": database, "understanding": understanding}


def _refresher(opened: Opened) -> Callable[[], Awaitable[None]]:
    async def refresh() -> None:
        await measure(opened.metrics, opened.database, opened.clock.now())

    return refresh


def address(settings: Settings) -> str:
    """Return where this process can reach itself."""
    host = settings.server.host if settings.server.host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104 - compared, not bound
    return f"http://{host}:{settings.server.port}"
