"""Telling a report: what the chat asks, and when it files."""

from dataclasses import replace

import pytest

from handlers.residents import commands
from handlers.residents.incoming import Datum, Kind, Media, Point
from handlers.residents.posters import posters
from handlers.residents.talk import Draft, State
from handlers.rules.lifecycle import Status
from handlers.rules.zone import Zone
from handlers.texts import dialogue as texts
from tests.handlers.residents.world import (
    ABROAD,
    COURT,
    EAST,
    GARDEN,
    SOUTH,
    SPRING,
    STREET,
    TWICE,
    UNKNOWN,
    Talker,
    a_zone,
    case,
    understood,
)

HERE = Point(26.905, 112.605, Datum.GCJ02)


def filed(command) -> Draft:
    assert isinstance(command, commands.File), command
    return command.draft


def test_one_message_with_what_and_where_is_filed_at_once():
    draft = filed(Talker().report("春江花园烧烤店油烟大", "oil_fume", GARDEN))

    assert (draft.category, draft.place, draft.office, draft.community) == (
        "oil_fume",
        "春江花园",
        EAST,
        SPRING,
    )


def test_what_and_then_where_takes_two_messages():
    talker = Talker()

    talker.report("工地灰太大", "dust")
    asked = talker.said
    draft = filed(talker.say("春江花园旁边", "unclear", "none", GARDEN))

    assert "在哪里" in asked
    assert "北门工地" in asked
    assert (draft.category, draft.office, len(draft.messages)) == ("dust", EAST, 2)


def test_where_and_then_what_takes_two_messages():
    talker = Talker()

    talker.say("春江花园", "unclear", "none", GARDEN)
    asked = talker.said
    draft = filed(talker.report("晚上油烟大", "oil_fume"))

    assert asked.startswith("“春江花园”那里是什么问题")
    assert (draft.category, draft.office) == ("oil_fume", EAST)


def test_greeting_photo_what_and_where_are_one_report():
    talker = Talker()

    talker.say("你好", "greeting")
    talker.photo()
    talker.report("灰太大", "dust")
    draft = filed(talker.say("夏荷苑", "unclear", "none", COURT))

    assert (draft.office, len(draft.attachments), draft.text) == (COURT.office, 1, "灰太大\n夏荷苑")


def test_a_location_first_needs_only_the_matter():
    talker = Talker()

    talker.send(Kind.LOCATION, point=Point(26.9, 112.6, Datum.GCJ02, "北门"))
    asked = talker.said
    draft = filed(talker.report("灰太大", "dust"))

    assert "“北门”那里是什么问题" in asked
    assert (draft.place, draft.point is not None) == ("北门", True)


def test_a_location_without_a_label_is_asked_about_all_the_same():
    talker = Talker()

    talker.send(Kind.LOCATION, point=HERE)

    assert talker.said.startswith("“定位处”那里是什么问题")


def test_a_voice_note_without_words_asks_for_words():
    talker = Talker()

    talker.send(Kind.VOICE, media=(Media("v", Kind.VOICE),))

    assert talker.said == texts.HEARD_VOICE


def test_recognised_words_of_a_voice_note_are_read_like_text():
    talker = Talker()
    heard = understood("春江花园油烟大", "report", "oil_fume", GARDEN)

    draft = filed(talker.push(Kind.VOICE, heard, text="春江花园油烟大", media=(Media("v", Kind.VOICE),)))

    assert (draft.category, len(draft.attachments)) == ("oil_fume", 1)


def test_a_link_is_kept_but_its_page_does_not_decide_the_matter():
    talker = Talker()

    talker.push(Kind.LINK, understood("某地油烟", "report", "oil_fume", GARDEN), text="某地油烟")
    asked = talker.said
    draft = filed(talker.report("夏荷苑灰大", "dust", COURT))

    assert asked == texts.WEBSITE
    assert (draft.category, draft.office, draft.text) == ("dust", COURT.office, "某地油烟\n夏荷苑灰大")


def test_a_scanned_poster_says_where():
    talker = Talker()

    talker.scan("e:春江花园")
    welcome = talker.said
    draft = filed(talker.report("油烟大", "oil_fume"))

    assert "春江花园" in welcome
    assert (draft.place, draft.office) == ("春江花园", EAST)


def test_a_place_that_is_named_counts_more_than_the_poster():
    talker = Talker()

    talker.scan("e:春江花园")
    draft = filed(talker.report("夏荷苑油烟大", "oil_fume", COURT))

    assert (draft.office, draft.community) == (COURT.office, "")
    assert draft.place == "春江花园（夏荷苑）"


