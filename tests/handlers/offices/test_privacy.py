"""Numbers of persons in words for others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.offices.privacy import personal


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "电话138-1234-5678。",
        "联系+86 138 1234 5678",
        "１３８１２３４５６７８",
        "微信同号：199.1234.5678",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert personal(text) == "手机号"


@pytest.mark.parametrize("text", ["430401198001010017", "身份证 43040119800101001x", "430401 19800101 0017"])
def test_an_identity_number_is_found(text: str) -> None:
    assert personal(text) == "身份证号"


@pytest.mark.parametrize(
    "text",
    [
        "已并入 GX20261124-0042",
        "请拨打12345",
        "0734-8888888",
        "罚款 138 元",
        "流水 1381234567890123",
        "2026年11月24日17:30",
    ],
)
def test_other_numbers_may_be_told(text: str) -> None:
    assert personal(text) == ""


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert personal(text) in {"", "手机号", "身份证号"}
