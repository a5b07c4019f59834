"""Access tokens: the stable kind and the classic kind, which do not touch each other."""

import secrets
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.simulator.errors import PlatformError

_LIFE = timedelta(seconds=7200)
_OVERLAP = timedelta(minutes=5)
"""How long an old token lives beside its successor, and how early the stable one is renewed."""
_FORCED_A_DAY = 20
_FORCED_GAP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its end."""

    text: str
    expires: datetime


class Tokens:
    """Gives out tokens and knows them again."""

    def __init__(self, appid: str, secret: str) -> None:
        self._appid = appid
        self._secret = secret
        self._valid: dict[str, Token] = {}
        self._stable: Token | None = None
        self._classic: Token | None = None
        self._forced: deque[datetime] = deque()

    def classic(self, appid: str, secret: str, grant_type: str, now: datetime) -> dict[str, Any]:
        """Return a new token; the previous one lives five minutes more."""
        self._admit(appid, secret, grant_type)
        if self._classic is not None:
            self._shorten(self._classic, now + _OVERLAP)
        self._classic = self._new(now)
        return _view(self._classic, now)

    def stable(self, wanted: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return the current token, or a new one when it is about to end or a refresh is forced.

        A forced refresh ends the last token at once and is allowed 20 times a day, 30 s apart
        (PlatformError 45009, 45011).
        """
        self._admit(wanted.get("appid"), wanted.get("secret"), wanted.get("grant_type"))
        if wanted.get("force_refresh") is True:
            self._force(now)
        if self._stable is None or self._stable.expires - now <= _OVERLAP:
            self._stable = self._new(now)
        return _view(self._stable, now)

    def check(self, text: str, now: datetime) -> None:
        """Pass a valid token; PlatformError 41001 (none), 40001 (unknown), 42001 (too old) otherwise."""
        if not text:
            raise PlatformError(41001, "access_token missing")
        token = self._valid.get(text)
        if token is None:
            raise PlatformError(40001, "invalid credential, access_token is invalid or not latest")
        if token.expires <= now:
            raise PlatformError(42001, "access_token expired")

    def _admit(self, appid: object, secret: object, grant_type: object) -> None:
        if grant_type != "client_credential":
            raise PlatformError(40002, "invalid grant_type")
        if appid != self._appid:
            raise PlatformError(40013, "invalid appid")
        if secret != self._secret:
            raise PlatformError(40125, "invalid appsecret")

    def _force(self, now: datetime) -> None:
        while self._forced and now - self._forced[0] >= timedelta(days=1):
            self._forced.popleft()
        if len(self._forced) >= _FORCED_A_DAY:
            raise PlatformError(45009, "reach max api daily quota limit")
        if self._forced and now - self._forced[-1] < _FORCED_GAP:
            raise PlatformError(45011, "api minute-quota reach limit, must slower, retry next minute")
        self._forced.append(now)
        if self._stable is not None:
            del self._valid[self._stable.text]
        self._stable = None

    def _new(self, now: datetime) -> Token:
        token = Token(secrets.token_urlsafe(96), now + _LIFE)
        self._valid[token.text] = token
        return token

    def _shorten(self, token: Token, until: datetime) -> None:
        self._valid[token.text] = replace(token, expires=min(token.expires, until))


def _view(token: Token, now: datetime) -> dict[str, Any]:
    return {"access_token": token.text, "expires_in": int((token.expires - now).total_seconds())}
