"""The page's own addresses: state, live events, the residents' actions, the clock, the switches."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from aiohttp import web

from bot.simulator import samples
from bot.simulator.actions import Actions
from bot.simulator.assets import Assets
from bot.simulator.contact import Contact
from bot.simulator.deeds import Deeds
from bot.simulator.errors import PageError
from bot.simulator.feed import event_text, stream
from bot.simulator.form import Form
from bot.simulator.guard import SECURITY, as_json, guarded
from bot.simulator.replies import Answer
from bot.simulator.residents import Resident
from bot.simulator.world import World

PREFIX = "/simulator"
Enter = Callable[[web.Request, str, str], Awaitable[web.StreamResponse]]
"""Signs the browser in to the console: request, role (``office``, ``desk`` or ``leader``), office or ""."""
Move = Callable[[timedelta], Awaitable[None]]
"""Moves the clock forward and lets what fell due happen."""

_ROLES = ("office", "desk", "leader")
_LONGEST_STEP_MIN = 366 * 24 * 60
_CROWD = 200


class Page:
    """Serves the page and does what is tapped on it."""

    def __init__(self, world: World, contact: Contact, move: Move, enter: Enter) -> None:
        self._world = world
        self._actions = Actions(world, contact)
        self._deeds = Deeds(world, self._actions, contact).by_name
        self._move = move
        self._enter = enter
        self._assets = Assets()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes; all refuse requests that another site makes in the visitor's browser."""
        table = {
            ("GET", ""): self._to_index,
            ("GET", "/"): self._index,
            ("GET", "/static/{name}"): self._static,
            ("GET", "/state"): self._state,
            ("GET", "/events"): self._events,
            ("GET", "/media/{media}"): self._media,
            ("GET", "/samples/{name}"): self._sample,
            ("GET", "/trouble"): self._trouble,
            ("POST", "/trouble"): self._set_trouble,
            ("POST", "/clock"): self._clock,
            ("POST", "/crowd"): self._crowd,
            ("POST", "/residents"): self._add,
            ("POST", "/residents/{id}/{action}"): self._act,
            ("GET", "/enter"): self._enter_console,
        }
        return [
            web.route(method, PREFIX + path, guarded(handler)) for (method, path), handler in table.items()
        ]

    async def _to_index(self, _: web.Request) -> web.StreamResponse:
        return web.Response(status=308, headers={"Location": f"{PREFIX}/"})

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return self._assets.response("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return self._assets.response(request.match_info["name"])

    async def _state(self, _: web.Request) -> web.StreamResponse:
        return as_json(self._world.view())

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**SECURITY, "X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        with self._world.feed.listen() as queue, suppress(ConnectionError):
            await response.prepare(request)
            await response.write(event_text("state", self._world.view()).encode())
            await stream(queue, response)
        return response

    async def _media(self, request: web.Request) -> web.StreamResponse:
        media = self._world.media.find(request.match_info["media"])
        if media is None:
            raise web.HTTPNotFound
        return web.Response(body=media.data, content_type=media.mime, headers=SECURITY)

    async def _sample(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in samples.PHOTOS:
            raise web.HTTPNotFound
        return web.Response(body=samples.photo(name, self._world.now()), content_type="image/jpeg")

    async def _trouble(self, _: web.Request) -> web.StreamResponse:
        return as_json(self._world.switches.view())

    async def _set_trouble(self, request: web.Request) -> web.StreamResponse:
        self._world.switches.set((await Form.of(request)).fields)
        self._world.feed.publish("trouble", self._world.switches.view())
        return as_json(self._world.switches.view())

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        minutes = (await Form.of(request)).whole("minutes", 1, _LONGEST_STEP_MIN)
        await self._move(timedelta(minutes=minutes))
        self._world.clock_changed()
        return as_json({"now": self._world.now().isoformat()})

    async def _crowd(self, request: web.Request) -> web.StreamResponse:
        form = await Form.of(request)
        text, count = form.text("text", 2_000, required=True), form.whole("count", 1, _CROWD)
        answers = await self._actions.crowd(text, count)
        good = [answer for answer in answers if not answer.fault]
        return as_json({"sent": count, "answered": len(good), "replies": [_text(answer) for answer in good]})

    async def _add(self, request: web.Request) -> web.StreamResponse:
        resident = self._world.residents.show_next((await Form.of(request)).text("name", 20).strip())
        self._world.changed(resident)
        return as_json(self._world.person(resident), status=201)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        deed = self._deeds.get(request.match_info["action"])
        if deed is None:
            raise PageError(404, "没有这个动作")
        answer = await deed(self._resident(request), request)
        return as_json({"reply": _text(answer), "fault": answer.fault, "note": answer.note})

    def _resident(self, request: web.Request) -> Resident:
        resident = self._world.residents.get(request.match_info["id"])
        if resident is None:
            raise PageError(404, "没有这位居民")
        return resident

    async def _enter_console(self, request: web.Request) -> web.StreamResponse:
        role = request.query.get("as", "")
        if role not in _ROLES:
            raise PageError(400, "as 应是 office、desk 或 leader")
        return await self._enter(request, role, request.query.get("office", ""))


def _text(answer: Answer) -> str:
    return str(answer.fields.get("text", ""))
