from datetime import timedelta

import pytest
from aiohttp import web

from bot.channels import ChannelError, Reaction, WeComRobots

SEND = "/cgi-bin/webhook/send"


@pytest.fixture
def robots(session, server, clock):
    keys = {"huaxing": "key-1", "desk": "key-2"}
    return WeComRobots(session, keys=keys, clock=clock, base_url=str(server.make_url("/")))


async def failing(work) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        await work
    return raised.value


async def test_an_office_is_told_by_its_own_robot(robots, platform):
    await robots.send_markdown("huaxing", "**新工单** GX20261124-0042")

    (call,) = platform.calls_to(SEND)
    assert call.query == {"key": "key-1"}
    assert call.json == {"msgtype": "markdown", "markdown": {"content": "**新工单** GX20261124-0042"}}


async def test_members_are_called_at_the_end(robots, platform):
    await robots.send_markdown("huaxing", "超期", ["zhang", "li"])

    assert platform.calls_to(SEND)[0].json["markdown"] == {"content": "超期\n<@zhang><@li>"}


async def test_a_long_message_is_cut_and_the_members_still_called(robots, platform):
    await robots.send_markdown("huaxing", "油" * 2000, ["zhang"])

    content = platform.calls_to(SEND)[0].json["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert content.endswith("…\n<@zhang>")


async def test_the_twenty_first_of_a_minute_waits(robots, platform, clock):
    for _ in range(20):
        await robots.send_markdown("huaxing", "一")
        clock.move(seconds=1)

    failure = await failing(robots.send_markdown("huaxing", "二"))

    assert failure.reaction is Reaction.RETRY
    assert failure.retry_after == timedelta(seconds=40)
    assert len(platform.calls_to(SEND)) == 20


async def test_after_the_wait_there_is_room_again(robots, platform, clock):
    for _ in range(20):
        await robots.send_markdown("huaxing", "一")
    failure = await failing(robots.send_markdown("huaxing", "二"))
    clock.move(seconds=failure.retry_after.total_seconds())

    await robots.send_markdown("huaxing", "二")

    assert len(platform.calls_to(SEND)) == 21


async def test_robots_have_their_limits_apart(robots, platform):
    for _ in range(20):
        await robots.send_markdown("huaxing", "一")

    await robots.send_markdown("desk", "一")

    assert platform.calls_to(SEND)[-1].query == {"key": "key-2"}


@pytest.mark.parametrize(
    ("code", "reaction", "retry_after"),
    [
        (45009, Reaction.RETRY, timedelta(minutes=1)),
        (45033, Reaction.RETRY, None),
        (-1, Reaction.RETRY, None),
        (93000, Reaction.OPERATOR, None),
        (40058, Reaction.OUR_FAULT, None),
    ],
)
async def test_an_error_with_status_200_is_an_error(robots, platform, code, reaction, retry_after):
    platform.answers(SEND, {"errcode": code, "errmsg": "no"})

    failure = await failing(robots.send_markdown("huaxing", "一"))

    assert (failure.code, failure.reaction, failure.retry_after) == (code, reaction, retry_after)
    assert len(platform.calls_to(SEND)) == 1


async def test_a_wecom_that_is_down_is_for_later(robots, platform):
    platform.answers(SEND, lambda: web.Response(status=503))

    assert (await failing(robots.send_markdown("huaxing", "一"))).reaction is Reaction.RETRY


async def test_a_robot_that_is_not_configured_is_the_operators(robots, platform):
    failure = await failing(robots.send_markdown("nowhere", "一"))

    assert (failure.reaction, failure.detail) == (Reaction.OPERATOR, "no such robot")
    assert platform.calls == []
