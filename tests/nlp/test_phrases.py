from hypothesis import given
from hypothesis import strategies as st

from nlp.phrases import GAP, PhraseBook

BOOK = PhraseBook({"urge": ["怎么还没*处理", "催办"], "progress": ["到哪了"]})


def test_a_phrase_is_found_with_its_label():
    assert BOOK.find("我的投诉到哪了") == {"progress": "到哪了"}


def test_a_star_stands_for_a_few_characters():
    assert "urge" in BOOK.find("怎么还没有人来处理")


def test_a_star_does_not_reach_across_a_long_text():
    assert BOOK.find("怎么还没" + "啊" * (GAP + 1) + "处理") == {}


def test_parts_in_the_wrong_order_are_no_phrase():
    assert BOOK.find("处理怎么还没") == {}


def test_every_label_is_told_once():
    assert BOOK.find("催办催办，到哪了") == {"urge": "催办", "progress": "到哪了"}


def test_an_empty_book_finds_nothing():
    assert PhraseBook({}).find("催办") == {}


@given(st.text(alphabet="怎么还没处理催办到哪了啊", max_size=80))
def test_a_found_phrase_has_all_its_parts(text):
    for phrase in BOOK.find(text).values():
        assert all(part in text for part in phrase.split("*"))