def test_a_poster_scanned_in_answer_to_where_files_the_report():
    talker = Talker()

    talker.report("油烟大", "oil_fume")
    draft = filed(talker.scan(f"e:{SPRING}"))

    assert (draft.category, draft.community) == ("oil_fume", SPRING)


def test_a_poster_says_nothing_of_where_once_its_talk_has_lapsed():
    talker = Talker()
    talker.scan("e:春江花园")

    ended = talker.dialogue.silence(talker.talk)

    assert isinstance(ended.command, commands.Nothing)
    assert ended.talk.state is State.IDLE


def test_an_unknown_poster_only_greets():
    talker = Talker()

    talker.scan("e:nowhere")

    assert talker.said == texts.greeting("试验区")


CHOICES = ("oil_fume", "dust", "noise")


def unsure(talker: Talker) -> None:
    talker.report("春江花园那里太受不了了", "dust", GARDEN, confidence=0.4, choices=CHOICES)
    assert talker.talk.state is State.CATEGORY


@pytest.mark.parametrize(
    ("answer", "category"),
    [
        ("噪声", "noise"),
        ("3", "noise"),
        ("③", "noise"),
        ("第一个", "oil_fume"),
        ("２", "dust"),
        ("选2", "dust"),
    ],
)
def test_an_unclear_matter_is_chosen_by_a_tap_or_a_number(answer, category):
    talker = Talker()
    unsure(talker)

    draft = filed(talker.say(answer, "rate" if answer.isdecimal() else "unclear"))

    assert (draft.category, draft.confidence) == (category, 1.0)


def test_an_unclear_matter_is_also_settled_by_other_words():
    talker = Talker()
    unsure(talker)

    draft = filed(talker.report("是打麻将吵人", "noise", confidence=0.7))

    assert draft.category == "noise"


def test_a_category_outside_the_choices_may_be_named():
    talker = Talker()
    talker.report("春江花园受不了", "dust", GARDEN, confidence=0.4, choices=("dust", "noise"))

    assert filed(talker.say("餐饮油烟")).category == "oil_fume"


def test_none_of_the_choices_leads_to_the_others_and_then_to_who_answers():
    talker = Talker()
    talker.report("春江花园受不了", "dust", GARDEN, confidence=0.4, choices=("dust", "noise"))

    talker.tap("都不是")
    rest = talker.said
    talker.say("2")
    away = talker.said
    draft = filed(talker.tap("仍要登记"))

    assert "1餐饮油烟、2都不是" in rest
    assert "12345" in away
    assert "仍要登记" in away
    assert draft.category == "none"


def test_not_knowing_which_it_is_files_the_likeliest():
    talker = Talker()
    unsure(talker)

    assert filed(talker.say("不清楚")).category == "dust"


def test_words_that_do_not_settle_it_get_everything_to_choose_from():
    talker = Talker()
    talker.report("春江花园受不了", "dust", GARDEN, confidence=0.4, choices=("dust", "noise"))

    talker.say("就是很难受啊")
    asked = talker.said
    command = talker.say("真的很难受")

    assert "1扬尘、2噪声、3餐饮油烟、4都不是" in asked
    assert filed(command).category == "dust"
    assert not command.complete


def test_what_is_told_but_not_understood_is_chosen_from_a_list():
    talker = Talker()

    talker.say("春江花园脏乱差没人管", "unclear", "none", GARDEN)
    asked = talker.said
    draft = filed(talker.say("2", "rate"))

    assert "回复序号" in asked
    assert "2扬尘" in asked
    assert draft.category == "dust"


def test_two_tries_and_then_it_is_filed_to_be_looked_into():
    talker = Talker()

    talker.say("你们到底管不管这件事")
    talker.say("就是那个事情啊")
    command = talker.say("反正你们来看")

    assert filed(command).category == "none"
    assert not command.complete
    assert len(command.draft.messages) == 3


def test_not_knowing_where_twice_is_filed_without_a_place():
    talker = Talker()

    talker.report("灰太大", "dust")
    talker.say("不知道")
    again = talker.said
    command = talker.say("不清楚")

    assert "还缺一个地点" in again
    assert not command.complete
    assert not command.draft.placed


def test_more_of_the_matter_is_no_place_at_first():
    talker = Talker()

    talker.report("灰太大", "dust")
    talker.report("天天都是灰", "dust")
    again = talker.talk.draft.place
    draft = filed(talker.report("菜场后面的工地", "dust"))

    assert again == ""
    assert draft.place == "菜场后面的工地"


