"""Signs of life for the balancer and figures for the operator."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.metrics import Metrics

Check = Callable[[], Awaitable[bool]]


def routes(
    checks: dict[str, Check], refresh: Callable[[], Awaitable[None]], metrics: Metrics
) -> list[web.RouteDef]:
    """Return /healthz (the process lives), /readyz (``checks`` by name, all must hold) and /metrics.

    ``refresh`` brings the gauges up to date before they are read.
    """

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        found = {name: await check() for name, check in checks.items()}
        ready = all(found.values())
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(
            {"status": "ready" if ready else "not ready", "checks": found}, status=status
        )

    async def figures(_request: web.Request) -> web.Response:
        await refresh()
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", figures)]
