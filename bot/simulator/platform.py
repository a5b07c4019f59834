"""The platform's API as the account's client sees it, under ``/simulator/platform``."""

from aiohttp import web

from bot.simulator.calls import Call, Handler, accepted, read, refused, shown_request, shown_response
from bot.simulator.courier import Courier
from bot.simulator.endpoints import VIDEO, Endpoints
from bot.simulator.errors import PlatformError
from bot.simulator.world import World

PREFIX = "/simulator/platform"


class Platform:
    """Answers the account's calls, or misbehaves as the switches say."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._endpoints = Endpoints(world, courier)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes: one for all calls, one for the videos that calls point to."""
        return [
            web.get(f"{VIDEO}/{{media}}", self._video),
            web.route("*", f"{PREFIX}/{{path:.*}}", self._call),
        ]

    async def close(self) -> None:
        """Stop what goes on in the background."""
        await self._endpoints.close()

    async def _call(self, request: web.Request) -> web.Response:
        call = await read(request)
        path = "/" + request.match_info["path"]
        response = await self._answered(call, path)
        title, now = f"{request.method} {path}", self._world.now()
        self._world.exchanges.add(now, "call", title, shown_request(call), shown_response(response))
        return response

    async def _answered(self, call: Call, path: str) -> web.Response:
        trouble = self._world.switches.trouble
        if trouble.platform_down:
            return web.Response(status=500, text="Internal Server Error")
        if trouble.platform_hanging:
            await self._world.switches.while_hanging()
            return web.Response(status=504, text="Gateway Timeout")
        try:
            return accepted(await self._handler(call, path)(call))
        except PlatformError as error:
            return refused(error)

    def _handler(self, call: Call, path: str) -> Handler:
        key = (call.request.method, path)
        if key in self._endpoints.free:
            return self._endpoints.free[key]
        if key not in self._endpoints.known:
            raise self._unknown(path)
        self._admit(call)
        return self._endpoints.known[key]

    def _unknown(self, path: str) -> PlatformError:
        if any(known == path for _, known in self._endpoints.free | self._endpoints.known):
            return PlatformError(43001, "require another HTTP method")
        return PlatformError(40066, "invalid url")

    def _admit(self, call: Call) -> None:
        if self._world.switches.trouble.token_refused:
            raise PlatformError(40001, "invalid credential, access_token is invalid or not latest")
        self._world.tokens.check(call.query.get("access_token", ""), self._world.now())

    async def _video(self, request: web.Request) -> web.Response:
        media = self._world.media.find(request.match_info["media"])
        if media is None:
            raise web.HTTPNotFound
        return web.Response(body=media.data, content_type=media.mime)
