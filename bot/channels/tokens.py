"""The access token that every call to the WeChat API carries."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.channels.errors import failure, unreadable
from bot.channels.transport import Transport
from bot.channels.wechat_codes import REACTIONS
from bot.clock import Clock

RENEWAL_LEAD = timedelta(seconds=300)
"""The platform itself renews a stable token about 5 minutes before its end, and both are valid meanwhile."""
_LIFE_LIMIT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the moment from which another is asked for."""

    value: str = field(repr=False)
    renew_at: datetime


class TokenShelf(Protocol):
    """Where a token is kept between calls; nodes may share one, but need not (stable_token)."""

    async def read(self) -> Token | None:
        """Return the kept token, None if there is none."""
        ...

    async def write(self, token: Token) -> None:
        """Keep ``token`` in place of any other."""
        ...


class MemoryShelf:
    """A shelf for one process."""

    def __init__(self) -> None:
        self._token: Token | None = None

    async def read(self) -> Token | None:
        """Return the kept token, None if there is none."""
        return self._token

    async def write(self, token: Token) -> None:
        """Keep ``token`` in place of any other."""
        self._token = token


class StableToken:
    """Fetches tokens by /cgi-bin/stable_token, never forcing: any number of nodes get the same one.

    Forcing would cut off the other nodes, and the platform allows it 20 times a day.
    """

    def __init__(
        self, transport: Transport, url: str, *, appid: str, secret: str, clock: Clock, shelf: TokenShelf
    ) -> None:
        self._transport = transport
        self._url = url
        self._request = {"grant_type": "client_credential", "appid": appid, "secret": secret}
        self._clock = clock
        self._shelf = shelf
        self._lock = asyncio.Lock()

    async def current(self) -> Token:
        """Return a token that is good for some minutes; ChannelError where none can be had."""
        return await self._kept() or await self._fetched_unless_kept("")

    async def renewed(self, refused: Token) -> Token:
        """Return another token than ``refused``, if somebody kept one meanwhile or the platform has one."""
        return await self._fetched_unless_kept(refused.value)

    async def _kept(self) -> Token | None:
        token = await self._shelf.read()
        return token if token and self._clock.now() < token.renew_at else None

    async def _fetched_unless_kept(self, refused: str) -> Token:
        async with self._lock:
            kept = await self._kept()
            if kept and kept.value != refused:
                return kept
            token = await self._fetch()
            await self._shelf.write(token)
            return token

    async def _fetch(self) -> Token:
        answer = await self._transport.post(self._url, {**self._request, "force_refresh": False}, {})
        if error := failure(answer, REACTIONS):
            raise error
        life = timedelta(seconds=_life_seconds(answer))
        return Token(str(answer["access_token"]), self._clock.now() + life - RENEWAL_LEAD)


def _life_seconds(answer: dict[str, Any]) -> int:
    seconds = answer.get("expires_in")
    if not answer.get("access_token") or not isinstance(seconds, int):
        raise unreadable()
    return min(max(seconds, 0), _LIFE_LIMIT_SECONDS)
