"""What the account gets when a resident acts, in every mode."""

import pytest

from tests.bot.simulator.standin import stage as set_stage
from tests.bot.simulator.standin import text_xml


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_text_arrives_and_its_answer_is_shown(mode):
    async with set_stage(mode) as stage:
        stage.account.reply = lambda push: text_xml(push, f"收到{push['MsgType']}")

        answer = await stage.act("say", {"text": "富民花苑]]>油烟😀"})

        assert answer["reply"] == "收到text"
        push = stage.account.pushes[-1]
        assert (push["MsgType"], push["Content"]) == ("text", "富民花苑]]>油烟😀")
        assert int(push["MsgId"]) > 2**53
        assert push["CreateTime"] == str(int(stage.clock.time.timestamp()))


async def test_in_safe_mode_nothing_readable_is_sent(safe_stage):
    await safe_stage.act("say", {"text": "SECRET-WORDS"})

    assert safe_stage.account.pushes[-1]["Content"] == "SECRET-WORDS"
    assert not any("SECRET-WORDS" in body for body in safe_stage.account.bodies)
    assert "FromUserName" not in safe_stage.account.bodies[-1]


async def test_who_writes_without_following_follows_first(stage):
    await stage.act("say", {"text": "你好"})

    assert [push.get("Event", push["MsgType"]) for push in stage.account.pushes] == ["subscribe", "text"]


async def test_a_poster_scanned_by_a_stranger_is_a_follow_and_later_a_scan(stage):
    await stage.act("scan", {"scene": "e:1:east"})
    await stage.act("scan", {"scene": "e:1:east"})

    first, second = stage.account.pushes
    assert (first["Event"], first["EventKey"]) == ("subscribe", "qrscene_e:1:east")
    assert (second["Event"], second["EventKey"]) == ("SCAN", "e:1:east")
    assert second["Ticket"]
    assert "MsgId" not in second


async def test_a_place_arrives_with_the_latitude_as_x(stage):
    await stage.act("place", {"latitude": 26.8945, "longitude": 112.5602, "label": "富民花苑"})

    push = stage.account.pushes[-1]
    assert (push["MsgType"], push["Location_X"], push["Location_Y"]) == (
        "location",
        "26.894500",
        "112.560200",
    )
    assert push["Label"] == "富民花苑"


async def test_a_voice_note_has_two_media_and_the_typed_words(stage):
    await stage.act("voice", {"words": "晚上都是烟", "seconds": 7})

    push = stage.account.pushes[-1]
    assert (push["MsgType"], push["Format"], push["Recognition"]) == ("voice", "amr", "晚上都是烟")
    assert push["MediaId"] != push["MediaId16K"]


async def test_a_voice_note_without_words_has_no_recognition(stage):
    await stage.act("voice")

    assert "Recognition" not in stage.account.pushes[-1]


async def test_a_photo_can_be_fetched_where_the_push_says(stage):
    await stage.act("photo", {"sample": "扬尘"})

    push = stage.account.pushes[-1]
    async with stage.http.get(push["PicUrl"]) as response:
        assert response.content_type == "image/jpeg"
        assert (await response.read())[:3] == b"\xff\xd8\xff"


async def test_two_sample_photos_are_not_the_same_file(stage):
    await stage.act("photo")
    stage.clock.time = stage.clock.time.replace(second=1)
    await stage.act("photo")

    urls = [push["PicUrl"] for push in stage.account.pushes if push["MsgType"] == "image"]
    bodies = [await (await stage.http.get(url)).read() for url in urls]
    assert bodies[0] != bodies[1]


async def test_a_tapped_choice_is_text_with_the_choice_s_id(stage):
    await stage.act("tap", {"text": "满意", "id": "101"})

    push = stage.account.pushes[-1]
    assert (push["MsgType"], push["Content"], push["bizmsgmenuid"]) == ("text", "满意", "101")


async def test_a_menu_click_sends_its_key(stage):
    await stage.call("/cgi-bin/menu/create", {"button": [{"type": "click", "name": "mine", "key": "k"}]})

    await stage.act("click", {"key": "k"})

    assert (stage.account.pushes[-1]["Event"], stage.account.pushes[-1]["EventKey"]) == ("CLICK", "k")


async def test_menu_buttons_for_photo_place_and_scanner_send_their_event_before_the_message(stage):
    types = {"p": "pic_photo_or_album", "l": "location_select", "s": "scancode_waitmsg"}
    buttons = [{"type": kind, "name": key, "key": key} for key, kind in types.items()]
    await stage.call("/cgi-bin/menu/create", {"button": buttons})
    await stage.act("follow")

    await stage.act("photo", {"key": "p"})
    await stage.act("place", {"latitude": 26.9, "longitude": 112.6, "key": "l"})
    await stage.act("scan", {"scene": "e:2:board", "key": "s"})

    kinds = [push.get("Event", push["MsgType"]) for push in stage.account.pushes[1:]]
    assert kinds == ["pic_photo_or_album", "image", "location_select", "location", "scancode_waitmsg"]
    assert stage.account.pushes[-1]["ScanCodeInfo"]["ScanResult"] == "e:2:board"


async def test_who_left_sees_no_answer(stage):
    await stage.act("follow")
    stage.account.reply = lambda push: text_xml(push, "再见")

    await stage.act("unfollow")

    assert stage.account.pushes[-1]["Event"] == "unsubscribe"
    assert (await stage.chat())[-1]["side"] == "system"


async def test_ids_of_messages_grow(stage):
    for text in "甲乙丙":
        await stage.act("say", {"text": text})

    ids = [int(push["MsgId"]) for push in stage.account.pushes if "MsgId" in push]
    assert ids == sorted(set(ids))


async def test_many_residents_write_at_the_same_moment(stage):
    stage.account.reply = lambda push: text_xml(push, push["MsgId"])
    stage.account.delay_s = 0.05

    answer = await stage.post("crowd", {"text": "富民花苑油烟", "count": 30})

    assert answer["answered"] == len(set(answer["replies"])) == 30
    assert len({push["FromUserName"] for push in stage.account.pushes}) == 30
    assert stage.account.most_at_once > 1
