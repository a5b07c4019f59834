import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.lexicon.sheets import read
from handlers.lexicon.words import Change, How, changed, groups_of
from handlers.offices.errors import Invalid
from tests.handlers.residents.world import a_zone
from tests.nlp.small import TEXT, explainer

ZONE = a_zone()
SHEET = read(ZONE, TEXT)


def after(*changes, sheet=SHEET):
    for change in changes:
        sheet = read(ZONE, changed(sheet, change))
    return sheet


def test_a_new_word_speaks_for_its_category_at_once():
    sheet = after(Change("嗡嗡声", How.SAYS, "noise", "strong"))

    assert explainer(sheet.text).explain("嗡嗡声好大").primary == "noise"


def test_a_word_of_no_category_of_ours_speaks_for_none():
    sheet = after(Change("油烟机维修", How.SAYS, "none", "strong"))

    assert explainer(sheet.text).explain("油烟机维修多少钱").primary == "none"


def test_saying_it_again_with_another_strength_moves_the_word():
    sheet = after(
        Change("嗡嗡声", How.SAYS, "noise", "strong"),
        Change("嗡嗡声", How.SAYS, "noise", "weak"),
    )

    assert groups_of(sheet, "嗡嗡声") == ("自定噪声弱",)


def test_a_word_may_count_like_the_words_of_a_group():
    assert groups_of(after(Change("灶头烟", How.LIKE, group="油烟")), "灶头烟") == ("油烟",)


def test_a_blocking_word_leaves_its_groups_and_hides_what_is_inside():
    sheet = after(Change("油烟味", How.BLOCKS))

    assert groups_of(sheet, "油烟味") == ("无关词",)
    assert not explainer(sheet.text).explain("油烟味").decided


def test_a_removed_word_is_gone_from_every_group():
    sheet = after(Change("油烟", How.LIKE, group="噪声"), Change("油烟", How.REMOVED))

    assert groups_of(sheet, "油烟") == ()


def test_a_word_is_kept_as_texts_are_read():
    assert groups_of(after(Change(" 油煙ＡＢ ", How.LIKE, group="油烟")), "油烟AB") == ("油烟",)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change("  ", How.BLOCKS), "word"),
        (Change("很" * 21, How.BLOCKS), "word"),
        (Change("不认识", How.REMOVED), "word"),
        (Change("词", How.SAYS, "fireworks"), "category"),
        (Change("词", How.SAYS, "noise", "loud"), "level"),
        (Change("词", How.LIKE, group="没有"), "group"),
    ],
)
def test_a_form_that_makes_no_sense_names_its_field(change, field):
    with pytest.raises(Invalid) as refused:
        changed(SHEET, change)

    assert refused.value.field == field


@given(st.text(max_size=25), st.sampled_from(How), st.sampled_from(["noise", "none", ""]))
def test_whatever_is_typed_gives_a_lexicon_or_names_a_field(word, how, category):
    try:
        text = changed(SHEET, Change(word, how, category, group="油烟"))
    except Invalid as refusal:
        known = refusal.field
    else:
        known = "" if read(ZONE, text).lexicon.groups else "text"

    assert known in {"", "word", "category"}
