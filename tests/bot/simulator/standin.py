"""A tiny account behind ``/wechat``, on another library than the simulator's own code: it answers as told."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import WeChatCrypto
from xmltodict import parse

from bot.simulator import (
    SampleOffice,
    SamplePlace,
    SamplePoster,
    SampleTemplate,
    Simulator,
    SimulatorSettings,
)

TOKEN, APPID, SECRET, KEY = (
    "spamtest",
    "wx2c2769f8efd9abc2",
    "top-secret",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
)
ACCOUNT = "gh_simulator"
Push = dict[str, Any]


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    async def move(self, step: timedelta) -> None:
        self.time += step


def sha(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def text_xml(push: Push, content: str) -> str:
    """Return a text reply to a push; ``content`` goes in as it is."""
    return (
        f"<xml><ToUserName><![CDATA[{push['FromUserName']}]]></ToUserName>"
        f"<FromUserName><![CDATA[{push['ToUserName']}]]></FromUserName>"
        f"<CreateTime>{push['CreateTime']}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content></xml>"
    )


@dataclass
class Account:
    """What came in, and how it is answered: ``reply`` makes the plain XML, "" or "success"."""

    mode: str = "plain"
    reply: Callable[[Push], str] = lambda push: "success"
    delay_s: float = 0
    status: int = 200
    raw: bytes | None = None
    pushes: list[Push] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._handle(request)
        finally:
            self.at_once -= 1

    async def _handle(self, request: web.Request) -> web.Response:
        query, body = request.query, await request.text()
        self.bodies.append(body)
        push = self._opened(query, body)
        self.pushes.append(push)
        self.arrived.set()
        await asyncio.sleep(self.delay_s)
        if self.raw is not None:
            return web.Response(body=self.raw, status=self.status)
        answer = self.reply(push)
        if self.mode == "safe" and answer not in {"", "success"}:
            answer = WeChatCrypto(TOKEN, KEY, APPID).encrypt_message(
                answer, query["nonce"], query["timestamp"]
            )
        return web.Response(text=answer, status=self.status)

    def _opened(self, query: Any, body: str) -> Push:
        assert query["signature"] == sha(TOKEN, query["timestamp"], query["nonce"])
        if self.mode == "plain":
            assert "encrypt_type" not in query
            return parse(body)["xml"]
        assert query["encrypt_type"] == "aes"
        crypto = WeChatCrypto(TOKEN, KEY, APPID)
        opened = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        return parse(opened)["xml"]


@dataclass
class Stage:
    """Everything that a test plays with."""

    account: Account
    clock: SetClock
    http: aiohttp.ClientSession
    url: str
    entered: list[tuple[str, str]]

    async def post(self, path: str, body: Any = None) -> Any:
        async with self.http.post(f"{self.url}/simulator/{path}", json=body) as response:
            return await response.json()

    async def act(self, action: str, body: Any = None, who: str = "1") -> Any:
        return await self.post(f"residents/{who}/{action}", body or {})

    async def state(self) -> Any:
        async with self.http.get(f"{self.url}/simulator/state") as response:
            return await response.json()

    async def chat(self, who: str = "1") -> list[Any]:
        return (await self.state())["chats"][who]

    async def openid(self, who: int = 1) -> str:
        return (await self.state())["residents"][who - 1]["openid"]

    async def call(self, path: str, body: Any = None, method: str = "POST", **query: str) -> Any:
        """Call the platform with a good token."""
        return await self.raw_call(path, body, method, access_token=await self.token(), **query)

    async def raw_call(self, path: str, body: Any = None, method: str = "POST", **query: str) -> Any:
        url = f"{self.url}/simulator/platform{path}"
        async with self.http.request(method, url, json=body, params=query) as response:
            assert response.status == 200
            return await response.json()

    async def token(self, **more: Any) -> str:
        credential = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
        return (await self.raw_call("/cgi-bin/stable_token", credential | more))["access_token"]

    async def receive(self, count: int) -> None:
        """Wait until so many pushes have come in."""
        async with asyncio.timeout(5):
            while len(self.account.pushes) < count:
                self.account.arrived.clear()
                await self.account.arrived.wait()


PLACES = (
    SamplePlace("富民花苑", 26.8945, 112.5602),
    SamplePlace("平湖公园", 26.9012, 112.5511),
    SamplePlace("陆家新屋", 26.8861, 112.5498),
)
POSTERS = (SamplePoster("富民花苑东门", "e:1:east"), SamplePoster("陆家新屋公告栏", "e:2:board"))
OFFICES = (SampleOffice("430476001", "华兴街道"),)
TEMPLATES = (
    SampleTemplate(
        "tpl-progress",
        "工单处理进度通知",
        (
            ("character_string1", "工单编号"),
            ("thing2", "诉求内容"),
            ("phrase3", "处理状态"),
            ("time4", "更新时间"),
        ),
    ),
)


@asynccontextmanager
async def stage(mode: str = "plain", patience_s: float = 2.0, port: int | None = None, clock: Any = None):
    """Run an application with the stand-in account and the simulator."""
    account, clock, entered = Account(mode), clock or SetClock(), []

    async def enter(request: web.Request, role: str, office: str) -> web.StreamResponse:
        entered.append((role, office))
        return web.Response(text="console")

    app = web.Application()
    app.router.add_post("/wechat", account.handle)
    server = TestServer(app, port=port)
    settings = SimulatorSettings(
        lambda: str(server.make_url("")), TOKEN, APPID, SECRET, KEY if mode != "plain" else "", mode
    )
    async with aiohttp.ClientSession() as http:
        simulator = Simulator(
            settings,
            clock,
            http,
            clock.move,
            enter,
            PLACES,
            POSTERS,
            OFFICES,
            TEMPLATES,
            patience_s=patience_s,
        )
        app.add_routes(simulator.routes())
        app.on_shutdown.append(simulator.close)
        async with server:
            yield Stage(account, clock, http, str(server.make_url("")).rstrip("/"), entered)
