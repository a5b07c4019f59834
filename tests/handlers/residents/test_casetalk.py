"""Talking of tickets that are there: which one is meant, and what is done with it."""

from datetime import timedelta

import pytest

from handlers.residents import commands
from handlers.residents.incoming import Datum, Kind, Point
from handlers.residents.talk import State
from handlers.rules.lifecycle import Status
from handlers.texts import dialogue as texts
from tests.clock import TUESDAY_MORNING
from tests.handlers.residents.world import COURT, GARDEN, Talker, case

NUMBER = "GX20261124-0001"
OTHER = "GX20261124-0002"
STRANGER = "GX20261124-0099"


def one(status: Status = Status.DISPATCHED, **values) -> Talker:
    return Talker(cases=[case(1, status, **values)])


def two() -> Talker:
    """An old ticket at the garden, a new one at the court."""
    return Talker(cases=[case(1, place_key="春江花园"), case(2, place_key="夏荷苑")])


def test_progress_is_shown_of_all_or_of_the_one_that_is_named():
    assert one().say("进度", "progress") == commands.Progress()
    assert one().say(NUMBER, "progress", ticket=NUMBER) == commands.Progress(NUMBER)


def test_a_ticket_whose_progress_was_asked_is_the_one_talked_of():
    talker = two()

    talker.say(NUMBER, "progress", ticket=NUMBER)

    assert talker.say("补充一下，晚上更厉害", "supplement") == commands.Join(1)


def test_a_number_with_a_story_is_a_supplement():
    talker = one()

    command = talker.say(f"{NUMBER} 那家店又冒烟了", "progress", "oil_fume", ticket=NUMBER)

    assert command == commands.Join(1)


def test_a_supplement_joins_the_newest_open_ticket():
    assert two().say("补充一下，晚上更厉害", "supplement") == commands.Join(2)


def test_a_supplement_joins_the_ticket_whose_number_or_place_is_named():
    assert two().say(f"补充{NUMBER}", "supplement", ticket=NUMBER) == commands.Join(1)
    assert two().say("补充：春江花园晚上更厉害", "supplement", "none", GARDEN) == commands.Join(1)


def test_a_supplement_to_somebody_else_s_number_is_refused():
    talker = one()

    talker.say(f"补充{STRANGER}：灰大", "supplement", ticket=STRANGER)

    assert talker.said == texts.NOT_YOURS


def test_a_supplement_without_a_ticket_is_a_report():
    talker = Talker()

    assert isinstance(talker.say("补充：春江花园灰大", "supplement", "dust", GARDEN), commands.File)


def test_a_bare_supplement_without_a_ticket_says_so():
    talker = Talker()

    talker.say("补充", "supplement")

    assert talker.said == texts.NO_TICKETS


def test_a_bare_supplement_asks_what_and_takes_the_next_words():
    talker = two()

    talker.say("我要补充", "supplement")
    asked = talker.said
    command = talker.report("夏荷苑那边晚上灰大", "dust", COURT)

    assert OTHER in asked
    assert command == commands.Join(2)


def test_what_was_to_be_added_is_forgotten_after_a_day():
    talker = one(created_at=TUESDAY_MORNING - timedelta(days=5))
    talker.say("我要补充", "supplement")

    talker.wait(hours=25)
    talker.report("晚上吵得睡不着", "noise")

    assert talker.talk.state is State.WHERE


@pytest.mark.parametrize("words", ["更正", "地点不对", "不是这里", "我写错了", "类别错了"])
def test_a_bare_correction_asks_what_is_right(words):
    talker = one()

    talker.say(words, "correction")
    asked = talker.said
    command = talker.say("春江花园5栋", "unclear", "none", GARDEN)

    assert asked == texts.correct_how()
    assert command == commands.Correct(1)


def test_a_position_after_a_bare_correction_is_the_right_place():
    talker = one()
    talker.say("地点不对", "correction")

    command = talker.send(Kind.LOCATION, point=Point(26.9, 112.6, Datum.GCJ02, "北门"))

    assert command == commands.Correct(1)


def test_the_question_what_is_right_lapses_after_a_day():
    talker = one()
    talker.say("更正", "correction")

    talker.wait(hours=25)
    talker.report("晚上吵得睡不着", "noise")

    assert talker.talk.state is State.WHERE


def test_something_else_is_no_answer_to_what_is_right():
    talker = one()
    talker.say("更正", "correction")

    assert talker.say("进度", "progress") == commands.Progress()


def test_a_full_correction_is_carried_out():
    assert one().say("更正：不是扬尘，是噪声", "correction", "noise") == commands.Correct(1)


def test_a_bare_correction_without_a_ticket_says_so():
    talker = Talker()

    talker.say("更正", "correction")

    assert talker.said == texts.NO_TICKETS


def test_urging_takes_the_ticket_that_is_named_or_the_newest():
    assert two().say(f"催{NUMBER}", "urge", ticket=NUMBER) == commands.Urge(1)
    assert two().say("催一下", "urge") == commands.Urge(2)


