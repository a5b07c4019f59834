"""From publishing to the next ticket, in the service put together."""

import hashlib
from pathlib import Path
from xml.sax.saxutils import escape

from aiohttp.test_utils import TestClient, TestServer

from bot.wiring import Service, running
from nlp.editing import with_word
from nlp.lexicon_file import PACKAGED
from storage.models import PublishedLexicon, Ticket
from storage.unit import Unit
from tests.bot.test_app import Client, settings
from tests.clock import HandClock

WORD = "鬼火冒"
"""Nobody's word for a nuisance, until the desk says so."""
REPORT = f"{WORD}！富民花苑3栋楼下烧烤店油烟太大"


async def push(client: Client, serial: int, text: str, now: int) -> str:
    """Send a resident's text as the platform does in plain mode."""
    stamp, nonce = str(now), "nonce"
    signature = hashlib.sha1("".join(sorted(("abc", stamp, nonce))).encode()).hexdigest()  # noqa: S324 - the platform's own
    body = (
        f"<xml><ToUserName>gh_zone</ToUserName><FromUserName>o-{serial}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType>text</MsgType><Content>{escape(text)}</Content>"
        f"<MsgId>{serial}</MsgId></xml>"
    )
    query = {"signature": signature, "timestamp": stamp, "nonce": nonce}
    answer = await client.post("/wechat", params=query, data=body.encode())
    assert answer.status == 200
    return await answer.text()


def tickets(unit: Unit) -> list[Ticket]:
    return list(unit.tickets.before(None, 10))


async def publish(service: Service) -> None:
    text = with_word(PACKAGED.read_text(encoding="utf-8"), "排烟", WORD)
    row = PublishedLexicon(version=1, text=text, author="li", note="词", published_at=service.clock.now())
    await service.database.write(lambda unit: unit.lexicons.publish(row))
    await service.understanding.refresh()


async def test_the_next_report_is_read_by_what_was_published(
    sqlite_url: str, tmp_path: Path, clock: HandClock
) -> None:
    now = int(clock.now().timestamp())
    async with running(settings(sqlite_url, tmp_path), clock=clock) as service:
        async with TestClient(TestServer(service.app)) as client:
            await push(client, 1, REPORT, now)
            await publish(service)
            await push(client, 2, REPORT, now)
            ready = await client.get("/readyz")

        later, earlier = await service.database.read(tickets)
    assert (earlier.lexicon_version, earlier.first_category) == (0, "oil_fume")
    assert (later.lexicon_version, later.first_category) == (1, "oil_fume")
    assert WORD not in {word for word, _, _ in earlier.why}
    assert WORD in {word for word, _, _ in later.why}
    assert ready.status == 200