def test_an_answer_is_a_place_even_if_no_name_in_it_is_known():
    talker = Talker()

    talker.report("灰太大", "dust")

    assert filed(talker.say("老张家屋后")).place == "老张家屋后"


def test_a_place_that_nobody_knows_is_filed_at_once_and_located_later():
    talker = Talker()

    draft = filed(talker.report("无名小区油烟大", "oil_fume", UNKNOWN))

    assert (draft.place, draft.known) == ("无名小区", False)
    assert talker.talk.state is State.LOCATE


def test_a_community_named_afterwards_locates_the_ticket():
    talker = Talker()
    talker.report("无名小区油烟大", "oil_fume", UNKNOWN)

    assert talker.say("在春江花园旁边", "unclear", "none", GARDEN) == commands.Correct(1)


def test_a_position_sent_afterwards_joins_the_ticket():
    talker = Talker()
    talker.report("无名小区油烟大", "oil_fume", UNKNOWN)

    assert talker.send(Kind.LOCATION, point=HERE) == commands.Join(1)


def test_not_knowing_the_community_is_no_trouble():
    talker = Talker()
    talker.report("无名小区油烟大", "oil_fume", UNKNOWN)

    talker.say("不清楚")

    assert talker.said == texts.WILL_FIND


def test_a_new_report_after_an_unknown_place_is_a_new_one():
    talker = Talker()
    talker.report("无名小区油烟大", "oil_fume", UNKNOWN)

    assert filed(talker.report("夏荷苑灰大", "dust", COURT)).office == COURT.office


def test_a_whole_street_is_too_wide_and_asked_about_once():
    talker = Talker()

    talker.report("东街道灰大", "dust", STREET)
    asked = talker.said
    draft = filed(talker.say("菜场门口"))

    assert asked.startswith("“东街道”的哪里")
    assert (draft.place, draft.office) == ("东街道菜场门口", EAST)


def test_a_whole_street_is_filed_where_more_is_not_known():
    talker = Talker()
    talker.report("东街道灰大", "dust", STREET)

    command = talker.say("不清楚")

    assert filed(command).office == EAST
    assert command.complete


def test_a_name_inside_a_street_makes_it_narrow():
    talker = Talker()
    talker.report("东街道灰大", "dust", STREET)

    draft = filed(talker.say("无名小区", "unclear", "none", UNKNOWN))

    assert (draft.place, draft.office, draft.wide) == ("东街道无名小区", EAST, False)


def test_a_street_named_after_the_estate_tells_the_office():
    talker = Talker()
    talker.report("无名小区旁边太吵受不了", "noise", UNKNOWN, confidence=0.4, choices=CHOICES)

    talker.say("属于东街道的", "unclear", "none", STREET)
    draft = filed(talker.say("噪声"))

    assert (draft.place, draft.office, draft.wide) == ("无名小区（东街道）", EAST, False)


def test_a_place_in_the_next_district_is_answered_with_who_is_responsible():
    talker = Talker()

    talker.report("冬社区灰大", "dust", ABROAD)

    assert "邻区" in talker.said
    assert "邻区12345热线" in talker.said
    assert talker.talk.state is State.OUTSIDE


def test_a_name_that_only_resembles_one_next_door_is_filed():
    guessed = replace(ABROAD, text="冬社路", score=0.7)

    assert filed(Talker().report("冬社路灰大", "dust", guessed)).district == "1002"


def test_who_says_it_is_ours_after_all_may_go_on():
    talker = Talker()
    talker.report("冬社区灰大", "dust", ABROAD)

    draft = filed(talker.say("其实在春江花园", "unclear", "none", GARDEN))

    assert (draft.category, draft.office) == ("dust", EAST)


def test_thanks_after_being_sent_next_door_end_it():
    talker = Talker()
    talker.report("冬社区灰大", "dust", ABROAD)

    talker.say("好的", "thanks")
    ended = talker.dialogue.silence(talker.talk)

    assert talker.said == texts.WELCOME
    assert isinstance(ended.command, commands.Nothing)


def test_another_report_after_being_sent_next_door_is_its_own():
    talker = Talker()
    talker.report("冬社区灰大", "dust", ABROAD)

    draft = filed(talker.report("春江花园油烟大", "oil_fume", GARDEN))

    assert (draft.category, draft.office, draft.text) == ("oil_fume", EAST, "春江花园油烟大")


