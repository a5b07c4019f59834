"""Telling a report: what the chat asks, and when it files."""

import pytest

from handlers.residents import commands
from handlers.residents.incoming import Datum, Kind, Media, Point
from handlers.residents.talk import State
from handlers.texts import dialogue as texts
from tests.handlers.residents.world import COURT, EAST, GARDEN, HERE, SPRING, Talker, filed, understood


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


def test_the_same_question_is_not_put_twice():
    talker = Talker()
    talker.report("春江花园受不了", "dust", GARDEN, confidence=0.4, choices=("dust", "noise"))
    first = talker.said

    talker.report("春江花园受不了", "dust", GARDEN, confidence=0.4, choices=("dust", "noise"))
    second = talker.said
    command = talker.say("说了多少遍了")

    assert first != second
    assert "1扬尘、2噪声、3餐饮油烟、4都不是" in second
    assert filed(command).category == "dust"
