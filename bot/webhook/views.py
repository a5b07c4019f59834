"""GET and POST /wechat over aiohttp."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.webhook.gate import Gate, Opened
from bot.webhook.refusal import BODY_LIMIT_BYTES, Refused, too_large
from handlers.residents.incoming import Incoming, Reply

PATH = "/wechat"
BUDGET = timedelta(seconds=4.5)
"""The platform hangs up after 5 s and calls again, three times in all."""

Receive = Callable[[Incoming], Awaitable[Reply]]


def routes(
    gate: Gate,
    receive: Receive,
    clock: Clock,
    refused: Callable[[str], None],
    *,
    budget: timedelta = BUDGET,
    running: "set[asyncio.Future[Reply]] | None" = None,
) -> list[web.RouteDef]:
    """Return the routes of the callback.

    ``receive`` does the work of a push and says what to answer; ``refused`` is told the reason code of each
    request that was turned away. Work under way is kept in ``running`` until it is done; what outlasts
    ``budget`` goes on there: wait for it before the database is closed.
    """
    callback = _Callback(gate, receive, clock, refused, budget, set() if running is None else running)
    return [web.get(PATH, callback.check, allow_head=False), web.post(PATH, callback.push)]


async def _body(request: web.Request) -> bytes:
    try:
        # The application lets officers upload far more than any push holds.
        return await request.clone(client_max_size=BODY_LIMIT_BYTES).read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None


class _Callback:
    def __init__(
        self,
        gate: Gate,
        receive: Receive,
        clock: Clock,
        refused: Callable[[str], None],
        budget: timedelta,
        running: "set[asyncio.Future[Reply]]",
    ) -> None:
        self._gate = gate
        self._receive = receive
        self._clock = clock
        self._refused = refused
        self._budget = budget
        self._running = running
        self._log = structlog.get_logger(__name__)

    async def check(self, request: web.Request) -> web.Response:
        """Answer the settings page's check of the address."""
        try:
            return web.Response(text=self._gate.echo(request.query))
        except Refused as refusal:
            return self._turn_away(refusal)

    async def push(self, request: web.Request) -> web.Response:
        """Answer one push: 200, or 400/403/413 for what is not the platform's, or 503 for "again, please"."""
        try:
            opened = self._gate.open(request.query, await _body(request), self._clock.now())
        except Refused as refusal:
            return self._turn_away(refusal)
        reply = await self._within_budget(opened)
        if reply is None:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        text, content_type = self._gate.seal(opened, reply, self._clock.now())
        return web.Response(text=text, content_type=content_type)

    async def _within_budget(self, opened: Opened) -> Reply | None:
        work = asyncio.ensure_future(self._receive(opened.incoming))
        self._running.add(work)
        work.add_done_callback(self._settle)
        # `wait` leaves the work alone when the time is over: the next call gets its stored reply.
        await asyncio.wait({work}, timeout=self._budget.total_seconds())
        if not work.done():
            self._log.warning("push_slow", kind=opened.incoming.kind)
            return None
        return None if work.cancelled() or work.exception() else work.result()

    def _settle(self, work: "asyncio.Future[Reply]") -> None:
        self._running.discard(work)
        if not work.cancelled() and (error := work.exception()):
            # The type only: the message of a database error quotes what the resident wrote.
            self._log.error("push_failed", error=type(error).__name__)

    def _turn_away(self, refusal: Refused) -> web.Response:
        self._refused(refusal.reason)
        self._log.info("push_refused", status=refusal.status, reason=refusal.reason)
        return web.Response(status=refusal.status, text=refusal.reason)
