import pytest

from handlers.lexicon.sheets import read
from handlers.offices.errors import Invalid
from handlers.texts.lexicon import misled, told
from tests.nlp.small import TEXT


def test_a_text_is_kept_as_it_was_written_but_for_windows_line_ends(zone):
    assert read(zone, TEXT.replace("\n", "\r\n")).text == TEXT


@pytest.mark.parametrize(
    ("slip", "repaired", "told_words"),
    [
        ("oil_fume: {strong", "oil_fumes: {strong", ("speaks_for.oil_fumes", "没有这个类别")),
        ("ask_below: 0.5", "ask_below: high", ("ask_below", "要写成数")),
        ("near: 10", "near: [10", ("格式不对",)),
        ("signs: {night: [半夜]}", "signs: {night: 半夜}", ("signs.night", "列表")),
        ("  noise: 噪声", "  noise: 噪声\n  smoke: 烟", ("categories.smoke", "配置里没有")),
    ],
)
def test_a_mistake_is_told_with_its_key_in_words_of_the_officer(zone, slip, repaired, told_words):
    with pytest.raises(Invalid) as refused:
        read(zone, TEXT.replace(slip, repaired))

    assert refused.value.field == "text"
    assert all(words in str(refused.value) for words in told_words), str(refused.value)


def test_a_reason_that_has_no_words_of_its_own_is_told_as_it_is():
    assert told("near: is odd") == "词库不能用：near: is odd"


def test_the_weekly_sentence_names_words_times_and_what_was_right():
    words = misled(4, [("烟花", 3, "餐饮油烟", "烟花爆竹")], 1)

    assert "4件" in words
    assert "“烟花”误判3件：判为餐饮油烟，应为烟花爆竹" in words
    assert "没有认出任何词的1件" in words
