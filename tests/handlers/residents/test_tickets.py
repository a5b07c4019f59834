"""What residents do with tickets that are there, over a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.cases import Move
from handlers.discretion import HIDDEN
from handlers.residents.incoming import Datum, Kind, Point
from handlers.rules.lifecycle import Action
from handlers.texts import dialogue as texts
from nlp import Place
from storage.database import Database
from storage.models import Attachment, HistoryEntry, Ticket
from tests.handlers.residents.world import ABROAD, COURT, EAST, GARDEN, OFFICER, UNKNOWN, WEST, Chat, a_zone

FIRST = "GX20261124-0001"
IN_THE_EAST = Point(26.905, 112.605, Datum.WGS84, "东门")


@pytest.fixture
def chat(sqlite_database: Database) -> Chat:
    """What happens to tickets is the same on both databases; one of them does for most of it."""
    return Chat(sqlite_database)


def ticket(chat: Chat, number: str = FIRST) -> Ticket:
    return next(each for each in chat.tickets if each.number == number)


def filed(chat: Chat, place: Place = GARDEN, category: str = "dust", **values) -> None:
    chat.report(f"{place.text}灰大", category, place, **values)


def told(chat: Chat, kind: str) -> list[tuple[str, str]]:
    return [
        (each.address, each.text) for each in chat.notices if each.kind == kind and each.channel == "console"
    ]


def steps(chat: Chat) -> list[HistoryEntry]:
    return chat.history


def test_the_same_matter_at_the_same_place_is_a_supplement(chat):
    filed(chat)
    chat.wait(days=1)

    reply = chat.report("春江花园又是灰", "dust", GARDEN)

    assert "不用重复提交" in reply
    assert [each.number for each in chat.tickets] == [FIRST]
    assert ticket(chat).supplements == 1
    assert ticket(chat).text == "春江花园灰大\n春江花园又是灰"
    assert told(chat, "supplement") == [(EAST, f"工单 {FIRST} 有居民补充：春江花园又是灰")]


def test_another_matter_at_the_same_place_is_another_ticket(chat):
    filed(chat)

    filed(chat, category="noise")

    assert len(chat.tickets) == 2


def test_the_same_matter_of_another_resident_is_another_ticket(chat):
    filed(chat)

    filed(chat, who="o-2")

    assert len(chat.tickets) == 2


def test_after_a_month_the_same_matter_is_a_new_ticket(chat):
    filed(chat)
    chat.wait(days=31)

    filed(chat)

    assert len(chat.tickets) == 2


@pytest.mark.parametrize(("metres_north", "count"), [(200, 1), (300, 2)])
def test_two_positions_close_by_are_the_same_place(chat, metres_north, count):
    for north in (0, metres_north):
        chat.send(Kind.LOCATION, point=replace(IN_THE_EAST, latitude=26.9 + north / 111_195, label=""))
        chat.report("灰太大", "dust")
        chat.wait(days=4)

    assert len(chat.tickets) == count


def test_matters_without_a_name_are_never_the_same(chat):
    for words in ("春江花园电梯坏了", "春江花园水管坏了"):
        chat.say("人工", "human")
        chat.say(words, "not_ours", "none", GARDEN)
        chat.move(chat.tickets[-1].number, Action.ACCEPT)
        chat.move(chat.tickets[-1].number, Action.RESOLVE)

    assert [each.category for each in chat.tickets] == ["none", "none"]


def test_a_flood_of_reports_is_kindly_limited_and_told_of(sqlite_database):
    chat = Chat(sqlite_database, a_zone(limits={"reports_per_day": 2}))
    for at in range(2):
        filed(chat, replace(UNKNOWN, text=f"第{at}小区"))

    reply = chat.report("第三小区灰大", "dust", replace(UNKNOWN, text="第三小区"))
    again = chat.report("第1小区灰大", "dust", replace(UNKNOWN, text="第1小区"))
    urgent = chat.report("第五小区有人晕倒", "dust", replace(UNKNOWN, text="第五小区"), urgency=2)

    assert reply == texts.enough_today(2, "12345")
    assert "不用重复提交" in again
    assert "GX20261124-0003" in urgent
    assert len(chat.messages) == 5


def test_the_next_day_may_be_filed_again(sqlite_database):
    chat = Chat(sqlite_database, a_zone(limits={"reports_per_day": 1}))
    filed(chat)
    chat.wait(days=1)

    filed(chat, COURT)

    assert len(chat.tickets) == 2


def test_silence_files_even_beyond_the_limit_of_the_day(sqlite_database):
    chat = Chat(sqlite_database, a_zone(limits={"reports_per_day": 1}, dialogue={"silence_hours": 1}))
    chat.now = chat.now.replace(hour=0)
    filed(chat)
    chat.wait(hours=1)
    chat.report("晚上吵得睡不着", "noise")
    chat.wait(hours=2)

    chat.silence()

    assert len(chat.tickets) == 2


def test_urging_counts_once_a_day_and_reaches_the_owner(chat):
    filed(chat)

    first = chat.say("催一下", "urge")
    chat.wait(hours=23)
    early = chat.say("催一下", "urge")
    chat.wait(hours=2)
    next_day = chat.say("催一下", "urge")

    assert first == next_day == texts.urged(FIRST, "东街道")
    assert early == texts.urged_already(FIRST, "东街道", 24)
    assert ticket(chat).urged == 2
    assert [text for _, text in told(chat, "urge")] == [
        f"居民催办工单 {FIRST}（第{at}次），请尽快处理并填报进展。" for at in (1, 2)
    ]


def test_a_ticket_taken_back_is_over_and_its_owner_is_told(chat):
    filed(chat)
    chat.say("撤回", "withdraw")

    reply = chat.say("确认撤回", menu_id="0")

    assert reply == texts.withdrawn(FIRST)
    assert (ticket(chat).status, ticket(chat).due_at) == ("withdrawn", None)
    assert told(chat, "withdrawn") == [(EAST, f"居民已撤回工单 {FIRST}，不用再办。")]


def test_a_ticket_that_the_office_ended_meanwhile_is_not_taken_back(chat):
    filed(chat)
    chat.say("撤回", "withdraw")
    chat.resolve(FIRST)

    reply = chat.say("确认撤回", menu_id="0")

    assert reply == texts.withdraw_too_late(FIRST, "已办结")
    assert ticket(chat).status == "resolved"


def test_content_closes_the_file(chat):
    filed(chat)
    chat.resolve(FIRST)

    reply = chat.say("满意", "rate", menu_id=f"{ticket(chat).id}2")

    assert reply == texts.thanks_satisfied(FIRST)
    assert (ticket(chat).status, ticket(chat).rating) == ("closed", 2)


def test_content_after_the_file_was_closed_is_kept(chat):
    filed(chat)
    chat.resolve(FIRST)
    chat.move(FIRST, Action.CLOSE)

    chat.say("满意", "rate")

    assert (ticket(chat).status, ticket(chat).rating) == ("closed", 2)


def test_discontent_takes_the_matter_up_again_with_less_time(chat):
    filed(chat, category="noise")
    before = ticket(chat).due_at - ticket(chat).created_at
    chat.resolve(FIRST)
    chat.wait(hours=1)

    reply = chat.say("不满意，还在吵", "rate")
    chat.report("晚上十点以后最吵", "noise")
    chat.photo("later")

    again = ticket(chat)
    assert "哪里还没解决" in reply
    assert (again.status, again.reopened, again.rating) == ("dispatched", 1, None)
    assert again.due_at - chat.now < before
    assert again.due_at == again.promised_at
    assert again.text.endswith("晚上十点以后最吵")  # a photo is no words
    assert told(chat, "reopened")[0][1].startswith(f"工单 {FIRST} 居民反映没有解决：不满意，还在吵")


def test_somebody_else_s_rating_choice_does_nothing(chat):
    filed(chat)
    chat.resolve(FIRST)

    reply = chat.say("不满意", "rate", menu_id=f"{ticket(chat).id}1", who="o-2")

    assert reply.startswith(texts.NOTHING_TO_RATE)
    assert ticket(chat).status == "resolved"


def test_a_verdict_before_the_end_is_heard_by_the_office(chat):
    filed(chat)

    reply = chat.say("根本没解决", "rate")

    assert reply == texts.heard_early(FIRST, "已派单")
    assert told(chat, "supplement")[0][1].endswith("根本没解决")


def test_a_wrong_category_is_put_right(chat):
    filed(chat, also=("noise",))

    reply = chat.say("更正：不是扬尘，是噪声", "correction", "dust", also=("noise",))

    assert reply == texts.corrected(FIRST, "类别为噪声")
    assert (ticket(chat).category, ticket(chat).also) == ("noise", [])


def test_a_category_may_be_put_right_by_other_words_than_its_name(chat):
    filed(chat)

    chat.say("弄错了，是打麻将吵人", "correction", "noise")

    assert ticket(chat).category == "noise"


def test_a_denied_category_gives_way_to_the_other_that_is_meant(chat):
    filed(chat)

    chat.say("不是灰的问题，是太吵", "correction", "dust", also=("noise",))

    assert ticket(chat).category == "noise"


def test_saying_the_same_category_again_changes_nothing(chat):
    filed(chat)

    reply = chat.say("更正一下，灰特别大", "correction", "dust")

    assert reply == texts.correction_noted(FIRST)
    assert told(chat, "correction") == [(EAST, f"工单 {FIRST} 居民更正：更正一下，灰特别大")]


def test_a_wrong_place_moves_the_ticket_to_the_right_office(chat):
    filed(chat)
    promised = ticket(chat).due_at

    reply = chat.say("更正：地点是夏荷苑", "correction", "none", COURT)

    assert reply == texts.corrected(FIRST, "地点为夏荷苑") + texts.rerouted(FIRST, "西街道")
    assert (ticket(chat).owner, ticket(chat).place, ticket(chat).due_at) == (WEST, "夏荷苑", promised)
    assert [address for address, _ in told(chat, "new_ticket")] == [EAST, WEST]


def test_a_place_pointed_out_in_words_that_nobody_knows_is_taken_down(chat):
    filed(chat)

    reply = chat.say("更正：地点应该是老张家屋后", "correction")

    assert reply == texts.corrected(FIRST, "地点为老张家屋后")
    assert (ticket(chat).place, ticket(chat).owner) == ("老张家屋后", EAST)


def test_a_place_in_the_next_district_goes_to_the_desk(chat):
    filed(chat)

    chat.say("更正：地点是冬社区", "correction", "none", ABROAD)

    assert ticket(chat).owner == "desk"


def test_a_position_puts_the_place_right(chat):
    filed(chat, COURT)
    chat.say("地点不对", "correction")

    reply = chat.send(Kind.LOCATION, point=IN_THE_EAST)

    assert reply == texts.corrected(FIRST, "地点为东门") + texts.rerouted(FIRST, "东街道")
    assert (ticket(chat).owner, ticket(chat).latitude) == (EAST, IN_THE_EAST.latitude)


def test_what_somebody_works_on_already_is_put_right_by_the_office(chat):
    filed(chat)
    chat.move(FIRST, Action.ACCEPT)

    reply = chat.say("更正：不是扬尘，是噪声", "correction", "noise")

    assert reply == texts.correction_noted(FIRST)
    assert ticket(chat).category == "dust"


def test_a_community_named_afterwards_finds_the_office(chat):
    chat.report("无名小区灰大", "dust", UNKNOWN)
    owner = ticket(chat).owner

    reply = chat.say("在春江花园旁边", "unclear", "none", GARDEN)

    assert owner == "desk"
    assert (ticket(chat).owner, ticket(chat).place) == (EAST, "无名小区（春江花园）")
    assert reply.endswith(texts.rerouted(FIRST, "东街道"))


def test_a_position_afterwards_finds_the_office(chat):
    chat.report("无名小区灰大", "dust", UNKNOWN)

    reply = chat.send(Kind.LOCATION, point=IN_THE_EAST)

    assert reply == texts.rerouted(FIRST, "东街道")
    assert (ticket(chat).owner, ticket(chat).place) == (EAST, "无名小区")


def test_a_position_for_a_ticket_that_has_its_office_is_kept_with_it(chat):
    filed(chat)

    reply = chat.send(Kind.LOCATION, point=replace(IN_THE_EAST, latitude=26.8))

    assert reply == texts.joined(FIRST, "定位")
    assert (ticket(chat).owner, ticket(chat).latitude) == (EAST, 26.8)


def test_words_in_the_same_breath_may_name_a_second_matter(chat):
    filed(chat)

    chat.report("晚上还特别吵", "noise")

    assert (ticket(chat).category, ticket(chat).also, len(chat.tickets)) == ("dust", ["noise"], 1)


def test_a_guess_in_the_same_breath_is_no_second_matter(chat):
    filed(chat)

    chat.report("晚上也是这样的", "noise", confidence=0.3)

    assert ticket(chat).also == []


def test_what_comes_after_the_end_is_kept_and_does_not_open_it(chat):
    filed(chat)
    chat.resolve(FIRST)

    reply = chat.say(f"补充{FIRST}：又有灰", "supplement", ticket=FIRST)

    assert reply == texts.joined_ended(FIRST, "补充内容")
    assert ticket(chat).status == "resolved"
    assert steps(chat)[-1].internal_note == f"补充{FIRST}：又有灰"


def test_photos_have_their_limit_and_the_resident_is_told(sqlite_database):
    chat = Chat(sqlite_database, a_zone(limits={"photos_per_ticket": 2}))
    filed(chat)

    replies = [chat.photo(f"m{at}") for at in range(3)]

    assert replies == [texts.joined(FIRST, "照片")] * 2 + [texts.photos_full(FIRST, 2)]
    assert [each.ticket_id for each in chat.rows(Attachment)] == [ticket(chat).id] * 2 + [None]
    assert len(chat.messages) == 4


def test_calling_a_person_tells_the_desk_once_a_day_and_adds_no_words(chat):
    filed(chat)

    reply = chat.say("人工", "human")
    chat.say("人工", "human")

    assert reply == texts.human_on(FIRST, "调度台", "88880000")
    assert told(chat, "human") == [("desk", f"工单 {FIRST} 的居民要求人工处理，请查看并答复。")]
    assert ticket(chat).text == "春江花园灰大"


def test_a_person_asked_for_before_the_report_sees_it(chat):
    chat.say("人工", "human")
    chat.report("春江花园灰大", "dust", GARDEN)

    assert ticket(chat).owner == EAST
    assert [address for address, _ in told(chat, "human")] == ["desk"]


def test_a_resident_s_number_goes_into_no_group_chat(chat):
    chat.report("春江花园灰大，我电话13812345678", "dust", GARDEN)
    chat.say("补充：找我 138-1234-5678", "supplement")
    chat.resolve(FIRST)
    chat.say("不满意，打我电话13812345678", "rate")

    others = [each.text for each in chat.notices if each.channel != "resident"]
    assert not any("5678" in text for text in others)
    assert any(HIDDEN in text for text in others)
    assert "13812345678" in ticket(chat).text


def test_history_never_names_a_resident(chat):
    filed(chat, who="o-secret")
    chat.say("催一下", "urge", who="o-secret")
    chat.photo(who="o-secret")

    assert all(each.actor == "" for each in steps(chat))
    assert "o-secret" not in "".join(
        f"{each.internal_note}{each.public_note}{each.data}" for each in steps(chat)
    )


def test_progress_of_one_ticket_tells_who_has_it_until_when(chat):
    filed(chat)

    reply = chat.say("进度", "progress")

    assert reply == f"工单 {FIRST}｜扬尘｜已派单\n承办：东街道，12月1日（周二）17:30 前办结"


def test_progress_tells_the_last_public_word(chat):
    filed(chat)

    def act(unit):
        row = unit.tickets.by_number(FIRST)
        chat.book.move(unit, row, Move(Action.ACCEPT, OFFICER, public="已签收，明天到场"), chat.now)

    chat.database.write_now(act)

    assert chat.say("进度", "progress").endswith("最新：11月24日 已签收，明天到场")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda chat: chat.wait(days=10), "已超期，正在督促"),
        (lambda chat: chat.move(FIRST, Action.RETURN), "等待核实"),
        (lambda chat: chat.resolve(FIRST), "已办结\n承办：东街道"),
    ],
)
def test_progress_tells_of_delays_pauses_and_ends(chat, act, words):
    filed(chat)
    act(chat)

    assert words in chat.say(FIRST, "progress", ticket=FIRST)


def test_progress_of_several_tickets_is_a_list(chat):
    filed(chat)
    filed(chat, COURT)

    reply = chat.say("我的工单", "progress")

    assert [line.split("｜")[0] for line in reply.splitlines()[1:3]] == ["GX20261124-0002", FIRST]


def test_an_urgent_matter_is_promised_sooner(chat):
    filed(chat)
    filed(chat, COURT, urgency=1)

    assert ticket(chat, "GX20261124-0002").due_at < ticket(chat).due_at


def test_a_report_that_takes_over_a_day_is_filed_with_all_its_messages(chat):
    chat.report("灰太大", "dust")
    chat.wait(hours=30)
    chat.say("春江花园", "unclear", "none", GARDEN)

    (late,) = chat.tickets
    assert late.text == "灰太大\n春江花园"
    assert late.created_at - chat.messages[0].at > timedelta(hours=29)


def test_a_whole_life_goes_the_same_on_both_databases(database):
    chat = Chat(database)
    filed(chat)
    chat.say("催一下", "urge")
    chat.photo()
    chat.say("更正：地点是夏荷苑", "correction", "none", COURT)
    chat.resolve(FIRST)
    chat.say("不满意", "rate")
    chat.resolve(FIRST)
    chat.say("满意", "rate")

    assert [each.action for each in chat.history] == [
        *("file", "urge", "supplement", "supplement", "reassign", "accept", "resolve", "rate", "reopen"),
        *("accept", "resolve", "rate", "close"),
    ]
    assert (ticket(chat).owner, ticket(chat).status, ticket(chat).reopened) == (WEST, "closed", 1)


def test_a_matter_that_nobody_understood_goes_to_the_desk_even_from_a_known_place(chat):
    chat.say("春江花园，说不清的事", "unclear", "none", GARDEN)
    replies = [chat.say("就是那个事", "unclear") for _ in range(3)]

    ended = ticket(chat)
    assert any("核实由谁负责" in reply for reply in replies)
    assert (ended.category, ended.owner, ended.office) == ("none", "desk", EAST)


def test_what_the_desk_could_not_make_out_goes_to_its_office_once_the_resident_says(chat):
    chat.say("春江花园，说不清的事", "unclear", "none", GARDEN)
    for _ in range(3):
        chat.say("就是那个事", "unclear")

    chat.say("更正：是扬尘", "correction", "dust")

    assert (ticket(chat).category, ticket(chat).owner) == ("dust", EAST)
