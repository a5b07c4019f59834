"""Two hundred at once: the same push, or two hundred different ones."""

import asyncio
import secrets
from collections.abc import Sequence

import aiohttp

from tests.acceptance import wire
from tests.acceptance.configuration import ACCOUNT
from tests.acceptance.desk import Desk
from tests.acceptance.service import Service
from tests.acceptance.test_reports import COMPLETE, NUMBER
from tests.acceptance.wire import Push

MANY = 200


async def test_many_copies_of_a_push_file_one_ticket_and_hear_the_same(service: Service, desk: Desk) -> None:
    resident = service.resident()
    push = resident.push("text", Content=COMPLETE)

    replies = await _at_once(service, [push] * MANY)

    (reply,) = set(replies)
    number = NUMBER.search(reply)
    assert number
    listed = desk.service.get(f"/api/v1/tickets?q={number.group()}", desk.dispatcher).json()
    assert listed["total"] == 1
    assert NUMBER.findall(resident.writes("我的工单")) == [number.group()]


async def test_many_residents_at_once_get_numbers_of_their_own(service: Service) -> None:
    pushes = [service.resident().push("text", Content=COMPLETE) for _ in range(MANY)]

    replies = await _at_once(service, pushes)

    numbers = {number for reply in replies for number in NUMBER.findall(reply)}
    assert len(numbers) == MANY


async def test_a_repeat_sealed_anew_gets_the_first_reply(service: Service) -> None:
    resident = service.resident()
    msg_id = 7_000_000_000_000_000_000 + secrets.randbelow(10**18)
    first, again = (resident.push("text", Content=COMPLETE, MsgId=msg_id) for _ in range(2))

    replies = await _at_once(service, [first, again])

    assert NUMBER.search(replies[0])
    assert replies[0] == replies[1]


async def _at_once(service: Service, pushes: Sequence[Push]) -> list[str]:
    """Send all pushes together and return the texts of their replies."""
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as http:
        return await asyncio.gather(*(_reply(http, service, push) for push in pushes))


async def _reply(http: aiohttp.ClientSession, service: Service, push: Push) -> str:
    """Send a push as the platform does: again, three times in all, where it was not answered with 200."""
    for _ in range(3):
        async with http.post(
            f"http://127.0.0.1:{service.port}/wechat?{push.query}", data=push.body
        ) as answer:
            body = await answer.text()
            if answer.status == 200:
                return wire.opened(ACCOUNT, body)["Content"]
            assert answer.status == 503
    raise AssertionError("three tries were not enough")
