import asyncio
import io
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.webhook import BODY_LIMIT_BYTES, BUDGET, routes
from handlers.residents.incoming import NO_REPLY, Incoming, Reply
from tests.bot.webhook.platform import (
    NOW,
    cdata,
    decrypt,
    encrypt,
    event,
    gate,
    plain_query,
    sealed,
    text_message,
)

PUSH = sealed(encrypt(text_message("楼下油烟")))


class Still:
    def now(self):
        return NOW


class Desk:
    """Stands in for the intake: answers, fails or takes its time."""

    def __init__(self, reply: Reply = NO_REPLY, error: Exception | None = None) -> None:
        self.reply, self.error = reply, error
        self.heard: list[Incoming] = []
        self.free = asyncio.Event()
        self.free.set()
        self.begun = asyncio.Event()

    async def receive(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        self.begun.set()
        await self.free.wait()
        if self.error:
            raise self.error
        return self.reply


@pytest.fixture
async def callback():
    clients = []

    async def start(
        desk: Desk,
        mode="safe",
        refused=None,
        budget: timedelta = BUDGET,
        running=None,
        client_max_size=BODY_LIMIT_BYTES,
    ) -> TestClient:
        app = web.Application(client_max_size=client_max_size)
        count = refused.append if refused is not None else lambda _: None
        app.add_routes(routes(gate(mode), desk.receive, Still(), count, budget=budget, running=running))
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


async def test_the_check_of_the_address_gets_the_bare_echo(callback):
    client = await callback(Desk())

    answer = await client.get("/wechat", params=plain_query() | {"echostr": "4375120948345356249"})

    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert await answer.text() == "4375120948345356249"


async def test_a_push_is_heard_and_answered_sealed(callback):
    desk = Desk(Reply("已收到"))
    client = await callback(desk)

    answer = await client.post("/wechat", params=PUSH[0], data=PUSH[1])

    body = await answer.text()
    assert (answer.status, answer.content_type) == (200, "application/xml")
    assert cdata(decrypt(cdata(body, "Encrypt"))[0], "Content") == "已收到"
    assert [incoming.text for incoming in desk.heard] == ["楼下油烟"]


async def test_an_unknown_event_is_heard_and_answered_success(callback):
    client = await callback(Desk())
    query, body = sealed(encrypt(event("moon_landing")))

    answer = await client.post("/wechat", params=query, data=body)

    assert (answer.status, await answer.text()) == (200, "success")


@pytest.mark.parametrize(
    ("query", "body", "status", "reason"),
    [
        ({}, b"", 403, "plain"),
        (PUSH[0] | {"msg_signature": "0" * 40}, PUSH[1], 403, "signature"),
        (PUSH[0], b"<xml>", 400, "xml"),
        (PUSH[0], b"\xff", 400, "encoding"),
        (PUSH[0] | {"nonce": ""}, PUSH[1], 400, "query"),
    ],
)
async def test_a_refused_push_is_counted_and_not_heard(callback, query, body, status, reason):
    desk, refused = Desk(), []
    client = await callback(desk, refused=refused)

    answer = await client.post("/wechat", params=query, data=body)

    assert (answer.status, await answer.text()) == (status, reason)
    assert (refused, desk.heard) == ([reason], [])


async def test_a_refused_check_of_the_address_is_counted(callback):
    refused = []
    client = await callback(Desk(), refused=refused)

    answer = await client.get("/wechat", params=plain_query(token="guessed") | {"echostr": "1"})

    assert (answer.status, refused) == (403, ["signature"])


async def test_a_body_over_the_limit_is_not_read_to_its_end(callback):
    client = await callback(Desk(), client_max_size=80 * BODY_LIMIT_BYTES)
    answered = asyncio.Event()

    async def endless():
        for _ in range(2):
            yield b"x" * BODY_LIMIT_BYTES
        await answered.wait()

    async with asyncio.timeout(10):
        answer = await client.post("/wechat", params=PUSH[0], data=endless())
        answered.set()

    assert answer.status == 413


async def test_a_body_over_the_limit_gets_413_and_is_counted(callback):
    refused = []
    client = await callback(Desk(), refused=refused)

    answer = await client.post("/wechat", params=PUSH[0], data=io.BytesIO(b"x" * (BODY_LIMIT_BYTES + 1)))

    assert (answer.status, refused) == (413, ["size"])


async def test_a_query_that_is_no_utf8_is_refused(callback):
    client = await callback(Desk())

    answer = await client.get("/wechat?signature=%ff&timestamp=1&nonce=%ed%a0%80&echostr=%ff")

    assert answer.status == 403


async def test_our_own_failure_asks_for_another_try_and_tells_nothing(callback, capsys):
    client = await callback(Desk(error=RuntimeError("楼下油烟 oResident")))

    answer = await client.post("/wechat", params=PUSH[0], data=PUSH[1])

    printed = capsys.readouterr()
    assert (answer.status, await answer.text()) == (503, "")
    assert "RuntimeError" in printed.out
    assert "oResident" not in printed.out + printed.err


async def test_slow_work_goes_on_after_the_platform_was_let_go(callback):
    desk, running = Desk(Reply("已收到")), set()
    desk.free.clear()
    client = await callback(desk, budget=timedelta(milliseconds=20), running=running)

    first = await client.post("/wechat", params=PUSH[0], data=PUSH[1])
    (work,) = running
    desk.free.set()
    reply = await work
    again = await client.post("/wechat", params=PUSH[0], data=PUSH[1])

    assert (first.status, again.status) == (503, 200)
    assert reply == Reply("已收到")
    assert running == set()


async def test_slow_work_that_fails_in_the_end_is_logged_by_type(callback, capsys):
    desk, running = Desk(error=KeyError("oResident")), set()
    desk.free.clear()
    client = await callback(desk, budget=timedelta(milliseconds=20), running=running)

    answer = await client.post("/wechat", params=PUSH[0], data=PUSH[1])
    work = set(running)
    desk.free.set()
    await asyncio.wait(work)
    await asyncio.sleep(0)

    printed = capsys.readouterr().out
    assert answer.status == 503
    assert "KeyError" in printed
    assert "oResident" not in printed


async def test_work_that_is_cancelled_by_a_stop_asks_for_another_try(callback):
    desk, running = Desk(), set()
    desk.free.clear()
    client = await callback(desk, running=running)

    asked = asyncio.ensure_future(client.post("/wechat", params=PUSH[0], data=PUSH[1]))
    await desk.begun.wait()
    for work in running:
        work.cancel()

    assert (await asked).status == 503
