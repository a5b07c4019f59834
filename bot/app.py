"""The aiohttp application: who may be asked what, and with which headers it answers."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.webhook import BODY_LIMIT_BYTES

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
UPLOAD_LIMIT_BYTES = 80 * 1024 * 1024
"""A form with several photos of an officer's phone; the callback keeps its own, smaller limit."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send the security headers with every answer, errors included."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(_missing(error))
        raise
    if not response.prepared:
        response.headers.update(_missing(response))
    return response


def _missing(response: web.StreamResponse) -> dict[str, str]:
    return {name: value for name, value in _HEADERS.items() if name not in response.headers}


def application() -> web.Application:
    """Return an application without routes; wiring adds them."""
    limit = max(UPLOAD_LIMIT_BYTES, BODY_LIMIT_BYTES)
    return web.Application(middlewares=[guarded], client_max_size=limit)
