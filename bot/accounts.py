"""What the command line does to officers' accounts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from bot.clock import SystemClock
from bot.opening import ready_database
from bot.passwords import Argon2Passwords
from bot.settings import BadSettings, Settings
from handlers.offices.accounts import Accounts
from handlers.offices.errors import Invalid, Refusal
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


def set_password(settings: Settings, name: str, password: str) -> None:
    """Give an account another password. Raises BadSettings, naming the field, for what is refused."""
    with _opened(settings) as (database, accounts):
        _tried(lambda: database.write_now(lambda unit: accounts.set_password(unit, name, password)))


def close_user(settings: Settings, name: str) -> None:
    """Close an account for good. Raises BadSettings where there is none."""
    with _opened(settings) as (database, accounts):
        _tried(lambda: database.write_now(lambda unit: accounts.close(unit, name)))


def users(settings: Settings) -> Sequence[str]:
    """Return every account, a line each: name, role, unit, and whether it is closed."""
    with _opened(settings) as (database, _):
        found = database.read_now(lambda unit: unit.users.all())
    return [
        f"{one.name}\t{one.role}\t{one.unit or '-'}\t{'open' if one.active else 'closed'}" for one in found
    ]


def tokens(settings: Settings) -> Sequence[str]:
    """Return every token, a line each: its own name, when it was made, and whether it is revoked."""
    with _opened(settings) as (database, _):
        found = database.read_now(lambda unit: unit.users.tokens())
    return [
        f"{one.name}\t{one.created_at:%Y-%m-%d}\t{'revoked' if one.revoked_at else 'live'}" for one in found
    ]


def revoke_token(settings: Settings, name: str) -> None:
    """End a token by its own name. Raises BadSettings where no live one has it."""
    now = SystemClock().now()
    with _opened(settings) as (database, _):
        if not database.write_now(lambda unit: unit.users.revoke_token(name, now)):
            raise BadSettings(f"name: no live token is called {name}; see 'python -m bot token list'")


def _tried(work: Callable[[], T]) -> T:
    try:
        return work()
    except Duplicate as error:
        raise BadSettings("name: there is a user of that name already") from error
    except Invalid as error:
        raise BadSettings(f"{error.field}: {error}") from error
    except Refusal as error:
        raise BadSettings(str(error)) from error
