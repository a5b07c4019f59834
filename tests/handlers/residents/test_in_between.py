"""Photos, stickers, silence, emergencies and the menu, while a report is told or not."""

import pytest

from handlers.residents import commands
from handlers.residents.incoming import Kind
from handlers.residents.posters import posters
from handlers.residents.talk import State
from handlers.rules.lifecycle import Status
from handlers.rules.zone import Zone
from handlers.texts import dialogue as texts
from tests.handlers.residents.world import EAST, GARDEN, HERE, SPRING, TWICE, Talker, a_zone, case, filed


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


def test_silence_after_a_word_or_two_files_nothing():
    talker = Talker()
    talker.say("管不管")

    assert isinstance(talker.dialogue.silence(talker.talk).command, commands.Nothing)


def test_silence_after_words_that_nobody_understood_leaves_them_to_the_desk():
    talker = Talker()
    talker.say("你们到底管不管这件事")

    assert filed(talker.dialogue.silence(talker.talk).command).category == "none"


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
