from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import Segmenter
from nlp.words import WordFinder


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(["油烟味"])


@pytest.fixture(scope="module")
def finder(segmenter):
    return WordFinder({"烟": ["油烟", "油烟味", "烟花"], "挡": ["加油", "烟草"], "味": ["油烟味"]}, segmenter)


def words(finder, text):
    return [hit.word for hit in finder.find(text)]


def test_the_longest_word_wins(finder):
    assert words(finder, "好大的油烟味") == ["油烟味"]


def test_a_word_may_play_several_roles(finder):
    assert finder.find("油烟味")[0].roles == ("烟", "味")


def test_jieba_decides_where_two_words_cross(finder):
    assert words(finder, "去加油烟草店买东西") == ["加油", "烟草"]


def test_of_crossing_words_with_the_same_role_the_first_stays(segmenter):
    finder = WordFinder({"脏": ["乱丢垃", "垃圾堆"]}, segmenter)

    assert words(finder, "乱丢垃圾堆") == ["乱丢垃"]


def test_no_words_find_nothing(segmenter):
    assert WordFinder({}, segmenter).find("油烟") == []


@given(text=st.text(alphabet="油烟味花加草店的", max_size=60))
def test_found_words_stand_where_they_are_said_to_and_never_overlap(finder, text):
    hits = finder.find(text)

    assert all(text[hit.start : hit.end] == hit.word for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(text=st.text(max_size=60))
def test_segments_join_to_the_text(segmenter, text):
    assert "".join(segmenter.cut(text)) == text
