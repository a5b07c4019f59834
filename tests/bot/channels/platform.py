"""A server on loopback that plays the WeChat API or WeCom."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
OK = {"errcode": 0, "errmsg": "ok"}


class HandClock:
    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    raw: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.raw)


@dataclass
class Platform:
    """Answers each path by what was put in line for it, and the last of those for ever."""

    calls: list[Call] = field(default_factory=list)
    lines: dict[str, deque] = field(default_factory=dict)
    tokens: int = 0
    stuck: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, path: str, *answers) -> None:
        self.lines[path] = deque(answers)

    def calls_to(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(Call(request.method, request.path, dict(request.query), await request.read()))
        line = self.lines.get(request.path)
        if line:
            return await self._render(line.popleft() if len(line) > 1 else line[0])
        if request.path == "/cgi-bin/stable_token":
            self.tokens += 1
            return web.json_response({"access_token": f"token-{self.tokens}", "expires_in": 7200})
        return web.json_response(OK)

    async def _render(self, answer) -> web.StreamResponse:
        if answer == "hang":
            await self.stuck.wait()
            return web.Response()
        if isinstance(answer, dict):
            # The real one labels its JSON as text at times.
            return web.Response(text=json.dumps(answer), content_type="text/plain")
        return answer() if callable(answer) else answer

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.handle)
        return app
