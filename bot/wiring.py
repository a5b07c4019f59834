"""The composition root: opens everything, hands it to each other, closes it in the opposite order."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.channels import TokenShelf, WeChatClient, WeComRobots
from bot.clock import Clock, MovableClock, SystemClock
from bot.delivery import Delivery, delivery
from bot.lexicons import Lexicons
from bot.media import MediaFetcher
from bot.metrics import Metrics
from bot.mounting import Opened, address, mounted
from bot.opening import ready_database
from bot.parts import Parts, parts
from bot.pictures import Pictures
from bot.scheduler import Scheduler
from bot.settings import BadSettings, Settings
from bot.shelf import CountingShelf
from bot.sweeping import ArchiveSweep
from bot.understanding import Understanding
from bot.webhook import Gate
from handlers.forgetting import forget
from handlers.residents.incoming import Reply
from handlers.schedule import LostMedia, jobs
from storage import archive as archives
from storage.archive import Archive
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Service:
    """The running service: its application, and what can be asked of it from outside of HTTP."""

    app: web.Application
    database: Database
    clock: Clock
    scheduler: Scheduler
    delivery: Delivery
    wechat: WeChatClient
    understanding: Understanding


@asynccontextmanager
async def running(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Service]:
    """Open the service, and close it again: what was begun is finished first.

    ``clock`` replaces the machine's. Raises BadSettings for what cannot work, Unavailable where the
    database cannot be reached.
    """
    if settings.simulator.enabled:
        from bot import playing

        settings = playing.with_credentials(settings, address(settings))
        clock = clock or MovableClock()
    async with AsyncExitStack() as stack:
        opened = await _open(stack, settings, clock or SystemClock())
        app = mounted(opened, gate(settings))
        await _start(stack, opened)
        yield Service(
            app,
            opened.database,
            opened.clock,
            opened.scheduler,
            opened.delivery,
            opened.wechat,
            opened.understanding,
        )


def gate(settings: Settings) -> Gate:
    """Return the guard of the callback. Raises BadSettings where the account's token is missing."""
    wechat = settings.wechat
    if not wechat.token.get_secret_value():
        raise BadSettings("BOT_WECHAT__TOKEN: is missing (or set BOT_SIMULATOR__ENABLED=true to try without)")
    sealed = (wechat.encoding_aes_key, *wechat.previous_encoding_aes_keys)
    keys = [key.get_secret_value() for key in sealed if key.get_secret_value()]
    if keys and not wechat.appid:
        raise BadSettings("BOT_WECHAT__APPID: is missing: no encrypted message could be opened without it")
    return Gate(
        token=wechat.token.get_secret_value(),
        appid=wechat.appid,
        keys=keys,
        mode=wechat.mode,
        original_id=wechat.original_id,
        freshness=timedelta(seconds=wechat.freshness_seconds),
        reply_limit_bytes=wechat.reply_limit_bytes,
    )


def wechat_client(
    settings: Settings, http: aiohttp.ClientSession, clock: Clock, kept: TokenShelf | None = None
) -> WeChatClient:
    """Return the client of the account's API; ``kept`` is where its token lies."""
    wechat = settings.wechat
    return WeChatClient(
        http,
        appid=wechat.appid,
        secret=wechat.secret.get_secret_value(),
        clock=clock,
        kept=kept,
        base_url=wechat.api_base_url,
    )


async def _open(stack: AsyncExitStack, settings: Settings, clock: Clock) -> Opened:
    database = await asyncio.to_thread(ready_database, settings)
    stack.callback(database.close)
    lexicons = Lexicons(database, settings.zone)
    understanding = Understanding(lexicons.load, lexicons.newest)
    stack.push_async_callback(understanding.close)
    archive = _archive(settings)
    http = await stack.enter_async_context(aiohttp.ClientSession())
    metrics, made = Metrics(), await asyncio.to_thread(parts, settings)
    wechat = wechat_client(settings, http, clock, CountingShelf(metrics))
    sending = delivery(
        settings, database, clock, made.calendar, wechat, _robots(settings, http, clock), _node(), metrics
    )
    pictures = Pictures(http, settings.wechat.api_base_url)
    media = MediaFetcher(database, clock, wechat, pictures, archive, LostMedia(made.teller), metrics)
    sweep = ArchiveSweep(database, clock, archive, settings.zone.retention.original_photo_days)
    scheduler = _scheduler(settings, database, clock, made, metrics, sending)
    return Opened(
        settings=settings,
        clock=clock,
        database=database,
        archive=archive,
        http=http,
        metrics=metrics,
        parts=made,
        wechat=wechat,
        delivery=sending,
        media=media,
        sweep=sweep,
        scheduler=scheduler,
        understanding=understanding,
        running=set(),
    )


def _archive(settings: Settings) -> Archive:
    try:
        return archives.opened(settings.archive.url)
    except (ValueError, OSError) as error:
        raise BadSettings(f"archive.url: {error}") from error


def _robots(settings: Settings, http: aiohttp.ClientSession, clock: Clock) -> WeComRobots:
    wecom = settings.wecom
    keys = {name: key.get_secret_value() for name, key in wecom.robots.items()}
    return WeComRobots(
        http, keys=keys, clock=clock, base_url=wecom.base_url, per_minute=wecom.messages_per_minute
    )


def _scheduler(
    settings: Settings, database: Database, clock: Clock, made: Parts, metrics: Metrics, sending: Delivery
) -> Scheduler:
    work = jobs(
        made.zone,
        made.book,
        made.teller,
        file_silent=made.intake.silent,
        erase=forget,
    )
    return Scheduler(work, database, clock, settings.scheduler.tick_seconds, metrics, sending.wake)


async def _start(stack: AsyncExitStack, opened: Opened) -> None:
    """Begin delivering, fetching and ticking; on the way out each finishes what it has begun."""
    stop = asyncio.Event()
    ever = (opened.delivery, opened.media, opened.sweep, opened.understanding)
    loops = [asyncio.create_task(loop.run(stop)) for loop in ever]

    async def end() -> None:
        stop.set()
        await asyncio.gather(*loops)

    stack.push_async_callback(end)
    if opened.settings.scheduler.enabled:
        opened.scheduler.start()
        stack.push_async_callback(opened.scheduler.stop)
    stack.push_async_callback(_finish, opened.running)


async def _finish(running: "set[asyncio.Future[Reply]]") -> None:
    while running:
        await asyncio.wait(running)


def _node() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
