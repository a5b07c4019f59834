"""What the platform makes of the account's answers, good and bad."""

import pytest

from bot.simulator.courier import OUT_OF_ORDER
from tests.bot.simulator.standin import text_xml


async def last(stage):
    return (await stage.chat())[-1]


@pytest.fixture
async def talking(stage):
    await stage.act("follow")
    stage.account.pushes.clear()
    return stage


@pytest.mark.parametrize("silence", ["", "success"])
async def test_silence_shows_nothing_and_is_not_tried_again(talking, silence):
    talking.account.reply = lambda push: silence

    await talking.act("say", {"text": "你好"})

    assert (await last(talking))["side"] == "resident"
    assert len(talking.account.pushes) == 1


async def test_an_account_that_is_too_slow_is_called_three_times_with_the_same_id(impatient_stage):
    impatient_stage.account.delay_s = 0.3

    answer = await impatient_stage.act("tap", {"text": "满意", "id": "1"})

    texts = [push for push in impatient_stage.account.pushes if push["MsgType"] == "text"]
    assert answer["fault"]
    assert len(texts) == 3
    assert len({push["MsgId"] for push in texts}) == 1
    assert (await last(impatient_stage))["content"]["text"] == OUT_OF_ORDER


async def test_an_error_page_is_called_again(talking):
    talking.account.raw, talking.account.status = b"oops", 500

    answer = await talking.act("say", {"text": "你好"})

    assert (answer["fault"], len(talking.account.pushes)) == (True, 3)
    assert "HTTP 500" in answer["note"]


@pytest.mark.parametrize(
    "raw",
    [b'{"ok": true}', b"\xff\xfe", b"<xml></xml>", b"<html>", b"<xml><ToUserName>x</ToUserName></xml>"],
)
async def test_a_malformed_answer_is_out_of_order_at_once(talking, raw):
    talking.account.raw = raw

    answer = await talking.act("say", {"text": "你好"})

    assert (answer["fault"], len(talking.account.pushes)) == (True, 1)


@pytest.mark.parametrize(
    ("content", "fault"), [("字" * 682, False), ("字" * 683, True), ("", True), ("a]]>b", True)]
)
async def test_a_text_must_be_there_whole_and_within_2048_bytes(talking, content, fault):
    talking.account.reply = lambda push: text_xml(push, content)

    answer = await talking.act("say", {"text": "你好"})

    assert answer["fault"] is fault


async def test_an_answer_to_somebody_else_is_refused(talking):
    talking.account.reply = lambda push: text_xml(push, "hi").replace(push["FromUserName"], "oSomebodyElse")

    answer = await talking.act("say", {"text": "你好"})

    assert answer["fault"]


async def test_in_safe_mode_a_plain_answer_is_refused(safe_stage):
    safe_stage.account.raw = text_xml(
        {"FromUserName": await safe_stage.openid(), "ToUserName": "gh_simulator", "CreateTime": "1"}, "hi"
    ).encode()

    answer = await safe_stage.act("follow")

    assert answer["fault"]
    assert "加密" in answer["note"]


async def test_copies_of_one_push_come_at_once_and_their_answers_are_compared(talking):
    await talking.post("trouble", {"repeat_pushes": True})
    talking.account.reply = lambda push: text_xml(push, str(len(talking.account.pushes)))
    talking.account.delay_s = 0.05

    different = await talking.act("say", {"text": "一"})
    talking.account.reply = lambda push: text_xml(push, "同一句")
    same = await talking.act("say", {"text": "二"})

    assert talking.account.most_at_once == 3
    assert len({push["MsgId"] for push in talking.account.pushes}) == 2
    assert "一致" in same["note"]
    assert "不一致" not in same["note"]
    assert different["reply"] == "3" or "不一致" in different["note"]
