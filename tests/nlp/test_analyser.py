import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import Analyser, Gazetteer
from nlp.lexicon_file import parse_lexicon
from nlp.normalise import MAX_CHARS
from tests.nlp.conftest import HUAXING
from tests.nlp.test_lexicon_file import text_of


def test_a_report_tells_category_place_office_and_why(analyser):
    found = analyser.analyse("富民花苑3栋楼下烧烤店油烟太大,没法开窗")

    assert (found.intent, found.primary) == ("report", "oil_fume")
    assert found.places[0].text == "富民花苑3栋"
    assert found.office == HUAXING
    assert any("油烟" in word for word in {evidence.word for evidence in found.why})


def test_a_ticket_number_is_read_however_it_is_typed(analyser):
    for typed in ("GX20261124-0042", "gx20261124-0042", "ＧＸ２０２６１１２４－００４２", "gx 20261124 0042"):
        found = analyser.analyse(typed)

        assert (found.ticket, found.intent) == ("GX20261124-0042", "progress"), typed


def test_a_place_alone_is_unclear_and_keeps_its_place(analyser):
    found = analyser.analyse("富民花苑3栋")

    assert (found.intent, found.primary) == ("unclear", "none")
    assert found.office == HUAXING


def test_an_unclear_report_offers_two_or_three_categories(analyser):
    found = analyser.analyse("那边有味道")

    assert found.intent == "report"
    assert 2 <= len(found.choices) <= 3
    assert "none" not in found.choices


def test_a_clear_report_offers_none(analyser):
    assert analyser.analyse("楼下饭店油烟直排，熏得睡不着").choices == ()


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("楼下太吵", 0),
        ("油烟熏得头晕", 1),
        ("化工厂废气熏得幼儿园的孩子头晕呕吐", 2),
        ("着火了", 2),
        ("半夜施工，学校旁边，投诉多次没人管，居民们受不了", 1),
    ],
)
def test_danger_illness_and_the_weak_raise_urgency(analyser, text, urgency):
    assert analyser.analyse(text).urgency == urgency


def test_flags_say_what_raised_it(analyser):
    flags = analyser.analyse("每晚通宵，投诉多次没人管，老人小孩都头晕").flags

    assert {"night", "repeated", "vulnerable", "illness"} <= set(flags)


def test_a_letter_about_another_matter_is_not_ours(analyser):
    letter = "您好，我是小区业主，" + "房子买了三年一直没有办下来产权证，合同上写明一年办好，" * 3

    assert analyser.analyse(letter).intent == "not_ours"


def test_a_long_tale_of_nothing_known_is_not_ours_only_when_sure(analyser):
    assert analyser.analyse("甲乙丙丁" * 30).intent in {"unclear", "not_ours"}


def test_a_strong_word_in_a_letter_is_no_emergency(analyser):
    letter = "楼下饭店油烟直排，" + "我们投诉了很多次都没有用，" * 8 + "万一着火了怎么办"

    assert analyser.analyse(letter).intent == "report"


def test_the_office_is_empty_where_no_place_decides_it(analyser):
    assert analyser.analyse("楼下太吵").office == ""


@given(text=st.text(max_size=300))
def test_any_text_is_taken(analyser, lexicon, text):
    found = analyser.analyse(text)

    assert found.intent in lexicon.intents
    assert found.primary in lexicon.codes
    assert found.primary not in found.also
    assert 0 < found.confidence <= 1
    assert len(found.places) <= 3
    assert found == analyser.analyse(text)


PIECES = (
    "富民花苑",
    "A3区",
    "5栋",
    "油烟",
    "没有",
    "了",
    "GX20261124-0042",
    "撤回",
    "路",
    "的",
    "！",
    "\n",
    "三",
    "组",
    "河",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_places_are_verbatim(analyser, text):
    for place in analyser.analyse(text).places:
        assert place.text in text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "河" * 1_000_000,
        "（" * 100_000,
        "😡" * 100_000,
        "\n" * 100_000,
        "GX" * 50_000,
        "怎么还没" * 20_000,
        "1点" * 9_999,
    ],
)
def test_a_hostile_text_is_bounded(analyser, text):
    assert len(analyser.analyse(text).text) <= MAX_CHARS


@pytest.mark.parametrize("text", ["你好，楼下饭店油烟太大，非常感谢", "领导好，工地半夜施工，给你们点赞"])
def test_politeness_does_not_hide_a_report(analyser, text):
    assert analyser.analyse(text).intent == "report"


@pytest.mark.parametrize(("bias", "intent"), [(3.6, "report"), (9.0, "unclear")])
def test_a_named_nuisance_is_a_report_unless_another_matter_is_far_likelier(bias, intent):
    analyser = Analyser(parse_lexicon(text_of(bias={"none": bias})), Gazetteer(()))

    found = analyser.analyse("太吵")

    assert (found.primary, found.intent) == ("none", intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("GX20261124-0042 撤回", "withdraw"), ("催办GX20261124-0042", "urge"), ("GX20261124-0042", "progress")],
)
def test_what_is_said_beside_a_number_counts(analyser, text, intent):
    assert analyser.analyse(text).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("厨房起火了快来人", "emergency"),
        ("消防通道被堵了，起火了怎么办", "not emergency"),
        ("存在火灾隐患", "not emergency"),
        ("去年这里发生爆炸", "not emergency"),
    ],
)
def test_an_emergency_is_one_that_happens_now(analyser, text, intent):
    assert (analyser.analyse(text).intent == "emergency") == (intent == "emergency")
