"""Carries pushes to the account's callback over real HTTP, as the platform does."""

import asyncio
import secrets
from collections.abc import Iterator

import aiohttp

from bot.simulator.chats import Side
from bot.simulator.envelope import Envelope, sign
from bot.simulator.markup import Value, render
from bot.simulator.pushes import Fields
from bot.simulator.replies import Answer, BadAnswerError, NoAnswerError, Reader
from bot.simulator.residents import Resident
from bot.simulator.world import World

OUT_OF_ORDER = "该公众号暂时无法提供服务，请稍后再试"
"""What WeChat shows when an account does not answer, or answers nonsense."""
PATIENCE_S = 5.0
"""How long the platform waits for an answer."""
_TRIES = 3
_COPIES = 3


def _message_ids(world: World) -> Iterator[int]:
    """Yield ids that grow, fit 64 bits, exceed 2**53 and are not given again after a restart."""
    last = 0
    while True:
        moment = int(world.now().timestamp() * 1000)
        last = max(last + 1, moment * 1_000_000 + secrets.randbelow(1_000_000))
        yield last


class Courier:
    """Signs, seals, sends, waits, tries again, reads the answer."""

    def __init__(self, world: World, http: aiohttp.ClientSession, patience_s: float = PATIENCE_S) -> None:
        self._world = world
        self._http = http
        self._timeout = aiohttp.ClientTimeout(total=patience_s)
        settings = world.settings
        sealed = settings.mode != "plain"
        self._envelope = Envelope(settings.appid, settings.encoding_aes_key) if sealed else None
        self._reader = Reader(settings, self._envelope)
        self._ids = _message_ids(world)

    def next_id(self) -> int:
        """Return a fresh message id."""
        return next(self._ids)

    async def message(self, resident: Resident, title: str, fields: Fields) -> Answer:
        """Push a message, which carries a MsgId, and return what the account answered."""
        return await self._push(resident, title, {**fields, "MsgId": self.next_id()})

    async def event(self, resident: Resident, title: str, fields: Fields) -> Answer:
        """Push an event, which carries none."""
        return await self._push(resident, title, fields)

    async def _push(self, resident: Resident, title: str, fields: Fields) -> Answer:
        xml = render({**self._head(resident), **fields})
        if self._world.switches.trouble.repeat_pushes:
            answer = await self._copies(xml, resident.openid)
        else:
            answer = await self._deliver(xml, resident.openid)
        title = f"{title} · {resident.name}"
        self._world.exchanges.add(self._world.now(), "push", title, xml, answer.xml, answer.note)
        return answer

    def _head(self, resident: Resident) -> dict[str, Value]:
        return {
            "ToUserName": self._world.settings.account,
            "FromUserName": resident.openid,
            "CreateTime": self._seconds(),
        }

    async def _copies(self, xml: str, openid: str) -> Answer:
        answers = await asyncio.gather(*(self._deliver(xml, openid) for _ in range(_COPIES)))
        same = all((one.kind, one.content) == (answers[0].kind, answers[0].content) for one in answers)
        note = f"同一推送并发 {_COPIES} 次，答复" + ("一致" if same else "不一致！")
        first = answers[0]
        return Answer(first.kind, first.content, first.xml, note, first.fault)

    async def _deliver(self, xml: str, openid: str) -> Answer:
        notes: list[str] = []
        for number in range(1, _TRIES + 1):
            try:
                return await self._attempt(xml, openid, notes)
            except NoAnswerError as error:
                notes.append(f"第 {number} 次：{error}")
            except BadAnswerError as error:
                return _fault([*notes, str(error)])
        return _fault(notes)

    async def _attempt(self, xml: str, openid: str, notes: list[str]) -> Answer:
        body, query = self._letter(xml, openid)
        loop = asyncio.get_running_loop()
        started = loop.time()
        status, raw = await self._post(body, query)
        answer = self._reader.read(status, raw, openid)
        notes.append(f"{(loop.time() - started) * 1000:.0f} 毫秒")
        return Answer(answer.kind, answer.content, answer.xml, "；".join(notes))

    async def _post(self, body: str, query: dict[str, str]) -> tuple[int, bytes]:
        url = f"{self._world.settings.address()}/wechat"
        headers = {"Content-Type": "text/xml"}
        try:
            async with self._http.post(
                url, params=query, data=body.encode(), headers=headers, timeout=self._timeout
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise NoAnswerError("超时") from error
        except aiohttp.ClientError as error:
            raise NoAnswerError(f"连接失败（{type(error).__name__}）") from error

    def _letter(self, xml: str, openid: str) -> tuple[str, dict[str, str]]:
        token = self._world.settings.token
        stamp, nonce = str(self._seconds()), str(secrets.randbelow(10**10))
        query = {"signature": sign(token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": openid}
        if self._envelope is None:
            return xml, query
        sealed = self._envelope.seal(xml)
        query |= {"encrypt_type": "aes", "msg_signature": sign(token, stamp, nonce, sealed)}
        return self._sealed_body(xml, sealed), query

    def _sealed_body(self, xml: str, sealed: str) -> str:
        encrypt = f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        if self._world.settings.mode == "compatible":
            return xml.removesuffix("</xml>") + encrypt
        return f"<xml><ToUserName><![CDATA[{self._world.settings.account}]]></ToUserName>{encrypt}"

    def _seconds(self) -> int:
        return int(self._world.now().timestamp())


def show(world: World, resident: Resident, answer: Answer) -> None:
    """Put the answer into the chat; silence adds nothing."""
    if answer.fault:
        world.say(resident, Side.SYSTEM, "notice", text=OUT_OF_ORDER)
    elif answer.kind == "notice":
        world.say(resident, Side.SYSTEM, "notice", **answer.fields)
    elif answer.kind:
        world.say(resident, Side.ACCOUNT, answer.kind, via="reply", **answer.fields)


def _fault(notes: list[str]) -> Answer:
    return Answer(note="；".join(notes), fault=True)
