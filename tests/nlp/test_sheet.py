from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.lexicon import LexiconError
from nlp.sheet import MAX_CHARS, read_sheet
from tests.nlp.small import TEXT

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 200_000, "nested too deep"),
        ("- " * 100_000, "nested too deep"),
        (BOMB, "aliases"),
        ("x" * (MAX_CHARS + 1), "longer than"),
        ("a: [1", "not YAML"),
        ("\0", "not YAML"),
        ("", "lexicon: must be"),
        (TEXT.replace("strong: [油烟]", "strong: [没有]"), "speaks_for.oil_fume.strong"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_with_its_reason(text, told):
    with pytest.raises(LexiconError, match=told):
        read_sheet(text)


@given(st.text(max_size=200))
def test_no_text_does_worse_than_be_refused(text):
    with pytest.raises(LexiconError):
        read_sheet(text)


@given(st.integers(0, len(TEXT)), st.text(max_size=5))
def test_a_slip_of_the_pen_is_refused_or_read(place, slip):
    with suppress(LexiconError):
        assert read_sheet(TEXT[:place] + slip + TEXT[place:]).groups
