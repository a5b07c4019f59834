"""Who may sign in: accounts, passwords, bearer tokens, and a growing pause after failures."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from handlers.offices.access import UNIT_ROLES, Officer, Role
from handlers.offices.errors import Invalid, Unknown
from handlers.rules.zone import Zone
from storage.models import ApiToken, User
from storage.unit import Unit

TOKEN_BYTES = 32
SHORTEST_PASSWORD = 10
"""Characters; long beats odd (NIST SP 800-63B §3.1.1.2 wants 8 at least)."""
LONGEST_PASSWORD = 200
"""Characters; hashing longer ones would be a way to keep the machine busy."""
FREE_NAME, FREE_ADDRESS = 5, 20
"""Failures without a pause: of a name; of an address, behind which a whole office may sit."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=2)
"""Failures older than this no longer count."""
_NAME = re.compile(r"[\w.@-]{1,40}")


class Passwords(Protocol):
    """How passwords are hashed; both take tens of milliseconds on purpose, so they run beside the loop."""

    def hashed(self, password: str) -> str:
        """Return the hash to keep."""
        ...

    def fits(self, password_hash: str, password: str) -> bool:
        """Tell whether the password is the one of the hash."""
        ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun: what to check the password against, or how long to wait first."""

    name: str
    address: str
    password_hash: str = ""
    user_id: int | None = None
    wait: timedelta = timedelta()


class Accounts:
    """Accounts over the users' table. Nothing here hashes inside a transaction but ``add``."""

    def __init__(self, zone: Zone, passwords: Passwords) -> None:
        self._zone = zone
        self._passwords = passwords

    @cached_property
    def _decoy(self) -> str:
        """An unknown name is checked against this, so that it takes as long as a known one."""
        return self._passwords.hashed(secrets.token_urlsafe(TOKEN_BYTES))

    def add(self, unit: Unit, name: str, role: str, office: str, password: str, now: datetime) -> User:
        """Keep a new account; ``office`` is the code of its office or department, "" for other roles.

        Raises Invalid naming the field. Without a password ("") only tokens open the account.
        """
        if not _NAME.fullmatch(name):
            raise Invalid("name", "用户名用字母、数字、汉字或 . _ - @，最多40个字。")
        known = self._role(role, office)
        if password:
            _check_length(password)
        if unit.users.by_name(name) is not None:
            raise Invalid("name", f"已有名为“{name}”的用户。")
        kept = self._passwords.hashed(password) if password else ""
        return unit.users.add(
            User(name=name, role=known.value, unit=office, password_hash=kept, created_at=now)
        )

    def set_password(self, unit: Unit, name: str, password: str) -> None:
        """Give an account another password and sign it out everywhere. Raises Unknown, or Invalid."""
        user = _known(unit, name)
        _check_length(password)
        user.password_hash = self._passwords.hashed(password)
        unit.users.save(user)
        unit.sessions.end_all(user.id or 0)

    @staticmethod
    def close(unit: Unit, name: str) -> None:
        """Close an account: neither password nor token opens it, and it is signed out. Raises Unknown."""
        user = _known(unit, name)
        user.active = False
        unit.users.save(user)
        unit.sessions.end_all(user.id or 0)

    def _role(self, role: str, office: str) -> Role:
        if role not in set(Role):
            raise Invalid("role", f"角色只能是：{'、'.join(Role)}。")
        known = Role(role)
        if known is Role.OFFICE and not self._zone.is_ours(office):
            raise Invalid("office", f"没有编码为“{office}”的本区街道办。")
        if known is Role.DEPARTMENT and office not in self._zone.departments:
            raise Invalid("office", f"没有编码为“{office}”的部门。")
        if known not in UNIT_ROLES and office:
            raise Invalid("office", f"{known.label}不属于街道办或部门，不用填单位。")
        return known

    # --- signing in: begin (a transaction), fits (beside it), finish (a transaction) ----------------

    def begin(self, unit: Unit, name: str, address: str, now: datetime) -> Attempt:
        """Begin a sign-in. It counts as failed until ``finish``, so that many at once are slowed as well."""
        keys = _keys(name, address)
        wait = max((_pause_left(unit, key, now) for key in keys), default=timedelta())
        if wait > timedelta():
            return Attempt(name, address, wait=wait)
        for key, free in keys.items():
            _count(unit, key, free, now)
        user = unit.users.by_name(name) if _NAME.fullmatch(name) else None
        if user is None or not user.active or not user.password_hash:
            return Attempt(name, address)
        return Attempt(name, address, user.password_hash, user.id)

    def fits(self, attempt: Attempt, password: str) -> bool:
        """Tell whether the password opens the account; slow on purpose, the same for unknown names."""
        fits = self._passwords.fits(attempt.password_hash or self._decoy, password[:LONGEST_PASSWORD])
        return fits and attempt.user_id is not None

    def finish(self, unit: Unit, attempt: Attempt) -> Officer | None:
        """Forget the failures after a good password and return the officer."""
        assert attempt.user_id is not None
        for key in _keys(attempt.name, attempt.address):
            unit.users.forgive(key)
        return self.officer(unit, attempt.user_id)

    def officer(self, unit: Unit, user_id: int) -> Officer | None:
        """Return the officer of a session, None where the account was closed."""
        user = unit.users.by_id(user_id)
        return _officer(user) if user and user.active else None

    # --- bearer tokens ------------------------------------------------------------------------------

    def issue(self, unit: Unit, name: str, now: datetime, label: str = "") -> str:
        """Return a new bearer token of a user; it is shown this once, only its SHA-256 is kept."""
        user = unit.users.by_name(name)
        if user is None or user.id is None or not user.active:
            raise Unknown(f"没有名为“{name}”的用户。")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        called = label or f"{name}-{now:%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
        unit.users.add_token(ApiToken(name=called, digest=digest(token), user_id=user.id, created_at=now))
        return token

    def bearer(self, unit: Unit, token: str) -> Officer | None:
        """Return the officer of a live token."""
        user = unit.users.by_token(digest(token))
        return _officer(user) if user else None


def _check_length(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid("password", f"密码要有{SHORTEST_PASSWORD}到{LONGEST_PASSWORD}个字符。")


def _known(unit: Unit, name: str) -> User:
    user = unit.users.by_name(name)
    if user is None:
        raise Unknown(f"没有名为“{name}”的用户。")
    return user


def digest(secret: str) -> str:
    """Return the SHA-256 of a token or cookie, which is random enough to need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _officer(user: User) -> Officer | None:
    assert user.id is not None
    return Officer(user.id, user.name, Role(user.role), user.unit)


def _keys(name: str, address: str) -> dict[str, int]:
    """The keys that failures are counted under, hashed: a mistyped name may be a password."""
    return {f"name:{digest(name)}": FREE_NAME, f"address:{digest(address)}": FREE_ADDRESS}


def _pause_left(unit: Unit, key: str, now: datetime) -> timedelta:
    failure = unit.users.failures(key)
    return failure.until - now if failure and failure.until else timedelta()


def _count(unit: Unit, key: str, free: int, now: datetime) -> None:
    failure = unit.users.failures(key)
    if failure and failure.until and failure.until < now - FORGOTTEN_AFTER:
        unit.users.forgive(key)
        failure = None
    unit.users.note_failure(key, now, pause_after((failure.count if failure else 0) + 1, free))


def pause_after(failures: int, free: int) -> timedelta:
    """Return the pause after so many failures: none up to the free ones, then doubling."""
    if failures < free:
        return timedelta()
    doublings = min(failures - free, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
