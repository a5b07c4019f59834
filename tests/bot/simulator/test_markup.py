import pytest
import xmltodict
from hypothesis import example, given
from hypothesis import strategies as st

from bot.simulator.markup import clean, parse, render


@given(st.text())
@example("]]>")
@example("]]]]>>]]>")
@example("a\x00b\x0b\ufffe\ud800😀")
def test_any_text_arrives_as_it_was_but_for_what_xml_cannot_carry(text):
    xml = render({"Content": text})

    arrived = parse(xml).findtext("Content")

    assert arrived == clean(text).replace("\r\n", "\n").replace("\r", "\n")


def test_emoji_and_line_breaks_survive_cleaning():
    assert clean("油烟😀\n\t𠮷") == "油烟😀\n\t𠮷"


def test_a_pair_of_surrogates_becomes_the_one_character_it_means():
    assert clean("\ud83d\ude00") == "😀"


def test_numbers_stand_bare_and_mappings_nest():
    xml = render({"CreateTime": 7, "Info": {"Key": "a"}})

    assert xml == "<xml><CreateTime>7</CreateTime><Info><Key><![CDATA[a]]></Key></Info></xml>"


@given(st.dictionaries(st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True), st.integers(), min_size=1))
def test_another_parser_reads_the_same_fields(fields):
    assert xmltodict.parse(render(fields))["xml"] == {name: str(value) for name, value in fields.items()}


@pytest.mark.parametrize(
    "text",
    ["", "{}", "<xml>", "<html/>", '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', "<xml>&nbsp;</xml>"],
)
def test_what_is_not_a_plain_xml_document_is_refused(text):
    with pytest.raises(ValueError, match=r"XML|xml|document"):
        parse(text)