def test_urging_somebody_else_s_ticket_is_refused():
    talker = one()

    talker.say(f"催{STRANGER}", "urge", ticket=STRANGER)

    assert talker.said == texts.NOT_YOURS


def test_urging_what_is_over_says_so():
    talker = one(Status.RESOLVED)

    talker.say("催一下", "urge")

    assert "已办结" in talker.said
    assert "不满意" in talker.said


def test_urging_without_any_ticket_says_so():
    talker = Talker()

    talker.say("催一下", "urge")

    assert talker.said == texts.NOTHING_TO_URGE


def test_why_does_nobody_come_may_be_a_first_report():
    talker = Talker()

    assert isinstance(talker.say("春江花园灰大怎么没人管", "urge", "dust", GARDEN), commands.File)


def test_urging_while_telling_urges_the_open_ticket_and_asks_again():
    talker = one(created_at=TUESDAY_MORNING - timedelta(days=1))
    talker.report("晚上吵得睡不着", "noise")

    command = talker.say("催一下", "urge")

    assert command == commands.Urge(1)
    assert talker.talk.state is State.WHERE


def test_urging_what_is_not_filed_yet_says_what_is_missing():
    talker = Talker()
    talker.report("晚上吵得睡不着", "noise")

    talker.say("快点处理", "urge")

    assert texts.NOT_FILED_YET in talker.said
    assert "在哪里" in talker.said


def test_urging_a_stranger_s_number_while_telling_is_refused():
    talker = Talker()
    talker.report("晚上吵得睡不着", "noise")

    talker.say(f"催{STRANGER}", "urge", ticket=STRANGER)

    assert texts.NOT_YOURS in talker.said


def test_adding_to_a_numbered_ticket_while_telling_another():
    talker = one(created_at=TUESDAY_MORNING - timedelta(days=1))
    talker.report("晚上吵得睡不着", "noise")

    command = talker.say(f"补充{NUMBER}", "supplement", ticket=NUMBER)

    assert command == commands.Join(1)
    assert talker.talk.state is State.WHERE


def test_a_ticket_is_taken_back_only_after_a_yes():
    talker = one()

    talker.say("撤回", "withdraw")
    asked = talker.said
    command = talker.tap("确认撤回")

    assert NUMBER in asked
    assert "扬尘" in asked
    assert command == commands.Withdraw(1)


def test_a_ticket_is_kept_after_a_no():
    talker = one()
    talker.say("撤回", "withdraw")

    talker.tap("不撤回")

    assert talker.said == texts.KEPT_GOING


def test_anything_else_than_yes_or_no_is_taken_for_what_it_is():
    talker = one()
    talker.say("撤回", "withdraw")

    command = talker.say("进度", "progress")

    assert command == commands.Progress()
    assert talker.talk.state is State.IDLE


def test_a_yes_two_days_late_takes_nothing_back():
    talker = one()
    talker.say("撤回", "withdraw")

    talker.wait(days=2)
    talker.say("确认撤回")

    assert isinstance(talker.last.command, commands.Say)


def test_the_ticket_that_is_named_is_taken_back():
    talker = two()

    talker.say(f"撤回{NUMBER}", "withdraw", ticket=NUMBER)

    assert talker.tap("确认撤回") == commands.Withdraw(1)


def test_taking_a_ticket_back_does_not_lose_the_report_under_way():
    talker = one(created_at=TUESDAY_MORNING - timedelta(days=1))
    talker.report("晚上吵得睡不着", "noise")

    talker.say(f"撤回{NUMBER}", "withdraw", ticket=NUMBER)
    command = talker.tap("确认撤回")

    assert command == commands.Withdraw(1)
    assert talker.talk.state is State.WHERE
    assert talker.talk.draft.category == "noise"


@pytest.mark.parametrize(
    ("talker", "number", "words"),
    [
        (Talker(), "", texts.NOTHING_TO_WITHDRAW),
        (one(), STRANGER, texts.NOT_YOURS),
        (one(Status.CLOSED), NUMBER, texts.withdraw_too_late(NUMBER, "已归档")),
    ],
)
def test_what_cannot_be_taken_back_is_said(talker, number, words):
    talker.say(f"撤回{number}", "withdraw", ticket=number)

    assert talker.said == words


@pytest.mark.parametrize(
    ("words", "satisfied"),
    [
        ("满意", True),
        ("不满意", False),
        ("已经解决了", True),
        ("还是很吵", False),
        ("没有解决", False),
        ("5分", True),
    ],
)
def test_a_verdict_is_good_or_bad(words, satisfied):
    assert one(Status.RESOLVED).say(words, "rate") == commands.Rate(1, satisfied)


@pytest.mark.parametrize("words", ["1", "评价", "一般"])
def test_what_is_no_verdict_is_asked_back(words):
    talker = one(Status.RESOLVED)

    talker.say(words, "rate")

    assert "msgmenuid=12" in talker.said
    assert "msgmenuid=11" in talker.said