def test_more_words_after_being_sent_next_door_ask_where():
    talker = Talker()
    talker.report("冬社区灰大", "dust", ABROAD)

    talker.report("就是那个工地灰大", "dust")

    assert talker.talk.state is State.WHERE


def test_a_position_settles_that_it_is_ours_after_all():
    talker = Talker()
    talker.report("冬社区灰大", "dust", ABROAD)

    draft = filed(talker.send(Kind.LOCATION, point=HERE))

    assert (draft.category, draft.point, draft.office) == ("dust", HERE, "")


def test_a_photo_after_being_sent_elsewhere_begins_a_report_of_its_own():
    talker = Talker()
    talker.say("公司不发工资", "not_ours")

    talker.photo()

    assert talker.talk.state is State.WHAT
    assert talker.talk.draft.texts == ()


def test_a_name_borne_twice_is_chosen():
    talker = Talker()

    talker.report("人民小区灰大", "dust", TWICE)
    asked = talker.said
    draft = filed(talker.tap("东街道"))

    assert "东街道" in asked
    assert "邻区南街道" in asked
    assert draft.office == EAST


@pytest.mark.parametrize("answer", ["2", "邻区南街道", "邻区那个"])
def test_the_namesake_next_door_is_sent_there(answer):
    talker = Talker()
    talker.report("人民小区灰大", "dust", TWICE)

    talker.say(answer)

    assert talker.talk.state is State.OUTSIDE
    assert talker.talk.draft.office == SOUTH


def test_a_position_settles_which_namesake_it_is():
    talker = Talker()
    talker.report("人民小区灰大", "dust", TWICE)

    assert filed(talker.send(Kind.LOCATION, point=HERE)).point == HERE


def test_a_namesake_that_stays_open_goes_to_the_desk():
    talker = Talker()
    talker.report("人民小区灰大", "dust", TWICE)

    talker.say("不知道")
    command = talker.say("真的不知道")

    assert filed(command).office == ""
    assert not command.complete


def test_what_is_anothers_matter_says_who_answers_and_is_dropped_in_silence():
    talker = Talker()

    talker.say("公司不发工资", "not_ours")
    ended = talker.dialogue.silence(talker.talk)

    assert "12345" in talker.said
    assert "1餐饮油烟" in talker.said
    assert isinstance(ended.command, commands.Nothing)


@pytest.mark.parametrize(("answer", "category"), [("2", "dust"), ("噪声", "noise")])
def test_what_was_misread_as_anothers_is_filed_by_its_number(answer, category):
    talker = Talker()
    talker.say("春江花园那家店的事", "not_ours", "none", GARDEN)

    assert filed(talker.say(answer, "rate" if answer == "2" else "report", category)).category == category


def test_what_was_misread_as_anothers_may_be_told_again():
    talker = Talker()
    talker.say("春江花园那家店的事", "not_ours", "none", GARDEN)

    draft = filed(talker.report("烟太大了", "oil_fume"))

    assert (draft.category, draft.office, len(draft.messages)) == ("oil_fume", EAST, 2)


def test_something_else_after_being_sent_elsewhere_is_something_else():
    talker = Talker()
    talker.say("公司不发工资", "not_ours")

    talker.say("还有社保也不交呢", "not_ours")

    assert talker.talk.state is State.ELSEWHERE
    assert talker.talk.draft.texts == ("还有社保也不交呢",)


def test_anothers_matter_in_answer_to_what_says_who_answers():
    talker = Talker()
    talker.say("春江花园", "unclear", "none", GARDEN)

    talker.say("电梯坏了", "not_ours")

    assert talker.talk.state is State.ELSEWHERE


def test_anothers_words_in_answer_to_where_are_an_answer():
    talker = Talker()
    talker.report("灰太大", "dust")

    assert filed(talker.say("学校门口", "not_ours")).place == "学校门口"


def test_insisting_without_a_place_asks_where():
    talker = Talker()
    talker.say("公司不发工资", "not_ours")

    talker.tap("仍要登记")
    asked = talker.said
    draft = filed(talker.say("夏荷苑", "unclear", "none", COURT))

    assert asked.startswith("记下了。请问在哪里")
    assert draft.category == "none"


def test_the_phone_s_position_is_offered_and_counts_only_when_it_is_taken():
    talker = Talker()
    talker.here = HERE

    talker.report("灰太大", "dust")
    offered, unused = talker.said, talker.talk.draft.point
    draft = filed(talker.tap("就在这里"))

    assert "就在这里" in offered
    assert unused is None
    assert draft.point == HERE


