"""HTTP towards the platforms: bounded in time and size, and silent about addresses, which hold secrets."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.channels.errors import ChannelError, Reaction, unreadable

ANSWER_LIMIT_BYTES = 1 << 20
"""Of a JSON answer; real ones are far below."""
_CHUNK_BYTES = 1 << 16
_JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body as it came, with the type that its sender claims (to be checked by its first bytes)."""

    content: bytes
    content_type: str


class Transport:
    """An aiohttp session with our limits; every failure is a ChannelError."""

    def __init__(self, session: aiohttp.ClientSession, timeout_seconds: float) -> None:
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)

    async def post(self, url: str, payload: Mapping[str, Any], params: Mapping[str, str]) -> dict[str, Any]:
        """Send JSON and return the JSON object of the answer; ChannelError(None, ...) where there is none."""
        # Raw UTF-8: the platform takes a \\uXXXX escape in a menu for an error (40033).
        body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
        async with self._exchange("POST", url, data=body, params=params, headers=_JSON) as answer:
            return decoded(await _bounded(answer, ANSWER_LIMIT_BYTES))

    async def get(
        self, url: str, params: Mapping[str, str], *, limit_bytes: int, follow: bool = False
    ) -> Fetched:
        """Return what is at ``url``, by redirects with ``follow``; OUR_FAULT where over ``limit_bytes``."""
        async with self._exchange("GET", url, params=params, allow_redirects=follow) as answer:
            return Fetched(await _bounded(answer, limit_bytes), answer.content_type)

    @asynccontextmanager
    async def _exchange(self, method: str, url: str, **rest: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        rest = {"allow_redirects": False, "timeout": self._timeout, **rest}
        try:
            async with self._session.request(method, url, **rest) as answer:
                _check_status(answer.status)
                yield answer
        except (aiohttp.ClientError, TimeoutError) as error:
            # Not chained: aiohttp's messages quote the address, and with it the token.
            raise ChannelError(None, Reaction.RETRY, detail=type(error).__name__) from None


def decoded(content: bytes) -> dict[str, Any]:
    """Return the JSON object in ``content``; ChannelError(None, RETRY) if it holds none."""
    try:
        answer = json.loads(content, strict=False)
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(answer, dict):
        raise unreadable()
    return answer


def _check_status(status: int) -> None:
    if status == HTTPStatus.OK:
        return
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        reaction = Reaction.RETRY
    elif status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        reaction = Reaction.OUR_FAULT
    else:
        # The platforms say everything with 200: this is a proxy, a firewall or a wrong address.
        reaction = Reaction.OPERATOR
    raise ChannelError(None, reaction, detail=f"HTTP {status}")


async def _bounded(answer: aiohttp.ClientResponse, limit_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
        content += chunk
        if len(content) > limit_bytes:
            raise ChannelError(None, Reaction.OUR_FAULT, detail="too large")
    return bytes(content)
