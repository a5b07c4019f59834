"""What of a resident's words goes no further than the case file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.discretion import HIDDEN, discreet


@pytest.mark.parametrize(
    "number",
    [
        *("13812345678", "138-1234-5678", "138 1234 5678", "１３８１２３４５６７８", "+86 13812345678"),
        *("8613812345678", "430408199001011234", "43040819900101123X", "0734-8866123", "07348866123"),
        "6222021234567890123",
    ],
)
def test_numbers_that_lead_to_a_person_are_hidden(number):
    assert discreet(f"春江花园太吵，电话{number}。") == f"春江花园太吵，电话{HIDDEN}。"


@pytest.mark.parametrize(
    "text",
    ["12345热线", "3栋1502室", "2026年11月24日晚上10点", "拨打110", "GX20261124-0001", "湘D12345", "12369"],
)
def test_other_numbers_stay(text):
    assert discreet(text) == text


@given(st.text(max_size=50), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(max_size=50))
def test_no_mobile_number_gets_through_whatever_stands_around_it(before, number, after):
    assert number not in discreet(f"{before}，{number}，{after}")
