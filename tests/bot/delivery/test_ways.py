"""Which way a notice goes, and what it costs."""

from datetime import timedelta

import pytest
from aiohttp import web

from handlers.receipts import receipt
from tests.bot.delivery.post import CUSTOM, DATA, TEMPLATE, Post, emptied
from tests.handlers.rules.worlds import at

CHOICES = {**DATA, "choices": [["72", "满意"], ["71", "不满意"]]}
DAY = timedelta(days=1)


def refusal(code: int, message: str = "no") -> dict:
    return {"errcode": code, "errmsg": message}


async def test_inside_the_window_it_goes_as_a_free_message(post: Post, node, platform):
    person = post.resident()
    told = post.tell(person, "您的诉求有新进展")

    await emptied(node())

    [call] = platform.calls_to(CUSTOM)
    assert call.json == {
        "touser": "openid-1",
        "msgtype": "text",
        "text": {"content": "您的诉求有新进展"},
    }
    assert (post.notice(told).state, post.notice(told).way) == ("sent", "customer")


async def test_a_free_message_is_taken_from_the_window(post: Post, node):
    person = post.resident(left=5)
    post.tell(person)

    await emptied(node())

    assert post.person(person).window_left == 4


async def test_a_question_comes_with_answers_to_tap(post: Post, node, platform):
    post.tell(post.resident(), "解决了吗？", data=CHOICES)

    await emptied(node())

    [call] = platform.calls_to(CUSTOM)
    assert call.json["msgtype"] == "msgmenu"
    assert call.json["msgmenu"] == {
        "head_content": "解决了吗？",
        "list": [{"id": "72", "content": "满意"}, {"id": "71", "content": "不满意"}],
        "tail_content": "",
    }


async def test_an_account_without_menus_gets_links_to_tap(post: Post, node, platform):
    platform.answers(CUSTOM, refusal(40200), {"errcode": 0})
    told = post.tell(post.resident(), "解决了吗？", data=CHOICES)

    await emptied(node())

    text = platform.calls_to(CUSTOM)[-1].json["text"]["content"]
    assert "msgmenuid=72" in text
    assert post.notice(told).state == "sent"


async def test_a_long_text_is_cut_and_keeps_its_links(post: Post, node, platform):
    platform.answers(CUSTOM, refusal(40200), {"errcode": 0})
    post.tell(post.resident(), "长" * 3000, data=CHOICES)

    await emptied(node())

    text = platform.calls_to(CUSTOM)[-1].json["text"]["content"]
    assert len(text.encode()) <= 2048
    assert text.endswith("</a>")


@pytest.mark.parametrize("window", [{"hours": -1}, {"left": 0}])
async def test_outside_of_the_window_it_goes_as_a_template(post: Post, node, platform, window):
    platform.answers(TEMPLATE, {"errcode": 0, "msgid": 4711})
    told = post.tell(
        post.resident(**window), data={**DATA, "note": "这是一段超过二十个字的说明需要截短才能发送"}
    )

    await emptied(node())

    [call] = platform.calls_to(TEMPLATE)
    assert call.json["template_id"] == "T-default"
    assert call.json["data"]["character_string1"] == {"value": "GX-0001"}
    assert len(call.json["data"]["thing2"]["value"]) == 20
    assert (post.notice(told).way, post.notice(told).msgid) == ("template", "4711")


async def test_a_kind_with_a_template_of_its_own_uses_it(post: Post, node, platform):
    post.tell(post.resident(left=0), kind="accepted")

    await emptied(node())

    assert platform.calls_to(TEMPLATE)[0].json["template_id"] == "T-accepted"


async def test_the_platform_knows_a_repeat_by_our_id(post: Post, node, platform):
    told = post.tell(post.resident(left=0))

    await emptied(node())

    assert platform.calls_to(TEMPLATE)[0].json["client_msg_id"] == f"notice-{told}"


async def test_without_a_template_it_is_kept_for_the_next_reply(post: Post, node, platform):
    told = post.tell(post.resident(left=0))

    await emptied(node(templates={}))

    assert post.notice(told).state == "kept"
    assert platform.calls == []


async def test_what_comes_behind_something_kept_is_kept_too(post: Post, node):
    person = post.resident(left=0)
    first = post.tell(person)
    silent = node(templates={})
    await emptied(silent)
    post.change(person, window_left=5)

    second = post.tell(person)
    elsewhere = post.tell(person, lane="ticket:2")
    await emptied(silent)

    assert [post.notice(told).state for told in (first, second, elsewhere)] == ["kept", "kept", "sent"]


async def test_who_does_not_follow_is_not_written_to(post: Post, node, platform):
    told = post.tell(post.resident(followed=False))

    await emptied(node())

    assert (post.notice(told).state, platform.calls) == ("kept", [])


async def test_nobody_is_woken_at_night(post: Post, node, clock, platform):
    clock.move(at("2026-11-24 22:00") - clock.now())
    told = post.tell(post.resident())
    delivery = node()

    await emptied(delivery)
    at_night = post.notice(told)
    clock.move(timedelta(hours=10, minutes=1))
    await emptied(delivery)

    assert (at_night.state, at_night.next_at) == ("pending", at("2026-11-25 08:00"))
    assert post.notice(told).state == "sent"


@pytest.mark.parametrize(("status", "state"), [("success", "delivered"), ("user_block", "kept")])
async def test_a_receipt_that_is_faster_than_our_own_note_is_not_lost(
    post: Post, node, platform, clock, status, state
):
    def received_first():
        post.database.write_now(lambda unit: receipt(unit, "4711", status, clock.now()))
        return web.json_response({"errcode": 0, "msgid": 4711})

    platform.answers(TEMPLATE, received_first)
    told = post.tell(post.resident(left=0))

    await emptied(node())

    assert post.notice(told).state == state


@pytest.mark.parametrize("code", [45047, 45015])
async def test_the_platform_knows_better_when_the_window_is_closed(post: Post, node, platform, code):
    platform.answers(CUSTOM, refusal(code))
    person = post.resident()
    told = post.tell(person)

    await emptied(node())

    assert post.notice(told).way == "template"
    assert post.person(person).window_left == 0


async def test_a_window_that_opened_meanwhile_is_not_closed_by_an_older_answer(
    post: Post, node, platform, clock
):
    person = post.resident()
    fresh = clock.now() + 3 * DAY

    def written_meanwhile():
        post.change(person, window_until=fresh, window_left=5)
        return web.json_response(refusal(45047))

    platform.answers(CUSTOM, written_meanwhile, {"errcode": 0})
    told = post.tell(person)

    await emptied(node())

    assert post.notice(told).way == "customer"
    assert post.person(person).window_left == 4


@pytest.mark.parametrize("code", [43004, 50005, 46004, 48002])
async def test_who_has_gone_is_not_written_to_again(post: Post, node, platform, code):
    platform.answers(CUSTOM, refusal(code))
    person = post.resident()
    first, second = post.tell(person), post.tell(person)

    await emptied(node())

    assert [post.notice(told).state for told in (first, second)] == ["kept", "kept"]
    assert not post.person(person).followed
    assert len(platform.calls_to(CUSTOM)) == 1