def test_here_without_a_position_is_no_place_to_be_found():
    talker = Talker()

    talker.report("灰太大", "dust")
    talker.say("不知道")

    assert "就在这里" not in talker.said


@pytest.mark.parametrize("words", ["[微笑]", "😡😡", "/::)", "。。。", "[强][强]"])
def test_stickers_are_no_answer(words):
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.say(words)

    assert "在哪里" in talker.said
    assert talker.talk.draft.place == ""


def test_a_sticker_out_of_the_blue_is_answered_kindly():
    talker = Talker()

    talker.say("[微笑]")

    assert talker.said == texts.STICKER


@pytest.mark.parametrize(
    ("words", "intent"), [("满意", "rate"), ("进度", "progress"), ("催一下", "urge"), ("谢谢", "thanks")]
)
def test_what_is_asked_in_between_is_no_place_and_the_question_stays(words, intent):
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.say(words, intent)

    assert talker.talk.state is State.WHERE
    assert talker.talk.draft.place == ""
    assert talker.last is not None
    assert "在哪里" in talker.last.suffix


def test_help_in_between_does_not_lose_the_question():
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.say("怎么用", "help")

    assert "找人工" in talker.said
    assert "在哪里" in talker.said


def test_giving_it_up_drops_the_report():
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.say("算了", "withdraw")

    assert talker.said == texts.DRAFT_DROPPED
    assert talker.talk.draft.empty


def test_not_this_place_asks_again():
    talker = Talker()
    talker.report("人民小区灰大", "dust", TWICE)

    talker.say("不是这里", "unclear")

    assert talker.talk.state is State.WHERE
    assert talker.talk.draft.place == ""


def test_many_photos_do_not_get_as_many_questions():
    talker = Talker()

    talker.photo()
    first = talker.said
    talker.photo()

    assert "什么问题" in first
    assert talker.said == texts.ANOTHER
    assert len(talker.talk.draft.attachments) == 2


def test_a_photo_in_answer_to_where_is_kept_and_the_question_put_again():
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.photo()

    assert "在哪里" in talker.said
    assert len(talker.talk.draft.attachments) == 1


def test_a_photo_at_a_scanned_poster_asks_what_is_there():
    talker = Talker()
    talker.scan("e:春江花园")

    talker.photo()

    assert "“春江花园”那里是什么问题" in talker.said


@pytest.mark.parametrize("words", ["啊", "？！", "1"])
def test_a_few_characters_begin_no_report(words):
    talker = Talker()

    talker.say(words, "rate" if words == "1" else "unclear")

    assert talker.talk.draft.empty


def test_a_long_greeting_tells_of_something():
    talker = Talker()

    talker.say("您好，我是春江花园的住户，想说说这里的情况", "greeting", "none", GARDEN)

    assert talker.talk.state is State.CATEGORY


def test_a_polite_report_is_a_report():
    talker = Talker()

    assert filed(talker.say("麻烦了，春江花园灰大", "thanks", "dust", GARDEN)).category == "dust"


def test_silence_files_what_was_told():
    talker = Talker()
    talker.report("灰太大", "dust")

    ended = talker.dialogue.silence(talker.talk)

    assert filed(ended.command).category == "dust"
    assert not ended.command.complete
    assert ended.talk.state is State.IDLE


def test_silence_after_mere_chatter_files_nothing():
    talker = Talker()
    talker.say("你们到底管不管这件事")

    assert isinstance(talker.dialogue.silence(talker.talk).command, commands.Nothing)


def test_an_emergency_gets_the_numbers_at_once():
    talker = Talker()

    talker.say("着火了", "emergency")

    assert "119" in talker.said
    assert "110" not in talker.said


def test_an_emergency_of_no_known_kind_gets_all_numbers():
    talker = Talker()

    talker.say("快来啊", "emergency")

    assert all(number in talker.said for number in ("110", "119", "120"))


@pytest.mark.parametrize(("words", "number"), [("撞车了", "122"), ("有人晕倒", "120"), ("有人打架", "110")])
def test_each_emergency_has_its_number(words, number):
    talker = Talker()

    talker.say(words, "emergency")

    assert number in talker.said


def test_pollution_told_with_an_emergency_is_filed_as_well():
    talker = Talker()

    draft = filed(talker.say("春江花园烟道着火", "emergency", "oil_fume", GARDEN, urgency=2))

    assert talker.last is not None
    assert "119" in talker.last.prefix
    assert draft.urgency == 2


