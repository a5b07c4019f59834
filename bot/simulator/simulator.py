"""The simulator as a whole: what the application mounts while it is being developed or shown."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.simulator.contact import Contact
from bot.simulator.courier import PATIENCE_S, Courier
from bot.simulator.page import Page
from bot.simulator.platform import Platform
from bot.simulator.values import SampleOffice, SamplePlace, SamplePoster, SampleTemplate, SimulatorSettings
from bot.simulator.world import EXAMPLES, Samples, World


class Simulator:
    """A WeChat-like page at ``/simulator/`` and the platform behind it at ``/simulator/platform``.

    ``move`` moves the clock and lets what fell due happen; ``enter`` signs a browser in to the console
    as a role and an office code; ``patience_s`` is how long a push waits for an answer (5 s on the real
    platform). ``close`` must run on shutdown, before connections are waited for, or open pages hold the
    server: ``app.on_shutdown.append(simulator.close)``.
    """

    def __init__(
        self,
        settings: SimulatorSettings,
        clock: Clock,
        http: aiohttp.ClientSession,
        move: Callable[[timedelta], Awaitable[None]],
        enter: Callable[[web.Request, str, str], Awaitable[web.StreamResponse]],
        places: Sequence[SamplePlace] = (),
        posters: Sequence[SamplePoster] = (),
        offices: Sequence[SampleOffice] = (),
        templates: Sequence[SampleTemplate] = (),
        examples: Sequence[str] = EXAMPLES,
        patience_s: float = PATIENCE_S,
    ) -> None:
        samples = Samples(tuple(places), tuple(posters), tuple(offices), tuple(templates), tuple(examples))
        self._world = World(settings, clock, samples)
        courier = Courier(self._world, http, patience_s)
        self._platform = Platform(self._world, courier)
        self._page = Page(self._world, Contact(self._world, courier), move, enter)

    def routes(self) -> list[web.RouteDef]:
        """Return everything under ``/simulator``."""
        return [*self._page.routes(), *self._platform.routes()]

    async def close(self, _: web.Application | None = None) -> None:
        """End the live streams and hanging calls, so that the server can stop at once."""
        self._world.feed.close()
        self._world.switches.release()
        await self._platform.close()
