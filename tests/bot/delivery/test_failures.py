"""What goes wrong on the way, and that nothing is lost by it."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from bot.delivery.choosing import INTERRUPTIONS
from storage.database import Database
from tests.bot.delivery.post import CUSTOM, ROBOT, TEMPLATE, Post, emptied, until
from tests.handlers.rules.worlds import at

MINUTE = timedelta(minutes=1)
OK = {"errcode": 0, "errmsg": "ok"}


def down() -> web.Response:
    return web.Response(status=502)


def texts(platform) -> list[str]:
    return [call.json["text"]["content"] for call in platform.calls_to(CUSTOM)]


async def test_while_the_platform_is_down_nothing_is_lost_and_later_all_comes_in_order(
    post: Post, node, platform, clock
):
    person = post.resident()
    tickets = [[post.tell(person, f"{lane}-{n}", lane=lane) for n in range(2)] for lane in ("a", "b")]
    platform.answers(CUSTOM, down)
    delivery = node()
    await emptied(delivery)
    platform.calls.clear()
    platform.answers(CUSTOM, OK)

    clock.move(MINUTE)
    await emptied(delivery)

    assert [post.notice(told).state for lane in tickets for told in lane] == ["sent"] * 4
    assert [text for text in texts(platform) if text.startswith("a")] == ["a-0", "a-1"]
    assert [text for text in texts(platform) if text.startswith("b")] == ["b-0", "b-1"]


async def test_what_outlasts_its_claim_is_given_up_before_another_node_sends_it_too(
    post: Post, node, platform
):
    told = post.tell(post.resident())
    platform.answers(CUSTOM, "hang")

    await node(lease_seconds=1).run_once()
    platform.stuck.set()

    notice = post.notice(told)
    assert (notice.state, "slow" in notice.error) == ("pending", True)


async def test_a_message_that_was_not_taken_costs_nothing_of_the_window(post: Post, node, platform):
    person = post.resident(left=5)
    post.tell(person)
    platform.answers(CUSTOM, down)

    await emptied(node())

    assert post.person(person).window_left == 5


async def test_pauses_grow_and_end_with_a_dead_letter(post: Post, node, platform, clock):
    told = post.tell(post.resident())
    platform.answers(CUSTOM, down)
    delivery = node()

    states = []
    for _ in range(3):
        await emptied(delivery)
        states.append(post.notice(told).state)
        clock.move(timedelta(hours=2))

    assert states == ["pending", "pending", "failed"]
    assert "retry" in post.notice(told).error


async def test_a_dead_letter_that_is_revived_is_sent(post: Post, node, platform, clock):
    told = post.tell(post.resident())
    platform.answers(CUSTOM, {"errcode": 45002, "errmsg": "too long"})
    await emptied(node())
    dead = post.notice(told).state
    platform.answers(CUSTOM, OK)

    post.database.write_now(lambda unit: unit.outbox.revive([told], clock.now()))
    await emptied(node())

    assert (dead, post.notice(told).state) == ("failed", "sent")


@pytest.mark.parametrize("code", [40035, 45002, 87014, 99999])
async def test_what_will_never_be_taken_is_a_dead_letter_at_once(post: Post, node, platform, code):
    person = post.resident()
    bad = post.tell(person, "bad")
    platform.answers(CUSTOM, {"errcode": code, "errmsg": "no"}, OK)
    behind = post.tell(person, "behind")

    await emptied(node())

    assert [post.notice(told).state for told in (bad, behind)] == ["failed", "sent"]


async def test_a_wrong_secret_is_waited_for_with_patience(post: Post, node, platform, clock):
    told = post.tell(post.resident())
    platform.answers("/cgi-bin/stable_token", {"errcode": 40125, "errmsg": "invalid appsecret"})
    delivery = node()

    for _ in range(10):
        await emptied(delivery)
        clock.move(timedelta(hours=2))

    assert post.notice(told).state == "pending"


async def test_a_used_up_quota_is_waited_for_until_tomorrow(post: Post, node, platform):
    told = post.tell(post.resident())
    platform.answers(CUSTOM, {"errcode": 45009, "errmsg": "reach max api daily quota limit"})

    await emptied(node())

    notice = post.notice(told)
    assert (notice.state, notice.next_at) == ("pending", at("2026-11-25 00:00"))


async def test_a_node_that_dies_after_sending_has_its_notice_sent_again(post: Post, node, platform, clock):
    told = post.tell(post.resident(left=0))
    platform.answers(TEMPLATE, {"errcode": 0, "msgid": 1})
    dying = node("dying")

    async def killed(order):
        await type(dying._sender).send(dying._sender, order)
        raise asyncio.CancelledError

    dying._sender.send = killed  # between sending and writing down nothing protects
    with pytest.raises(asyncio.CancelledError):
        await dying.run_once()
    survivor = node("survivor")
    too_early = await survivor.run_once()
    clock.move(2 * MINUTE)

    await emptied(survivor)

    first, second = platform.calls_to(TEMPLATE)
    assert too_early == 0
    assert post.notice(told).state == "sent"
    assert first.json["client_msg_id"] == second.json["client_msg_id"]


async def test_a_notice_that_kills_every_node_ends_as_a_dead_letter(post: Post, node, clock):
    told = post.tell(post.resident())
    for _ in range(INTERRUPTIONS):
        dying = node()
        dying._sender.send = lambda _order: asyncio.sleep(0, asyncio.current_task().cancel())
        with pytest.raises(asyncio.CancelledError):
            await dying.run_once()
        clock.move(2 * MINUTE)

    await emptied(node())

    assert post.notice(told).state == "failed"


async def test_a_claim_that_lapsed_leaves_the_outcome_to_who_has_it_now(post: Post, node, platform, clock):
    told = post.tell(post.resident())
    slow = node("slow")

    async def late(order):
        clock.move(5 * MINUTE)
        await emptied(node("fast"))
        return "of the slow one"

    slow._sender.send = late

    await slow.run_once()

    assert post.notice(told).msgid == ""
    assert post.notice(told).state == "sent"


@pytest.mark.parametrize(
    "row",
    [
        {"address": "not a number"},
        {"address": "999999"},
        {"data": {"choices": ["broken", "row"]}},
        {"channel": "pigeon"},
    ],
)
async def test_a_row_that_makes_no_sense_holds_up_nobody(post: Post, node, row):
    person = post.resident()
    bad = post.tell(person, **row)
    behind, beside = post.tell(person), post.tell(person, lane="ticket:2")

    await emptied(node())

    assert [post.notice(told).state for told in (bad, behind, beside)] == ["failed", "sent", "sent"]


async def test_a_slow_message_holds_up_its_own_lane_only(post: Post, node, platform):
    slow, quick = post.resident(), post.resident()
    waiting = post.tell(slow, "slow", lane="ticket:1")
    platform.answers(CUSTOM, "hang", OK)
    stop = asyncio.Event()
    delivery = node()
    running = asyncio.create_task(delivery.run(stop))
    await until(lambda: bool(platform.calls_to(CUSTOM)))

    beside = post.tell(quick, "quick", lane="ticket:2")
    delivery.wake()
    await until(lambda: post.notice(beside).state == "sent")
    still = post.notice(waiting).state
    platform.stuck.set()
    stop.set()
    await running

    assert still == "sending"
    assert post.notice(waiting).state != "sending"


async def test_two_nodes_send_each_notice_once(post: Post, node, platform, database_url):
    people = [post.resident() for _ in range(6)]
    for person in people:
        for n in range(3):
            post.tell(person, f"{person}-{n}", lane=f"ticket:{person}")
    other = Database(database_url)
    try:
        nodes = [node("one"), node("two", on=other)]
        while any(await asyncio.gather(*(delivery.run_once() for delivery in nodes))):
            pass
    finally:
        other.close()

    sent = texts(platform)
    assert sorted(sent) == sorted(f"{person}-{n}" for person in people for n in range(3))
    assert all([s for s in sent if s.startswith(f"{p}-")] == [f"{p}-{n}" for n in range(3)] for p in people)


class TestRobots:
    async def test_an_office_is_told_by_its_robot(self, post: Post, node, platform):
        told = post.tell_robot("east", "新工单 GX-0001")

        await emptied(node())

        [call] = platform.calls_to(ROBOT)
        assert (call.query["key"], call.json["markdown"]["content"]) == ("key", "新工单 GX-0001")
        assert (post.notice(told).state, post.notice(told).way) == ("sent", "robot")

    async def test_a_robot_says_twenty_things_a_minute_and_the_rest_later(
        self, post: Post, node, platform, clock
    ):
        told = [post.tell_robot("east", lane=f"robot:{n}") for n in range(25)]
        beside = post.tell_robot("desk")
        delivery = node()

        await emptied(delivery)
        at_once, other = len(platform.calls_to(ROBOT)), post.notice(beside).state
        clock.move(MINUTE)
        await emptied(delivery)

        assert (at_once, other) == (21, "sent")
        assert {post.notice(notice).state for notice in told} == {"sent"}

    async def test_waiting_for_a_robot_is_no_failure(self, post: Post, node, platform, clock):
        platform.answers(ROBOT, {"errcode": 45009, "errmsg": "too many"})
        told = post.tell_robot("east")
        delivery = node()

        for _ in range(10):
            await emptied(delivery)
            clock.move(MINUTE)

        assert (post.notice(told).state, post.notice(told).attempts) == ("pending", 0)

    async def test_an_office_without_a_robot_reads_it_in_the_console(self, post: Post, node, platform):
        told = post.tell_robot("west")

        await emptied(node())

        assert (post.notice(told).state, post.notice(told).way) == ("sent", "console")
        assert platform.calls == []

    async def test_at_night_a_robot_is_silent(self, post: Post, node, clock):
        clock.move(at("2026-11-24 23:00") - clock.now())
        told = post.tell_robot("east")

        await emptied(node())

        assert post.notice(told).next_at == at("2026-11-25 08:00")

    async def test_a_residents_words_call_on_nobody_in_the_group(self, post: Post, node, platform):
        post.tell_robot("east", "居民说<@all>快来")

        await emptied(node())

        assert "<@" not in platform.calls_to(ROBOT)[0].json["markdown"]["content"]

    async def test_a_residents_words_are_no_markup_in_the_group(self, post: Post, node, platform):
        post.tell_robot("east", "居民说 [领补贴](http://evil.example) **快** `x` <font color='red'>y</font>")

        await emptied(node())

        content = platform.calls_to(ROBOT)[0].json["markdown"]["content"]
        assert not set(content) & set("[]<>*`")
        assert "领补贴" in content


async def test_the_running_delivery_sends_what_is_committed_when_it_is_woken(post: Post, node):
    stop = asyncio.Event()
    delivery = node()
    running = asyncio.create_task(delivery.run(stop))

    told = post.tell(post.resident())
    delivery.wake()
    await until(lambda: post.notice(told).state == "sent")
    stop.set()
    await running

    assert post.notice(told).way == "customer"


async def test_what_was_sent_and_refused_is_counted(post: Post, node, platform, metrics):
    platform.answers(CUSTOM, OK, {"errcode": 45002, "errmsg": "too long"})
    person = post.resident()
    post.tell(person)
    post.tell(person)

    await emptied(node())

    shown = metrics.text().decode()
    assert 'jiesu_notices_total{outcome="sent",way="customer"} 1.0' in shown
    assert 'jiesu_notices_total{outcome="our_fault",way="customer"} 1.0' in shown
