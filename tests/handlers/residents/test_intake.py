"""A push from claim to reply: kept, answered once, and safe against repeats and rollbacks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.residents.incoming import Datum, Incoming, Kind, Media, Point
from handlers.residents.pending import REPLY_BYTES, fitted
from handlers.texts import dialogue as texts
from storage.database import Database
from storage.models import Attachment, Conversation, Notice, Resident, Ticket
from tests.clock import TUESDAY_MORNING
from tests.handlers.residents.world import EAST, GARDEN, SPRING, UNKNOWN, Chat, understood

HERE = Point(26.905, 112.605, Datum.WGS84)


def resident(chat: Chat) -> Resident:
    return chat.rows(Resident)[0]


def conversation(chat: Chat) -> Conversation:
    return chat.database.read_now(lambda unit: unit.conversations.of(resident(chat).id))


def report(key: str = "k", who: str = "o-1", text: str = "春江花园灰大"):
    return (
        Incoming(key, Kind.TEXT, who, "gh_zone", TUESDAY_MORNING, text),
        understood(text, "report", "dust", GARDEN),
    )


def test_a_report_becomes_a_ticket_with_owner_promise_and_history(chat):
    reply = chat.report("春江花园灰大", "dust", GARDEN, urgency=1, flags=("night",), accused="某工地")

    (ticket,) = chat.tickets
    (entry,) = chat.history
    assert ticket.number == "GX20261124-0001"
    assert ticket.number in reply
    assert (ticket.owner, ticket.community, ticket.category) == (EAST, SPRING, "dust")
    assert (ticket.industry, ticket.comprehensive) == ("construction", "ecology")
    assert ticket.due_at is not None
    assert ticket.due_at == ticket.promised_at
    assert (ticket.urgency, ticket.flags, ticket.accused) == (1, ["night"], "某工地")
    assert ticket.why == [["词", "dust", 1.0]]
    assert (entry.action, entry.actor_kind, entry.actor) == ("file", "resident", "")


def test_the_receipt_is_one_short_message_with_all_that_counts(light):
    reply = light.report("春江花园灰大", "dust", GARDEN).replace(f"\n{texts.PRIVACY}", "")

    for piece in ("GX20261124-0001", "扬尘", "春江花园", "东街道", "前办结", "照片", "更正"):
        assert piece in reply
    assert len(reply) <= 120


def test_the_owner_is_told_in_the_console_and_by_robot(light):
    light.report("春江花园灰大", "dust", GARDEN)

    assert [(each.channel, each.address, each.state) for each in light.notices] == [
        ("console", EAST, "sent"),
        ("robot", "east", "pending"),
    ]


def test_a_report_in_three_messages_has_all_three(chat):
    chat.say("你好", "greeting")
    chat.photo()
    chat.report("灰太大", "dust")
    chat.say("春江花园", "unclear", "none", GARDEN)

    (ticket,) = chat.tickets
    mine = [message.kind for message in chat.messages if message.ticket_id == ticket.id]
    (file,) = chat.rows(Attachment)
    assert mine == ["photo", "text", "text"]
    assert (file.ticket_id, file.state, file.media_id) == (ticket.id, "wanted", "m")


def test_every_message_is_kept_with_its_answer(chat):
    reply = chat.say("你好", "greeting")
    chat.send(Kind.LOCATION, point=replace(HERE, label="北门"))
    chat.send(Kind.LINK, text="某地油烟", details={"url": "https://example.com/1"})

    first, second, third = chat.messages
    assert (first.text, first.reply) == ("你好", reply)
    assert second.data["point"]["label"] == "北门"
    assert third.data["url"] == "https://example.com/1"


def test_a_repeat_gets_the_first_reply_and_files_nothing(chat):
    first = chat.report("春江花园灰大", "dust", GARDEN, key="same")
    again = chat.report("春江花园灰大", "dust", GARDEN, key="same")

    assert again == first
    assert len(chat.tickets) == len(chat.messages) == 1


def test_a_push_whose_first_try_was_rolled_back_is_done_by_the_next(chat):
    incoming, heard = report()

    def broken(unit):
        chat.intake.receive(unit, incoming, heard, chat.now)
        raise RuntimeError("the machine stumbles")

    with pytest.raises(RuntimeError):
        chat.database.write_now(broken)
    reply = chat.receive(incoming, heard)

    assert "GX20261124-0001" in reply
    assert len(chat.tickets) == len(chat.messages) == 1


def test_copies_at_once_on_two_nodes_file_one_ticket(database_url):
    nodes = [Database(database_url) for _ in range(2)]
    chats = [Chat(node) for node in nodes]
    incoming, heard = report()

    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda at: chats[at % 2].receive(incoming, heard), range(12)))
    tickets = chats[0].tickets
    for node in nodes:
        node.close()

    assert len(set(replies)) == 1
    assert "GX20261124-0001" in replies[0]
    assert len(tickets) == 1


def test_different_residents_at_once_get_different_numbers(database_url):
    nodes = [Database(database_url) for _ in range(2)]
    chats = [Chat(node) for node in nodes]
    pushes = [report(key=f"k{at}", who=f"o-{at}") for at in range(12)]

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda at: chats[at % 2].receive(*pushes[at]), range(12)))
    numbers = {ticket.number for ticket in chats[0].tickets}
    for node in nodes:
        node.close()

    assert len(numbers) == 12


def test_two_messages_of_one_resident_at_once_keep_one_conversation(database_url):
    nodes = [Database(database_url) for _ in range(2)]
    chats = [Chat(node) for node in nodes]
    what = (
        Incoming("k1", Kind.TEXT, "o-1", "gh", TUESDAY_MORNING, "灰太大"),
        understood("灰太大", "report", "dust"),
    )
    where = (
        Incoming("k2", Kind.TEXT, "o-1", "gh", TUESDAY_MORNING, "春江花园"),
        understood("春江花园", "unclear", "none", GARDEN),
    )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda at: chats[at].receive(*(what, where)[at]), range(2)))
    (ticket,) = chats[0].tickets
    messages = chats[0].messages
    for node in nodes:
        node.close()

    assert (ticket.category, ticket.place) == ("dust", "春江花园")
    assert {message.ticket_id for message in messages} == {ticket.id}


def test_the_privacy_notice_is_given_once(light):
    first = light.say("你好", "greeting")
    second = light.say("你好", "greeting")

    assert texts.PRIVACY in first
    assert texts.PRIVACY not in second


def test_following_again_greets_without_the_notice(light):
    light.send(Kind.FOLLOW)
    light.send(Kind.UNFOLLOW)
    away = resident(light).followed

    again = light.send(Kind.FOLLOW)

    assert away is False
    assert resident(light).followed is True
    assert again == texts.greeting("试验区")


def test_a_message_opens_the_window_for_two_days_and_a_tap_for_a_minute(light):
    light.say("满意", "rate", menu_id="992")
    tapped = resident(light)
    light.say("你好", "greeting")
    wrote = resident(light)

    assert (tapped.window_until, tapped.window_left) == (light.now - timedelta(seconds=10, minutes=-1), 3)
    assert (wrote.window_until, wrote.window_left) == (light.now + timedelta(hours=48), 5)


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.ACCOUNT, Kind.OTHER])
def test_the_platform_s_own_pushes_make_nobody_known(light, kind):
    assert light.send(kind, details={"msg_id": "1", "status": "success"}) == ""
    assert light.rows(Resident) == []


@pytest.mark.parametrize("kind", [Kind.UNFOLLOW, Kind.POSITION, Kind.ERASE])
def test_what_needs_no_answer_gets_none(light, kind):
    assert light.send(kind, point=HERE) == ""
    assert light.messages == []


def test_the_phone_s_position_is_offered_as_the_place_while_it_is_fresh(light):
    light.send(Kind.POSITION, point=HERE)
    asked = light.report("灰太大", "dust")
    light.say("就在这里", menu_id="0")

    (ticket,) = light.tickets
    assert texts.HERE in asked
    assert (ticket.latitude, ticket.datum, ticket.owner) == (HERE.latitude, "wgs84", EAST)


def test_a_position_of_an_hour_ago_is_not_offered(light):
    light.send(Kind.POSITION, point=HERE)
    light.wait(hours=1)

    assert texts.HERE not in light.report("灰太大", "dust")


def test_a_position_is_in_no_ticket_unless_it_was_taken(light):
    light.send(Kind.POSITION, point=HERE)
    light.report("春江花园灰大", "dust", GARDEN)

    (ticket,) = light.tickets
    assert ticket.latitude is None


def test_a_day_of_silence_files_what_was_told_and_tells_of_it(chat):
    chat.report("灰太大", "dust")
    chat.wait(hours=23)
    early = chat.silence()
    chat.wait(hours=2)
    late = chat.silence()

    (ticket,) = chat.tickets
    (told,) = [notice for notice in chat.notices if notice.channel == "resident"]
    assert (early, late) == ([], [True])
    assert (ticket.owner, ticket.category) == ("desk", "dust")
    assert ticket.number in told.text
    assert conversation(chat).state == "idle"


def test_silence_ends_other_questions_without_a_ticket(light):
    light.say("公司不发工资", "not_ours")
    light.wait(hours=25)

    assert light.silence() == [False]
    assert light.tickets == []
    assert conversation(light).state == "idle"


def test_a_talk_that_was_answered_meanwhile_is_not_ended(light):
    light.report("灰太大", "dust")
    someone = resident(light).id

    ended = light.database.write_now(lambda unit: light.intake.silent(unit, someone, light.now))

    assert ended is False


def test_a_state_that_only_another_version_knows_loses_nothing(chat):
    chat.report("灰太大", "dust")

    def newer(unit):
        kept = unit.conversations.of(resident(chat).id)
        kept.state, kept.draft = "telepathy", {**kept.draft, "aura": "grey", "asked": "many"}
        unit.conversations.save(kept)

    chat.database.write_now(newer)
    chat.say("春江花园", "unclear", "none", GARDEN)

    (ticket,) = chat.tickets
    assert ticket.category == "dust"
    assert len([message for message in chat.messages if message.ticket_id == ticket.id]) == 2


def test_erasing_forgets_the_person_and_keeps_the_case(chat):
    chat.report("春江花园灰大", "dust", GARDEN)
    chat.say("删除我的信息", "privacy")
    reply = chat.say("确认删除")

    (ticket,) = chat.tickets
    assert reply == texts.ERASED
    assert resident(chat).openid.startswith("erased:")
    assert ticket.status == "dispatched"


def test_what_was_erased_leaves_no_number_in_the_case(chat):
    chat.report("春江花园灰大，我电话13812345678", "dust", GARDEN)
    chat.say("补充：晚上也灰，打13812345678", "supplement")

    chat.say("删除我的信息", "privacy")
    chat.say("确认删除")

    (ticket,) = chat.tickets
    said = [
        ticket.text,
        *(entry.internal_note for entry in chat.history),
        *(one.text for one in chat.messages),
    ]
    assert ticket.text.startswith("春江花园灰大")
    assert not any("13812345678" in words for words in said)


def test_consent_taken_back_on_the_platform_erases_as_well(light):
    light.report("春江花园灰大", "dust", GARDEN)

    light.send(Kind.ERASE)

    assert resident(light).openid.startswith("erased:")


def test_who_was_erased_and_writes_again_is_somebody_new(light):
    light.report("春江花园灰大", "dust", GARDEN)
    light.send(Kind.ERASE)

    reply = light.say("进度", "progress")

    assert texts.NO_TICKETS in reply
    assert texts.PRIVACY in reply


def test_one_s_data_is_told(light):
    light.report("春江花园灰大", "dust", GARDEN)
    light.photo()

    reply = light.say("导出我的信息", "privacy")

    assert all(piece in reply for piece in ("2026年11月24日", "聊天记录 3 条", "等 1 个", "GX20261124-0001"))


def kept(chat: Chat, number: int, text: str) -> None:
    ticket = chat.tickets[0]
    notice = Notice(
        channel="resident",
        address=str(resident(chat).id),
        lane=f"ticket:{ticket.id}",
        ticket_id=ticket.id,
        kind="progress",
        text=text,
        dedupe=f"kept:{number}",
        state="kept",
        created_at=chat.now,
    )
    chat.database.write_now(lambda unit: unit.outbox.add(notice))


def test_what_could_not_be_told_before_comes_with_the_next_reply(chat):
    chat.report("春江花园灰大", "dust", GARDEN)
    kept(chat, 1, "已派人到场。")

    reply = chat.say("谢谢", "thanks")

    assert reply == f"{texts.THANKS}\n\n【之前没能送达】已派人到场。"
    (notice,) = [each for each in chat.notices if each.kind == "progress"]
    assert (notice.state, notice.way) == ("sent", "reply")


def test_what_has_no_room_in_the_reply_goes_out_by_itself(light):
    light.report("春江花园灰大", "dust", GARDEN)
    for number in range(4):
        kept(light, number, "进展" * 120)

    reply = light.say("谢谢", "thanks")

    states = [each.state for each in light.notices if each.kind == "progress"]
    assert states == ["sent", "sent", "pending", "pending"]
    assert len(reply.encode()) <= REPLY_BYTES


def test_nothing_overtakes_what_had_no_room_in_the_reply(light):
    light.report("春江花园灰大", "dust", GARDEN)
    for number, text in enumerate(("已受理。", "进展" * 400, "已办结。")):
        kept(light, number, text)

    light.say("谢谢", "thanks")

    states = [each.state for each in light.notices if each.kind == "progress"]
    assert states == ["sent", "pending", "pending"]


def test_a_long_reply_is_cut_where_a_character_ends():
    text = fitted("油" * 1000)

    assert len(text.encode()) <= REPLY_BYTES
    assert text.endswith("油…")
    assert fitted("油") == "油"


def test_characters_that_no_database_takes_are_left_out(chat):
    chat.say("灰\0太\ud83d大", "report", "dust")

    assert chat.messages[0].text == "灰太大"


def test_a_very_long_report_is_kept_in_full_beside_the_ticket(light):
    words = "春江花园灰大" + "很" * 5000

    light.report(words, "dust", GARDEN)

    assert light.messages[0].text == words
    assert len(light.tickets[0].text) == 2000
    assert light.tickets[0].text.endswith("…")


def test_a_number_that_is_no_one_s_is_not_found(light):
    light.report("春江花园灰大", "dust", GARDEN)

    for number in ("GX20261124-0001", "GX20261124-9999"):
        reply = light.say(number, "progress", ticket=number, who="o-2")
        assert reply.startswith(texts.NOT_YOURS)


def test_a_tap_with_an_absurd_id_is_no_ticket(light):
    light.report("春江花园灰大", "dust", GARDEN)
    light.move("GX20261124-0001", "withdraw")

    reply = light.say("满意", "rate", menu_id="9" * 40)

    assert texts.NOTHING_TO_RATE in reply


def test_a_named_ticket_is_found_among_many(light):
    for at in range(12):
        place = replace(UNKNOWN, text=f"第{at}小区")
        light.report(f"第{at}小区灰大", "dust", place)
        light.wait(hours=1)

    reply = light.say("催GX20261124-0001", "urge", ticket="GX20261124-0001")

    assert "已为您催办 GX20261124-0001" in reply


def test_the_media_of_a_voice_note_is_wanted(light):
    light.send(Kind.VOICE, media=(Media("v", Kind.VOICE),))

    (file,) = light.rows(Attachment)
    assert (file.kind, file.state, file.ticket_id) == ("voice", "wanted", None)
    assert light.tickets == []
    assert light.rows(Ticket) == []
