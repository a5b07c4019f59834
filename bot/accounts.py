"""What the command line does to accounts and to the account on WeChat."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import aiohttp

from bot.channels import ChannelError
from bot.clock import SystemClock
from bot.menu import buttons
from bot.passwords import Argon2Passwords
from bot.settings import BadSettings, Settings
from bot.wiring import ready_database, wechat_client
from handlers.offices.accounts import Accounts
from handlers.offices.errors import Refusal
from handlers.residents.posters import posters
from storage.database import Database
from storage.errors import Duplicate

T = TypeVar("T")


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Database, Accounts]]:
    database = ready_database(settings)
    try:
        yield database, Accounts(settings.zone, Argon2Passwords())
    finally:
        database.close()


def add_user(settings: Settings, name: str, role: str, office: str, password: str) -> None:
    """Add an account. Raises BadSettings, naming the field, for what is refused."""
    if not password:
        raise BadSettings("password: standard input is empty")
    now = SystemClock().now()
    with _opened(settings) as (database, accounts):
        _tried(lambda: database.write_now(lambda unit: accounts.add(unit, name, role, office, password, now)))


def add_token(settings: Settings, name: str, role: str, office: str) -> str:
    """Return a new token of a user; an unknown name becomes an account that only tokens open."""
    now = SystemClock().now()
    with _opened(settings) as (database, accounts):
        known = database.read_now(lambda unit: unit.users.by_name(name)) is not None
        if not known:
            _tried(lambda: database.write_now(lambda unit: accounts.add(unit, name, role, office, "", now)))
        return _tried(lambda: database.write_now(lambda unit: accounts.issue(unit, name, now)))


async def push_menu(settings: Settings) -> None:
    """Create the menu on the account. Raises BadSettings with the platform's reason."""
    async with aiohttp.ClientSession() as http:
        try:
            await wechat_client(settings, http, SystemClock()).create_menu(buttons())
        except ChannelError as error:
            raise BadSettings(f"wechat: the platform refused the menu: {error}") from error


async def create_posters(settings: Settings, scenes: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Return (scene, address of its QR code). Raises BadSettings for an unknown scene or a refusal."""
    known = posters(settings.zone)
    for scene in scenes:
        if scene not in known:
            raise BadSettings(f"scene: {scene}: no place has it; see 'python -m bot poster list'")
    async with aiohttp.ClientSession() as http:
        client = wechat_client(settings, http, SystemClock())
        try:
            return [(scene, (await client.create_qr(scene, permanent=True)).url) for scene in scenes]
        except ChannelError as error:
            raise BadSettings(f"wechat: the platform refused the code: {error}") from error


def _tried(work: Callable[[], T]) -> T:
    try:
        return work()
    except Duplicate as error:
        raise BadSettings("name: there is a user of that name already") from error
    except Refusal as error:
        raise BadSettings(str(error)) from error
