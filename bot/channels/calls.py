"""One call to the WeChat API: with its token, patient where that helps, never without end."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from bot.channels.errors import ChannelError, Reaction, failure, unreadable
from bot.channels.tokens import StableToken, Token, TokenShelf
from bot.channels.transport import Fetched, Transport, decoded
from bot.channels.wechat_codes import REACTIONS, STALE_TOKEN
from bot.clock import Clock

MEDIA_LIMIT_BYTES = 20 << 20
"""Of one photo, voice note or video; the platform's own upload limit is 10 MB."""
_PAUSE_LIMIT_SECONDS = 5.0
_TEXTUAL = frozenset({"application/json", "text/json", "text/plain"})

T = TypeVar("T")


class Calls:
    """The account's way to the API; what WeChatClient says in terms of messages goes through here."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        appid: str,
        secret: str,
        clock: Clock,
        kept: TokenShelf,
        timeout_seconds: float,
        media_timeout_seconds: float,
        attempts: int,
        pause: timedelta,
    ) -> None:
        self._base_url = f"{base_url.rstrip('/')}/cgi-bin"
        self._transport = Transport(session, timeout_seconds)
        self._media_transport = Transport(session, media_timeout_seconds)
        self._attempts = attempts
        self._pause_seconds = pause.total_seconds()
        url = f"{self._base_url}/stable_token"
        self.tokens = StableToken(self._transport, url, appid=appid, secret=secret, clock=clock, shelf=kept)

    async def post(self, path: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to ``payload``; ChannelError for an errcode or no answer."""
        return await self._patiently(lambda token: self._post(token, path, payload))

    async def media(self, media_id: str) -> Fetched:
        """Return what a resident sent; ChannelError where it is gone or over MEDIA_LIMIT_BYTES."""
        return await self._patiently(lambda token: self._media(token, media_id))

    async def _post(self, token: Token, path: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        params = {"access_token": token.value}
        return _successful(await self._transport.post(f"{self._base_url}/{path}", payload, params))

    async def _media(self, token: Token, media_id: str) -> Fetched:
        params = {"access_token": token.value, "media_id": media_id}
        url = f"{self._base_url}/media/get"
        fetched = await self._media_transport.get(url, params, limit_bytes=MEDIA_LIMIT_BYTES)
        # The platform answers 200 to everything: an error or a video's address comes as JSON.
        if fetched.content_type not in _TEXTUAL and not fetched.content.startswith(b"{"):
            return fetched
        return await self._video(_successful(decoded(fetched.content)))

    async def _video(self, answer: Mapping[str, Any]) -> Fetched:
        url = answer.get("video_url")
        if not isinstance(url, str) or not url.startswith(("https://", "http://")):
            raise unreadable()
        return await self._media_transport.get(url, {}, limit_bytes=MEDIA_LIMIT_BYTES, follow=True)

    async def _patiently(self, exchange: Callable[[Token], Awaitable[T]]) -> T:
        longer = wait_exponential(multiplier=self._pause_seconds, max=_PAUSE_LIMIT_SECONDS)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=longer + wait_random(0, self._pause_seconds),
            retry=retry_if_exception(_passes),
            reraise=True,
        )
        return await retrying(self._with_token, exchange)

    async def _with_token(self, exchange: Callable[[Token], Awaitable[T]]) -> T:
        token = await self.tokens.current()
        try:
            return await exchange(token)
        except ChannelError as error:
            if error.code not in STALE_TOKEN:
                raise
        # Once: a second refusal is the operator's, and must not use up the day's tokens.
        return await exchange(await self.tokens.renewed(token))


def _passes(error: BaseException) -> bool:
    return isinstance(error, ChannelError) and error.reaction is Reaction.RETRY


def _successful(answer: dict[str, Any]) -> dict[str, Any]:
    if error := failure(answer, REACTIONS):
        raise error
    return answer
