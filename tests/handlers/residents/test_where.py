"""Where a report lies: unknown, wide, next door, or twice."""

from dataclasses import replace

import pytest

from handlers.residents import commands
from handlers.residents.incoming import Kind
from handlers.residents.talk import State
from handlers.texts import dialogue as texts
from tests.handlers.residents.world import (
    ABROAD,
    COURT,
    EAST,
    GARDEN,
    HERE,
    SOUTH,
    STREET,
    TWICE,
    UNKNOWN,
    Talker,
    filed,
)


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
    talker.report(
        "无名小区旁边太吵受不了", "noise", UNKNOWN, confidence=0.4, choices=("oil_fume", "dust", "noise")
    )

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
