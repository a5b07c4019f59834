import asyncio
import logging
from datetime import timedelta

import pytest
from aiohttp import web

from bot.channels import ChannelError, MemoryShelf, Reaction, Sent
from bot.channels.wechat_codes import REACTIONS
from tests.bot.channels.platform import OK

SEND = "/cgi-bin/message/custom/send"
TEMPLATE = "/cgi-bin/message/template/send"
TOKEN = "/cgi-bin/stable_token"


def error(code: int, message: str = "no rid: 65a1-2b3c-4d") -> dict:
    return {"errcode": code, "errmsg": message}


async def failing(work) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        await work
    return raised.value


async def test_a_text_is_sent_in_raw_utf8_with_the_stable_token(client, platform):
    sent = await client.send_text("oA", "已受理，“3个工作日”内办结 <b>")

    (call,) = platform.calls_to(SEND)
    assert sent == Sent("")
    assert call.query == {"access_token": "token-1"}
    assert call.json == {
        "touser": "oA",
        "msgtype": "text",
        "text": {"content": "已受理，“3个工作日”内办结 <b>"},
    }
    assert "已受理".encode() in call.raw
    assert platform.calls_to(TOKEN)[0].json == {
        "grant_type": "client_credential",
        "appid": "wxapp",
        "secret": "s3cret",
        "force_refresh": False,
    }


async def test_a_lone_surrogate_in_a_text_does_not_stop_it(client, platform):
    await client.send_text("oA", "a\ud800b")

    assert platform.calls_to(SEND)[0].json["text"] == {"content": "a?b"}


async def test_a_menu_carries_its_choices(client, platform):
    await client.send_menu("oA", "办理结果满意吗？", [("101", "满意"), ("102", "不满意")], "谢谢")

    assert platform.calls_to(SEND)[0].json == {
        "touser": "oA",
        "msgtype": "msgmenu",
        "msgmenu": {
            "head_content": "办理结果满意吗？",
            "list": [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}],
            "tail_content": "谢谢",
        },
    }


async def test_a_template_is_fitted_and_its_number_returned(client, platform):
    platform.answers(TEMPLATE, OK | {"msgid": 200228332})

    sent = await client.send_template(
        "oA", "t1", {"thing1": "油" * 30, "phrase2": ""}, url="https://a.cn", client_msg_id="outbox-7"
    )

    assert sent == Sent("200228332")
    assert platform.calls_to(TEMPLATE)[0].json == {
        "touser": "oA",
        "template_id": "t1",
        "data": {"thing1": {"value": "油" * 19 + "…"}, "phrase2": {"value": "无"}},
        "url": "https://a.cn",
        "client_msg_id": "outbox-7",
    }


async def test_a_template_without_options_says_nothing_of_them(client, platform):
    await client.send_template("oA", "t1", {})

    assert set(platform.calls_to(TEMPLATE)[0].json) == {"touser", "template_id", "data"}


async def test_a_token_is_kept_until_five_minutes_before_its_end(client, platform, clock):
    await client.send_text("oA", "1")
    clock.move(seconds=6899)
    await client.send_text("oA", "2")
    clock.move(seconds=1)
    await client.send_text("oA", "3")

    assert [call.query["access_token"] for call in platform.calls_to(SEND)] == [
        "token-1",
        "token-1",
        "token-2",
    ]


async def test_many_at_once_ask_for_one_token(client, platform):
    await asyncio.gather(*(client.send_text(f"o{n}", "好") for n in range(20)))

    assert len(platform.calls_to(TOKEN)) == 1
    assert len(platform.calls_to(SEND)) == 20


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_stale_token_is_renewed_and_the_call_made_again(client, platform, code):
    platform.answers(SEND, error(code), OK)

    await client.send_text("oA", "好")

    assert [call.query["access_token"] for call in platform.calls_to(SEND)] == ["token-1", "token-2"]


