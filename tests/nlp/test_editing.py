import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.editing import speaking, with_word, without_word
from nlp.lexicon import LexiconError
from nlp.lexicon_file import PACKAGED
from nlp.sheet import read_sheet
from tests.nlp.small import TEXT

GROUPS = ("油烟", "餐馆", "噪声", "无关词")
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=8,
).filter(lambda word: word.strip())


@pytest.mark.parametrize("group", GROUPS)
def test_a_word_joins_a_group_however_its_list_is_written(group):
    edited = read_sheet(with_word(TEXT, group, "灶头烟"))

    before = read_sheet(TEXT).groups[group]
    assert edited.groups[group] == (*before, "灶头烟")


@given(st.sampled_from(GROUPS), words)
def test_any_word_joins_and_leaves_again_and_nothing_else_changes(group, word):
    before = read_sheet(TEXT)

    there = with_word(TEXT, group, word)
    back = read_sheet(without_word(there, group, word))

    assert word in read_sheet(there).groups[group]
    assert back.groups[group] == tuple(known for known in before.groups[group] if known != word)
    assert {**back.groups, group: ()} == {**before.groups, group: ()}


@given(st.permutations(["油烟", "油烟味", "甲", "乙"]))
def test_every_word_of_a_group_can_be_taken_out_one_after_the_other(order):
    text = with_word(with_word(TEXT, "油烟", "甲"), "油烟", "乙")

    for word in order:
        text = without_word(text, "油烟", word)

    assert read_sheet(text).groups["油烟"] == ()


def test_a_list_of_lines_may_become_empty_and_full_again():
    text = without_word(without_word(TEXT, "餐馆", "餐馆"), "餐馆", "烧烤店")

    assert read_sheet(text).groups["餐馆"] == ()
    assert read_sheet(with_word(text, "餐馆", "面馆")).groups["餐馆"] == ("面馆",)


def test_comments_stay_where_they_were():
    edited = with_word(TEXT, "油烟", "灶头烟")

    assert edited == TEXT.replace("油烟味]", "油烟味, 灶头烟]")


def test_a_word_that_is_there_is_not_written_twice():
    assert with_word(TEXT, "油烟", "油烟味") == TEXT
    assert without_word(TEXT, "油烟", "没有的词") == TEXT


@pytest.mark.parametrize(("code", "level"), [("oil_fume", "medium"), ("noise", "weak"), ("none", "strong")])
def test_a_new_group_speaks_for_a_category(code, level):
    text = speaking(with_word(TEXT, "新词", "嗡嗡声"), "新词", code, level)

    (weight,) = read_sheet(text).weights["新词"]
    assert weight.code == code


def test_a_group_that_is_not_there_is_named():
    with pytest.raises(LexiconError, match=r"groups\.没有"):
        without_word(TEXT, "没有", "词")


@pytest.mark.parametrize(
    "text", ["", "[]", "groups: 1", "groups: {油烟: 1}", "a: [", "speaks_for: {noise: 3}"]
)
def test_what_is_no_lexicon_is_refused_with_a_reason(text):
    for edit in (
        lambda: with_word(text, "油烟", "词"),
        lambda: without_word(text, "油烟", "词"),
        lambda: speaking(text, "油烟", "noise", "weak"),
    ):
        with pytest.raises(LexiconError, match=r"must be|not YAML|missing|no such"):
            edit()


def test_the_packaged_lexicon_can_be_edited_in_every_group():
    text = PACKAGED.read_text(encoding="utf-8")
    name, *_, last = read_sheet(text).groups

    edited = read_sheet(with_word(with_word(text, name, "灶头烟"), last, "灶头烟"))

    assert {group for group, listed in edited.groups.items() if "灶头烟" in listed} == {name, last}
