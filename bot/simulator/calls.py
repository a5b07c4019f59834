"""One call of the account's client: reading it, answering it, keeping it for the page."""

import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.simulator.errors import PlatformError

_SECRET = re.compile(r'("secret"\s*:\s*)"[^"]*"')
_TOKEN = re.compile(r'("access_token": )"[^"]*"')
_LONGEST_SHOWN = 4_000


@dataclass(frozen=True, slots=True)
class Call:
    """What the client asked."""

    request: web.Request
    query: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body's object; PlatformError 44002 (empty) or 47001 (not a JSON object)."""
        if not self.body:
            raise PlatformError(44002, "empty post data")
        try:
            data = json.loads(self.body)
        except ValueError as error:
            raise PlatformError(47001, "data format error") from error
        if not isinstance(data, dict):
            raise PlatformError(47001, "data format error")
        return data


Answered = dict[str, Any] | web.Response
Handler = Callable[[Call], Awaitable[Answered]]


async def read(request: web.Request) -> Call:
    """Return the call; an upload is left in the request, to be read part by part."""
    upload = request.content_type.startswith("multipart/")
    return Call(request, request.query, b"" if upload else await request.read())


def refused(error: PlatformError) -> web.Response:
    """Return the platform's answer to a bad call: HTTP 200, number, sentence with a request id."""
    body = {"errcode": error.code, "errmsg": f"{error.message} rid: {secrets.token_hex(8)}"}
    return web.json_response(body)


def accepted(answer: Answered) -> web.Response:
    """Return the answer as it goes out; an object that names no error number gets 0 unless it is a token."""
    if isinstance(answer, web.Response):
        return answer
    fine = {} if "access_token" in answer else {"errcode": 0, "errmsg": "ok"}
    return web.json_response({**fine, **answer}, dumps=_dumps)


def shown_request(call: Call) -> str:
    """Return what developers see of a call, without secret and token."""
    text = _SECRET.sub(r'\1"***"', call.body.decode(errors="replace"))
    query = "&".join(
        f"{name}={'***' if name in {'access_token', 'secret'} else value}"
        for name, value in call.query.items()
    )
    return "\n".join(filter(None, (f"?{query}" if query else "", text)))[:_LONGEST_SHOWN]


def shown_response(response: web.Response) -> str:
    """Return what developers see of an answer."""
    if not response.content_type.startswith(("application/json", "text/")):
        size = len(response.body) if isinstance(response.body, bytes) else 0
        return f"HTTP {response.status} {response.content_type}，{size} 字节"
    text = _TOKEN.sub(r'\1"***"', (response.text or "")[:_LONGEST_SHOWN])
    return text if response.status == web.HTTPOk.status_code else f"HTTP {response.status}\n{text}"


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