async def test_a_token_that_is_refused_for_ever_costs_two_sends_and_two_tokens(client, platform):
    platform.answers(SEND, error(40001, "invalid credential, access_token is invalid rid: 1a-2b"))

    failure = await failing(client.send_text("oA", "好"))

    assert (failure.code, failure.reaction, failure.rid) == (40001, Reaction.OPERATOR, "1a-2b")
    assert len(platform.calls_to(SEND)) == 2
    assert len(platform.calls_to(TOKEN)) == 2
    assert all(not call.json["force_refresh"] for call in platform.calls_to(TOKEN))


async def test_a_token_that_another_node_renewed_is_taken_from_the_shelf(connect, platform):
    shelf = MemoryShelf()
    one, other = connect(kept=shelf), connect(kept=shelf)
    await asyncio.gather(one.send_text("oA", "1"), other.send_text("oB", "2"))
    tokens_before = len(platform.calls_to(TOKEN))
    platform.answers(SEND, error(42001), error(42001), OK)

    await asyncio.gather(one.send_text("oA", "3"), one.send_text("oB", "4"))

    assert len(platform.calls_to(TOKEN)) == tokens_before + 1


async def test_a_wrong_secret_is_the_operators(client, platform):
    platform.answers(TOKEN, error(40125, "invalid appsecret rid: 9f"))

    failure = await failing(client.check())

    assert (failure.code, failure.reaction, failure.rid) == (40125, Reaction.OPERATOR, "9f")


@pytest.mark.parametrize("answer", [{}, {"access_token": "t"}, {"access_token": "", "expires_in": 7200}])
async def test_a_token_answer_without_a_token_is_tried_again(client, platform, answer):
    platform.answers(TOKEN, answer, {"access_token": "t", "expires_in": 7200})

    await client.send_text("oA", "好")

    assert platform.calls_to(SEND)[0].query == {"access_token": "t"}


async def test_a_token_near_its_end_is_used_and_asked_for_again(client, platform):
    platform.answers(
        TOKEN, {"access_token": "old", "expires_in": 200}, {"access_token": "new", "expires_in": 7200}
    )

    await client.send_text("oA", "1")
    await client.send_text("oA", "2")

    assert [call.query["access_token"] for call in platform.calls_to(SEND)] == ["old", "new"]


@pytest.mark.parametrize("code", [-1, 45011, 268487001, 268487002])
async def test_a_busy_platform_is_asked_again(client, platform, code):
    platform.answers(SEND, error(code), error(code), OK)

    await client.send_text("oA", "好")

    assert len(platform.calls_to(SEND)) == 3


@pytest.mark.parametrize(
    "broken",
    [
        lambda: web.Response(status=500, text="oops"),
        lambda: web.Response(status=429),
        lambda: web.Response(text="<html>proxy</html>", content_type="text/html"),
        lambda: web.Response(text="[1]"),
        lambda: web.Response(text=""),
        lambda: web.Response(text='{"errcode": "many"}'),
        lambda: web.Response(text="[" * 100_000),
    ],
)
async def test_a_broken_answer_is_asked_for_again(client, platform, broken):
    platform.answers(SEND, broken, OK)

    await client.send_text("oA", "好")

    assert len(platform.calls_to(SEND)) == 2


async def test_a_platform_that_stays_down_is_given_up_after_three_tries(client, platform):
    platform.answers(SEND, lambda: web.Response(status=502))

    failure = await failing(client.send_text("oA", "好"))

    assert (failure.code, failure.reaction) == (None, Reaction.RETRY)
    assert len(platform.calls_to(SEND)) == 3


async def test_a_platform_that_hangs_is_given_up_and_asked_again(connect, platform):
    platform.answers(SEND, "hang", OK)

    await connect(timeout_seconds=0.2).send_text("oA", "好")

    assert len(platform.calls_to(SEND)) == 2


async def test_a_platform_that_hangs_for_ever_is_for_later(connect, platform):
    platform.answers(SEND, "hang")

    failure = await failing(connect(timeout_seconds=0.1, attempts=2).send_text("oA", "好"))

    assert (failure.code, failure.reaction) == (None, Reaction.RETRY)
    assert len(platform.calls_to(SEND)) == 2


async def test_a_platform_out_of_reach_is_for_later_and_betrays_no_token(client, platform, server):
    await client.check()
    await server.close()

    failure = await failing(client.send_text("oSecret", "好"))

    assert failure.reaction is Reaction.RETRY
    assert failure.__suppress_context__
    assert "token-1" not in f"{failure} {failure.detail}"


