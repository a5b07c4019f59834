import pytest

from nlp.details import particulars, ticket_number, ticket_pattern


@pytest.mark.parametrize(
    "typed",
    ["GX20261124-0042", "gx20261124-0042", "GX 20261124 0042", "gx202611240042", "单号GX20261124—0042呢"],
)
def test_a_number_is_read_as_typed(typed):
    assert ticket_number(typed, ticket_pattern("GX"), "GX") == "GX20261124-0042"


@pytest.mark.parametrize("typed", ["", "20261124-0042", "AB20261124-0042", "GX2026-0042"])
def test_other_numbers_are_none(typed):
    assert ticket_number(typed, ticket_pattern("GX"), "GX") == ""


def test_hours_duration_and_people_are_told_verbatim():
    found = particulars("每天晚上11点到凌晨3点，持续两个多月了，影响300多户居民")

    assert found == {"hours": "晚上11点到凌晨3点", "duration": "两个多月", "people": "300多户居民"}


def test_a_year_a_date_and_the_writer_are_no_amounts():
    found = particulars("2019年我是一名业主，第二天去看，已经三年了，影响几十户")

    assert found == {"duration": "三年", "people": "几十户"}


def test_a_text_without_numbers_has_no_particulars():
    assert particulars("太吵") == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("富民花苑楼下的老王烧烤店油烟大", "老王烧烤店"),
        ("A7县星沙镇兴旺塑料厂排废气", "兴旺塑料厂"),
        ("太吵", ""),
    ],
)
def test_the_accused_is_told_by_its_own_name(analyser, text, name):
    assert analyser.analyse(text).accused == name
