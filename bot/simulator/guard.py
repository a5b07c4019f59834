"""What all of the page's addresses share: headers, JSON, and a closed door to other sites."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.simulator.errors import PageError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Headers of every answer to a browser."""


def guarded(handler: Handler) -> Handler:
    """Return the handler, closed to other sites, with its refusals turned into JSON."""

    async def closed(request: web.Request) -> web.StreamResponse:
        try:
            _refuse_other_sites(request)
            return await handler(request)
        except PageError as error:
            return as_json({"error": error.message}, status=error.status)

    return closed


def _refuse_other_sites(request: web.Request) -> None:
    """The page asks for no password; so no other site may press its buttons."""
    origin = request.headers.get("Origin", "")
    foreign = origin and origin.partition("://")[2] != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise PageError(403, "不接受其他网站发来的请求")


def as_json(value: Any, status: int = 200) -> web.Response:
    """Return a JSON answer with Chinese left readable."""
    text = json.dumps(value, ensure_ascii=False)
    return web.json_response(text=text, status=status, headers=SECURITY)
