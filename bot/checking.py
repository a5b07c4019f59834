"""What `python -m bot check` finds: configuration, database, credentials."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import aiohttp

from bot.channels import ChannelError
from bot.clock import SystemClock
from bot.settings import BadSettings, Settings
from bot.wiring import gate, wechat_client
from storage import archive
from storage.database import Database
from storage.errors import StorageError
from storage.migrate import pending


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``verdict`` is ok, note or bad."""

    verdict: str
    name: str
    told: str

    @property
    def bad(self) -> bool:
        """Whether the service cannot work like this."""
        return self.verdict == "bad"


async def checked(settings: Settings) -> Sequence[Finding]:
    """Look at everything; settings that were loaded are right in form already."""
    zone = settings.zone
    counted = f"{zone.name}: {len(zone.own_offices)} own offices, {len(zone.categories)} categories"
    return (
        Finding("ok", "configuration", counted),
        *_robots(settings),
        await asyncio.to_thread(_database, settings),
        await asyncio.to_thread(_archive, settings),
        *await _wechat(settings),
    )


def _robots(settings: Settings) -> Sequence[Finding]:
    return [
        Finding("note", f"wecom.robots.{name}", "has no key: its owner is told in the console only")
        for name in settings.robots_without_key
    ]


def _database(settings: Settings) -> Finding:
    try:
        with closing(Database(settings.database.url)) as database:
            database.ping()
            left = pending(database)
    except StorageError as error:
        return Finding("bad", "database", f"cannot be used: {error}")
    if left and not database.is_sqlite:
        return Finding(
            "bad", "database", "its tables are older than this version: run 'python -m bot migrate'"
        )
    return Finding("ok", "database", "answers")


def _archive(settings: Settings) -> Finding:
    try:
        archive.opened(settings.archive.url)
    except (ValueError, OSError) as error:
        return Finding("bad", "archive", str(error))
    return Finding("ok", "archive", "opens")


async def _wechat(settings: Settings) -> Sequence[Finding]:
    if settings.simulator.enabled:
        return [Finding("note", "wechat", "simulated: no credentials are needed")]
    try:
        gate(settings)
    except BadSettings as error:
        return [Finding("bad", "wechat", str(error))]
    if not settings.wechat.secret.get_secret_value():
        return [Finding("bad", "wechat", "BOT_WECHAT__SECRET: is missing: nothing can be sent")]
    async with aiohttp.ClientSession() as http:
        try:
            await wechat_client(settings, http, SystemClock()).check()
        except ChannelError as error:
            return [Finding("bad", "wechat", f"the platform refused the credentials: {error}")]
    return [Finding("ok", "wechat", "the platform gave a token")]
