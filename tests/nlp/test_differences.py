from nlp.differences import Difference, differences
from nlp.editing import speaking, with_word, without_word
from nlp.sheet import read_sheet
from tests.nlp.small import TEXT


def compared(after):
    return differences(read_sheet(TEXT), read_sheet(after))


def test_equal_lexicons_differ_in_nothing():
    assert compared(TEXT.replace("# 词库", "# 另一句话")) == ()


def test_words_that_came_and_went_are_told_by_group():
    after = without_word(with_word(TEXT, "油烟", "灶头烟"), "油烟", "油烟味")

    assert compared(after) == (Difference("groups", "油烟", ("灶头烟",), ("油烟味",)),)


def test_a_new_group_is_told_with_what_it_says():
    after = speaking(with_word(TEXT, "新词", "嗡嗡声"), "新词", "noise", "strong")

    assert compared(after) == (
        Difference("groups", "新词", ("嗡嗡声",), ()),
        Difference("weights", "新词", ("噪声 2 / 1 / 1 / 0",), ()),
    )


def test_numbers_phrases_and_places_are_told():
    after = (
        TEXT.replace("ask_below: 0.5", "ask_below: 0.6")
        .replace("whole: [谢谢]", "whole: [谢谢, 多谢]")
        .replace("stops: 的", "stops: 的了")
        .replace("none: 1", "none: 2")
    )

    assert compared(after) == (
        Difference("settings", "ask_below", ("0.6",), ("0.5",)),
        Difference("bias", "none", ("2",), ("1",)),
        Difference("intents", "thanks.whole", ("多谢",), ()),
        Difference("places", "stops", ("了",), ()),
    )