def test_an_emergency_does_not_lose_the_report_under_way():
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.say("着火了", "emergency")

    assert talker.talk.state is State.WHERE
    assert "在哪里" in talker.said


def test_a_person_is_called_with_the_next_words():
    talker = Talker()

    talker.say("人工", "human")
    asked = talker.said
    draft = filed(talker.say("我们这边电梯坏了", "not_ours"))

    assert "调度台" in asked
    assert "88880000" in asked
    assert draft.human
    assert draft.category == "none"


def test_a_person_is_called_with_what_is_being_told():
    talker = Talker()
    talker.report("灰太大", "dust")

    draft = filed(talker.say("转人工", "human"))

    assert draft.human
    assert draft.category == "dust"


def test_who_called_a_person_and_said_nothing_more_files_nothing():
    talker = Talker()
    talker.say("人工", "human")

    assert isinstance(talker.dialogue.silence(talker.talk).command, commands.Nothing)


def test_words_right_after_filing_belong_to_that_ticket():
    talker = Talker()
    talker.report("春江花园灰大", "dust", GARDEN)

    assert talker.report("天天晚上这样，小孩咳嗽", "dust") == commands.Join(1)
    assert talker.say("希望尽快来看看吧") == commands.Join(1)


def test_words_an_hour_after_filing_are_a_matter_of_their_own():
    talker = Talker()
    talker.report("春江花园灰大", "dust", GARDEN)
    talker.wait(hours=1)

    talker.report("晚上吵得睡不着", "noise")

    assert talker.talk.state is State.WHERE


def test_a_photo_within_three_days_joins_the_ticket_and_later_begins_a_report():
    talker = Talker()
    talker.report("春江花园灰大", "dust", GARDEN)

    talker.wait(hours=71)
    soon = talker.photo()
    talker.wait(hours=2)
    talker.photo()

    assert soon == commands.Join(1)
    assert talker.talk.state is State.WHAT


def test_a_photo_joins_the_newest_open_ticket_where_the_one_talked_of_is_over():
    talker = Talker(cases=[case(1, Status.CLOSED), case(2)])
    talker.talk = talker.talk.about(1)

    assert talker.photo() == commands.Join(2)


def test_a_tap_on_an_old_question_is_no_new_report():
    talker = Talker()

    talker.say("扬尘", "report", "dust", menu_id="0")

    assert talker.said == texts.TAP_LAPSED


@pytest.mark.parametrize(
    ("key", "words"),
    [("report", texts.REPORT_HOW), ("urge", texts.NOTHING_TO_URGE), ("help", "找人工"), ("?", "找人工")],
)
def test_the_menu_answers(key, words):
    talker = Talker()

    talker.press(key)

    assert words in talker.said


def test_the_menu_does_not_lose_a_question():
    talker = Talker()
    talker.report("灰太大", "dust")

    talker.press("report")
    again = talker.said
    talker.press("progress")

    assert "在哪里" in again
    assert talker.last is not None
    assert "在哪里" in talker.last.suffix
    assert talker.talk.state is State.WHERE


def test_the_menu_shows_progress_and_one_s_data_and_calls_a_person():
    talker = Talker(cases=[case(1)])

    assert talker.press("progress") == commands.Progress()
    assert talker.press("privacy") == commands.Export()
    assert talker.press("urge") == commands.Urge(1)
    assert talker.press("human").for_desk


def test_kinds_that_say_nothing_are_not_answered():
    assert Talker().send(Kind.OTHER) == commands.Nothing()


def test_the_clearer_of_two_matters_is_the_main_one():
    talker = Talker()

    talker.report("又吵又脏", "noise", confidence=0.7)
    draft = filed(talker.report("春江花园灰大", "dust", GARDEN, confidence=0.65, also=("oil_fume",)))

    assert (draft.category, draft.also) == ("noise", ("dust", "oil_fume"))


def test_what_a_resident_does_not_say_is_not_guessed():
    talker = Talker()

    talker.say("春江花园那里的事情", "unclear", "oil_fume", GARDEN, confidence=0.08)

    assert talker.talk.draft.category == ""


def test_an_estate_of_a_community_has_a_poster_of_its_own():
    zone = a_zone()
    tree = zone.model_dump()
    tree["districts"][0]["offices"][0]["communities"][SPRING]["estates"] = ["小春园"]

    scene = posters(Zone.model_validate(tree))["e:小春园"]

    assert (scene.place, scene.office, scene.community) == ("小春园", EAST, SPRING)