def test_a_tapped_verdict_is_for_the_ticket_it_was_asked_of():
    talker = Talker(cases=[case(1, Status.RESOLVED), case(2, Status.RESOLVED)])

    assert talker.say("满意", "rate", menu_id="12") == commands.Rate(1, satisfied=True)


def test_a_tapped_verdict_on_a_stranger_s_ticket_is_none():
    talker = one(Status.RESOLVED)

    talker.say("满意", "rate", menu_id="992")

    assert talker.said == texts.NOTHING_TO_RATE


def test_a_tap_with_a_number_that_no_ticket_has_is_a_word_like_any_other():
    assert one(Status.RESOLVED).say("满意", "rate", menu_id="9" * 5000) == commands.Rate(1, satisfied=True)


def test_a_verdict_on_an_unrated_closed_ticket_counts():
    assert one(Status.CLOSED).say("不满意", "rate") == commands.Rate(1, satisfied=False)


def test_a_second_verdict_is_not_needed():
    talker = one(Status.CLOSED, rated=True)

    talker.say("满意", "rate", ticket=NUMBER)

    assert talker.said == texts.rated_already(NUMBER, "已归档")


def test_a_verdict_before_the_end_is_a_word_to_the_office():
    command = one().say("根本没解决", "rate")

    assert command == commands.Join(1, texts.heard_early(NUMBER, "已派单"))


def test_an_early_verdict_on_a_named_ticket_is_a_word_to_its_office():
    assert two().say(f"{NUMBER}没解决", "rate", ticket=NUMBER).ticket_id == 1


def test_a_verdict_without_any_ticket_is_thanked_for():
    talker = Talker()

    talker.say("满意", "rate")

    assert talker.said == texts.NOTHING_TO_RATE


def test_words_after_a_bad_verdict_are_its_reason():
    talker = one(Status.RESOLVED)
    talker.say("不满意", "rate")

    assert talker.talk.state is State.WHY
    assert talker.report("晚上还是很吵", "noise") == commands.Join(1)
    assert talker.talk.state is State.IDLE


def test_a_question_after_a_bad_verdict_is_a_question():
    talker = one(Status.RESOLVED)
    talker.say("不满意", "rate")

    assert talker.say("进度", "progress") == commands.Progress()


def test_the_question_why_lapses_after_a_day():
    talker = one(Status.RESOLVED)
    talker.say("不满意", "rate")

    talker.wait(hours=25)
    talker.report("晚上吵得睡不着", "noise")

    assert talker.talk.state is State.WHERE


def test_a_person_is_called_to_the_open_ticket():
    command = one().say("人工", "human")

    assert (command.ticket_id, command.for_desk) == (1, True)
    assert "88880000" in command.answer


def test_words_after_calling_a_person_join_the_ticket():
    talker = one()
    talker.say("人工", "human")

    assert talker.say("我想问一下什么时候来", "unclear") == commands.Join(1)


def test_erasing_asks_first_and_lapses():
    talker = one()

    talker.say("删除我的信息", "privacy")
    asked = talker.said
    command = talker.tap("确认删除")

    assert asked == texts.ERASE_SURE
    assert command == commands.Erase()


def test_a_late_yes_erases_nothing():
    talker = one()
    talker.say("删除我的信息", "privacy")

    talker.wait(days=2)

    assert talker.say("确认删除") != commands.Erase()


def test_not_erasing_after_all_goes_on_with_the_report_under_way():
    talker = Talker()
    talker.report("晚上吵得睡不着", "noise")

    talker.say("删除我的信息", "privacy")
    talker.tap("不删除")

    assert texts.NOT_ERASED in talker.said
    assert "在哪里" in talker.said
    assert talker.talk.state is State.WHERE


def test_silence_before_erasing_files_the_report_under_way():
    talker = Talker()
    talker.report("晚上吵得睡不着", "noise")
    talker.say("删除我的信息", "privacy")

    assert isinstance(talker.dialogue.silence(talker.talk).command, commands.File)


@pytest.mark.parametrize("words", ["导出我的信息", "你们存了我什么信息"])
def test_one_s_data_is_told_on_request(words):
    assert one().say(words, "privacy") == commands.Export()


def test_worries_about_privacy_are_answered():
    talker = one()

    talker.say("会保密吗", "privacy")

    assert talker.said == texts.CONFIDENTIAL


def test_an_anonymous_report_is_a_report():
    talker = Talker()

    assert isinstance(talker.say("匿名举报春江花园灰大", "privacy", "dust", GARDEN), commands.File)


def test_thanks_promise_news_only_where_there_will_be_some():
    waiting, idle = one(), Talker()

    waiting.say("谢谢", "thanks")
    idle.say("谢谢", "thanks")

    assert (waiting.said, idle.said) == (texts.THANKS, texts.WELCOME)
