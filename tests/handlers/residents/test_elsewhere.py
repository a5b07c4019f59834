"""What others answer for, and how to have it filed all the same."""

import pytest

from handlers.residents import commands
from handlers.residents.talk import State
from tests.handlers.residents.world import COURT, EAST, GARDEN, Talker, filed


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
