from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import MAX_CHARS, normalise


def test_width_script_emoji_and_invisible_characters_do_not_matter():
    assert normalise("Ａ３区，富民花園\u200b樓下燒烤😀店") == "A3区，富民花园楼下烧烤 店"


def test_chinese_punctuation_stays():
    assert normalise("臭！真的？是（的）：") == "臭！真的？是（的）："


def test_an_ideographic_space_still_parts_paragraphs():
    assert normalise("标题\u3000\u3000\u3000正文") == "标题  正文"


def test_empty_lines_and_margins_go():
    assert normalise(" 一 \r\n \n 二\t三 ") == "一\n二 三"


def test_a_long_text_is_cut():
    assert len(normalise("河" * 1_000_000)) == MAX_CHARS


@given(st.text(max_size=200))
def test_what_is_normal_stays_so(text):
    once = normalise(text)

    assert normalise(once) == once


@given(st.text())
def test_nothing_unreadable_is_left(text):
    assert not {"\u200b", "\ufeff", "\x00", "\r", "\t"} & set(normalise(text))
