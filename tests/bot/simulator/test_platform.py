"""The platform's API, as the account's client meets it."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from tests.bot.simulator.standin import text_xml

CUSTOM, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"


def text_to(openid, content="您的工单已受理"):
    return {"touser": openid, "msgtype": "text", "text": {"content": content}}


def card_to(openid, **more):
    values = {
        "character_string1": "GX20261124-0001",
        "thing2": "富民花苑油烟",
        "phrase3": "整改中",
        "time4": "2026年11月24日 15:00",
    } | more
    data = {key: {"value": value} for key, value in values.items()}
    return {"touser": openid, "template_id": "tpl-progress", "data": data}


@pytest.fixture
async def openid(stage):
    await stage.act("say", {"text": "你好"})
    return await stage.openid()


async def test_a_customer_service_message_is_shown(stage, openid):
    answer = await stage.call(CUSTOM, text_to(openid))

    assert answer == {"errcode": 0, "errmsg": "ok"}
    entry = (await stage.chat())[-1]
    assert (entry["side"], entry["content"]["text"], entry["content"]["via"]) == (
        "account",
        "您的工单已受理",
        "custom",
    )


async def test_the_sixth_message_is_one_too_many(stage, openid):
    codes = [(await stage.call(CUSTOM, text_to(openid)))["errcode"] for _ in range(6)]

    assert codes == [0, 0, 0, 0, 0, 45047]


async def test_after_48_hours_it_is_too_late(stage, openid):
    await stage.clock.move(timedelta(hours=48))

    assert (await stage.call(CUSTOM, text_to(openid)))["errcode"] == 45015


async def test_a_tapped_choice_opens_one_minute_only(stage, openid):
    await stage.clock.move(timedelta(hours=48))
    await stage.act("tap", {"text": "满意", "id": "1"})

    within = (await stage.call(CUSTOM, text_to(openid)))["errcode"]
    await stage.clock.move(timedelta(minutes=1))
    after = (await stage.call(CUSTOM, text_to(openid)))["errcode"]

    assert (within, after) == (0, 45015)


async def test_who_left_gets_neither_message_nor_template(stage, openid):
    await stage.act("unfollow")

    assert (await stage.call(CUSTOM, text_to(openid)))["errcode"] == 45015
    assert (await stage.call(TEMPLATE, card_to(openid)))["errcode"] == 43004


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"msgtype": "text"}, 44004),
        ({"msgtype": "wxcard"}, 40008),
        ({"msgtype": ["text"]}, 40008),
        ({"msgtype": "image", "image": {"media_id": "x"}}, 40007),
        ({"msgtype": "msgmenu", "msgmenu": {"list": []}}, 40035),
        ({"msgtype": "msgmenu", "msgmenu": {"list": [{"id": "1"}]}}, 40035),
        ({"touser": "oNobody", "msgtype": "text", "text": {"content": "a"}}, 40003),
    ],
)
async def test_a_bad_message_is_refused_and_costs_nothing(stage, openid, body, code):
    answer = await stage.call(CUSTOM, {"touser": openid} | body)

    assert answer["errcode"] == code
    assert "rid: " in answer["errmsg"]
    assert (await stage.state())["residents"][0]["window"]["left"] == 5


async def test_a_choice_message_shows_its_choices(stage, openid):
    choices = [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}]
    menu = {"head_content": "满意吗？", "list": choices, "tail_content": "点选即可"}

    await stage.call(CUSTOM, {"touser": openid, "msgtype": "msgmenu", "msgmenu": menu})

    content = (await stage.chat())[-1]["content"]
    assert content["head"] == "满意吗？"
    assert content["choices"] == [{"id": "101", "text": "满意"}, {"id": "102", "text": "不满意"}]


async def test_a_template_message_is_a_card_and_its_receipt_follows(stage, openid):
    await stage.clock.move(timedelta(days=30))
    before = len(stage.account.pushes)

    answer = await stage.call(TEMPLATE, card_to(openid))
    await stage.receive(before + 1)

    receipt = stage.account.pushes[-1]
    assert (receipt["Event"], receipt["Status"]) == ("TEMPLATESENDJOBFINISH", "success")
    assert receipt["MsgID"] == str(answer["msgid"])
    content = (await stage.chat())[-1]["content"]
    assert content["title"] == "工单处理进度通知"
    assert content["rows"][2] == {"label": "处理状态", "value": "整改中"}


async def test_a_blocked_template_is_taken_but_its_receipt_says_so(stage, openid):
    await stage.post("trouble", {"template_blocked": True})
    before = len(stage.account.pushes)

    answer = await stage.call(TEMPLATE, card_to(openid))
    await stage.receive(before + 1)

    assert answer["errcode"] == 0
    assert stage.account.pushes[-1]["Status"] == "failed:user block"
    assert (await stage.chat())[-1]["kind"] != "card"


async def test_a_field_beyond_its_type_is_refused_by_name(stage, openid):
    answer = await stage.call(TEMPLATE, card_to(openid, thing2="字" * 21))

    assert answer["errcode"] == 47003
    assert "data.thing2.value" in answer["errmsg"]


async def test_an_unknown_template_is_refused(stage, openid):
    assert (await stage.call(TEMPLATE, card_to(openid) | {"template_id": "x"}))["errcode"] == 40037


async def test_the_same_client_message_id_is_sent_once_in_ten_minutes(stage, openid):
    body = card_to(openid) | {"client_msg_id": "notice-7"}
    first, again = await stage.call(TEMPLATE, body), await stage.call(TEMPLATE, body)
    await stage.clock.move(timedelta(minutes=10))

    later = await stage.call(TEMPLATE, body)

    assert first["msgid"] == again["msgid"] != later["msgid"]
    assert [entry["kind"] for entry in await stage.chat()].count("card") == 2


async def test_a_refused_template_may_be_sent_again_with_the_same_id(stage, openid):
    await stage.call(TEMPLATE, card_to(openid, thing2="") | {"client_msg_id": "a"})

    mended = await stage.call(TEMPLATE, card_to(openid) | {"client_msg_id": "a"})

    assert mended["errcode"] == 0
    assert (await stage.chat())[-1]["kind"] == "card"


async def test_media_are_bytes_for_a_photo_and_an_address_for_a_video(stage):
    await stage.act("photo")
    photo = stage.account.pushes[-1]["MediaId"]
    await stage.act("video")
    video = stage.account.pushes[-1]["MediaId"]

    url = f"{stage.url}/simulator/platform/cgi-bin/media/get"
    async with stage.http.get(
        url, params={"access_token": await stage.token(), "media_id": photo}
    ) as response:
        assert (response.content_type, (await response.read())[:2]) == ("image/jpeg", b"\xff\xd8")
        assert "attachment" in response.headers["Content-Disposition"]
    answer = await stage.call("/cgi-bin/media/get", method="GET", media_id=video)
    async with stage.http.get(answer["video_url"]) as response:
        assert (await response.read())[4:8] == b"ftyp"


async def test_media_are_forgotten_after_three_days(stage):
    await stage.act("voice")
    media_id = stage.account.pushes[-1]["MediaId"]

    await stage.clock.move(timedelta(days=3))

    assert (await stage.call("/cgi-bin/media/get", method="GET", media_id=media_id))["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("image", b"\x89PNG\r\n\x1a\n....", None),
        ("image", b"not a picture", 40005),
        ("voice", b"\x89PNG\r\n\x1a\n....", 40005),
        ("thumb", b"\xff\xd8\xff" + bytes(64 << 10), 40006),
        ("poem", b"\xff\xd8\xff", 40004),
    ],
)
async def test_an_upload_is_checked(stage, kind, data, code):
    form = aiohttp.FormData()
    form.add_field("media", data, filename="a.bin")
    query = {"access_token": await stage.token(), "type": kind}

    url = f"{stage.url}/simulator/platform/cgi-bin/media/upload"
    async with stage.http.post(url, params=query, data=form) as response:
        answer = await response.json()

    assert answer.get("errcode") == (code or 0)
    assert ("media_id" in answer) is (code is None)


async def test_an_upload_without_a_file_is_refused(stage):
    assert (await stage.call("/cgi-bin/media/upload", {"a": 1}, type="image"))["errcode"] == 41005


async def test_a_menu_appears_on_the_page_and_can_be_read_and_removed(stage):
    button = [{"type": "click", "name": "mine", "key": "k"}]

    await stage.call("/cgi-bin/menu/create", {"button": button})
    on_page = (await stage.state())["menu"]
    read = await stage.call("/cgi-bin/menu/get", method="GET")
    await stage.call("/cgi-bin/menu/delete", method="GET")

    assert on_page == read["menu"]["button"] == button
    assert (await stage.call("/cgi-bin/menu/get", method="GET"))["errcode"] == 46003


async def test_a_menu_with_escaped_chinese_is_refused_as_on_the_real_platform(stage):
    menu = {"button": [{"type": "click", "name": "工单", "key": "k"}]}  # json= escapes it

    assert (await stage.call("/cgi-bin/menu/create", menu))["errcode"] == 40033


async def test_a_made_code_is_scanned_with_its_ticket(stage):
    wanted = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "e:9"}}}
    made = await stage.call("/cgi-bin/qrcode/create", wanted)

    await stage.act("scan", {"scene": "e:9"})

    assert stage.account.pushes[-1]["Ticket"] == made["ticket"]
    assert "expire_seconds" not in made


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({}, 40052),
        ({"action_name": "QR_LIMIT_STR_SCENE"}, 40053),
        ({"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "x" * 65}}}, 40053),
        ({"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 100_001}}}, 40053),
        (
            {
                "action_name": "QR_SCENE",
                "action_info": {"scene": {"scene_id": 1}},
                "expire_seconds": 2_592_001,
            },
            40036,
        ),
    ],
)
async def test_a_bad_code_is_refused(stage, wanted, code):
    assert (await stage.call("/cgi-bin/qrcode/create", wanted))["errcode"] == code


@pytest.mark.parametrize(
    ("path", "method", "code"),
    [("/cgi-bin/nothing", "GET", 40066), (CUSTOM, "GET", 43001), (CUSTOM, "POST", 41001)],
)
async def test_other_calls_get_a_clear_error(stage, path, method, code):
    assert (await stage.raw_call(path, method=method))["errcode"] == code


@pytest.mark.parametrize(("data", "code"), [(b"", 44002), (b"{", 47001), (b"[]", 47001), (b"\xff", 47001)])
async def test_a_body_that_is_no_json_object_gets_a_clear_error(stage, data, code):
    url = f"{stage.url}/simulator/platform{CUSTOM}"
    async with stage.http.post(url, params={"access_token": await stage.token()}, data=data) as response:
        assert (await response.json())["errcode"] == code


async def test_a_bad_token_is_refused(stage, openid):
    assert (await stage.raw_call(CUSTOM, text_to(openid), access_token="x"))["errcode"] == 40001


async def test_a_refusing_platform_refuses_fresh_tokens_too(stage, openid):
    await stage.post("trouble", {"token_refused": True})

    assert (await stage.call(CUSTOM, text_to(openid)))["errcode"] == 40001


async def test_a_closed_window_is_closed_whatever_the_resident_did(stage, openid):
    await stage.post("trouble", {"window_closed": True})

    assert (await stage.call(CUSTOM, text_to(openid)))["errcode"] == 45015


async def test_a_platform_that_is_down_answers_500_until_it_is_up(stage, openid):
    token = await stage.token()
    await stage.post("trouble", {"platform_down": True})

    url = f"{stage.url}/simulator/platform{CUSTOM}"
    async with stage.http.post(url, params={"access_token": token}, json=text_to(openid)) as response:
        assert response.status == 500
    await stage.post("trouble", {"platform_down": False})
    assert (await stage.call(CUSTOM, text_to(openid)))["errcode"] == 0


async def test_a_hanging_platform_hangs_until_released_and_then_has_done_nothing(stage, openid):
    token = await stage.token()
    await stage.post("trouble", {"platform_hanging": True})
    url = f"{stage.url}/simulator/platform{CUSTOM}"
    call = asyncio.ensure_future(
        stage.http.post(url, params={"access_token": token}, json=text_to(openid)).__aenter__()
    )
    await asyncio.sleep(0.05)
    hung = not call.done()

    await stage.post("trouble", {"platform_hanging": False})
    response = await call

    assert hung
    assert response.status == 504
    assert (await stage.chat())[-1]["side"] == "resident"
    response.release()


async def test_what_went_over_the_wire_is_kept_without_secret_and_token(stage, openid):
    stage.account.reply = lambda push: text_xml(push, "好")
    token = await stage.token()
    await stage.call(CUSTOM, text_to(openid))

    exchanges = (await stage.state())["exchanges"]

    assert [one["title"] for one in exchanges if one["way"] == "call"][-1] == f"POST {CUSTOM}"
    assert "<Content><![CDATA[你好]]></Content>" in exchanges[1]["request"]
    assert not any(hidden in str(exchanges) for hidden in ("top-secret", token))