@pytest.mark.parametrize(("status", "reaction"), [(403, "operator"), (302, "operator"), (404, "our_fault")])
async def test_a_status_that_the_platform_never_gives_is_not_tried_again(client, platform, status, reaction):
    platform.answers(SEND, lambda: web.Response(status=status, headers={"Location": "http://127.0.0.1:9/"}))

    failure = await failing(client.send_text("oA", "好"))

    assert failure.reaction == reaction
    assert len(platform.calls_to(SEND)) == 1


@pytest.mark.parametrize(
    ("code", "reaction"),
    [
        (45015, Reaction.WINDOW_CLOSED),
        (45047, Reaction.WINDOW_CLOSED),
        (45009, Reaction.QUOTA),
        (43004, Reaction.RECIPIENT_GONE),
        (40003, Reaction.RECIPIENT_GONE),
        (43101, Reaction.RECIPIENT_GONE),
        (47003, Reaction.OUR_FAULT),
        (45002, Reaction.OUR_FAULT),
        (40164, Reaction.OPERATOR),
        (48001, Reaction.OPERATOR),
        (87014, Reaction.CONTENT),
        (99999, Reaction.OUR_FAULT),
    ],
)
async def test_an_error_is_told_by_what_to_do_and_not_tried_again(client, platform, code, reaction):
    platform.answers(SEND, error(code, "data.thing3.value invalid rid: 65a1-2b3c-4d"))

    failure = await failing(client.send_text("oA", "好"))

    assert (failure.code, failure.reaction, failure.rid) == (code, reaction, "65a1-2b3c-4d")
    assert failure.detail.startswith("data.thing3.value invalid")
    assert str(failure) == f"{code} {reaction} 65a1-2b3c-4d"
    assert len(platform.calls_to(SEND)) == 1


def test_every_code_has_one_reaction():
    assert len(REACTIONS) == 43
    assert set(REACTIONS.values()) == set(Reaction)


async def test_the_menu_is_created_as_given(client, platform):
    buttons = [{"name": "我要上报", "type": "click", "key": "report"}]

    await client.create_menu(buttons)

    (call,) = platform.calls_to("/cgi-bin/menu/create")
    assert call.json == {"button": buttons}
    assert "我要上报".encode() in call.raw


async def test_a_poster_gets_a_permanent_code(client, platform):
    platform.answers("/cgi-bin/qrcode/create", {"ticket": "t/1", "url": "http://weixin.qq.com/q/1"})

    qr = await client.create_qr("e:17:2", permanent=True)

    assert (qr.ticket, qr.url) == ("t/1", "http://weixin.qq.com/q/1")
    assert platform.calls_to("/cgi-bin/qrcode/create")[0].json == {
        "action_name": "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": "e:17:2"}},
    }


async def test_a_passing_code_says_how_long_it_lives(client, platform):
    await client.create_qr("e:17:2", permanent=False)

    request = platform.calls_to("/cgi-bin/qrcode/create")[0].json
    assert (request["action_name"], request["expire_seconds"]) == ("QR_STR_SCENE", 2_592_000)


@pytest.mark.parametrize("scene", ["", "x" * 65])
async def test_a_scene_out_of_range_is_not_sent(client, platform, scene):
    with pytest.raises(ValueError, match="scene"):
        await client.create_qr(scene, permanent=True)

    assert platform.calls == []


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(days=30, seconds=1)])
async def test_a_lifetime_out_of_range_is_not_sent(client, platform, lifetime):
    with pytest.raises(ValueError, match="30 days"):
        await client.create_qr("e:1", permanent=False, lifetime=lifetime)

    assert platform.calls == []


async def test_nothing_that_is_logged_names_a_person_or_a_secret(client, platform, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    platform.answers(SEND, error(45011), error(40001), error(47003))

    await failing(client.send_text("oResident", "楼下油烟"))

    everything = caplog.text + "".join(capsys.readouterr())
    for secret in ("oResident", "楼下油烟", "token-1", "s3cret"):
        assert secret not in everything
