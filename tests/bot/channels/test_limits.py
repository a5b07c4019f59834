import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import fit_field, fit_text


@pytest.mark.parametrize(
    ("text", "limit_bytes", "fitted"),
    [
        ("油烟", 6, "油烟"),
        ("油烟扰民", 9, "油烟…"),
        ("油烟扰民", 10, "油烟…"),
        ("油烟", 2, ""),
        ("abc", 2, "ab"),
        ("👨‍👩‍👧x", 7, "👨…"),
        ("", 0, ""),
        ("a\ud800b", 9, "a?b"),
    ],
)
def test_a_text_is_cut_at_a_character(text, limit_bytes, fitted):
    assert fit_text(text, limit_bytes) == fitted


@given(st.text(st.characters()), st.integers(0, 80))
def test_a_fitted_text_keeps_its_limit_and_its_beginning(text, limit_bytes):
    fitted = fit_text(text, limit_bytes)

    readable = text.encode("utf-8", "replace").decode()
    assert len(fitted.encode()) <= limit_bytes
    assert fitted == readable or readable.startswith(fitted.removesuffix("…"))


@pytest.mark.parametrize(
    ("name", "value", "fitted"),
    [
        ("thing1", "富民花苑楼下烧烤店油烟扰民", "富民花苑楼下烧烤店油烟扰民"),
        ("thing2", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"),
        ("thing2", "一二三四五六七八九十一二三四五六七八九十百", "一二三四五六七八九十一二三四五六七八九…"),
        ("thing3", "第一行\n第二行\t完", "第一行 第二行 完"),
        ("thing4", "", "无"),
        ("thing5", " \n ", "无"),
        ("short_thing1", "a" * 21, "a" * 19 + "…"),
        ("keyword1", "", "无"),
        ("character_string6", "GX20261124-0042", "GX20261124-0042"),
        ("character_string6", "编号GX1", "GX1"),
        ("character_string6", "编号", "-"),
        ("character_string6", "x" * 40, "x" * 30 + ".."),
        ("number7", "约 3.5 天", "3.5"),
        ("number7", "", "0"),
        ("letter1", "A1b2", "Ab"),
        ("letter1", "中", "N"),
        ("symbol1", "!!!!!!!", "!!!!!"),
        ("amount8", "罚款 ¥20,000.50元整", "¥20000.50元"),
        ("amount8", "无", "0"),
        ("phone_number9", "电话 0734-8888888 转 1", "0734-8888888  1"),
        ("phone_number9", "无", "-"),
        ("car_number1", "湘D·12345学习", "湘D·12345"),
        ("name10", "欧阳娜娜欧阳娜娜欧阳娜娜", "欧阳娜娜欧阳娜娜欧…"),
        ("name10", "Alexander Hamilton", "Alexander Hamilton"),
        ("name10", "张三1", "张三"),
        ("phrase11", "已受理", "已受理"),
        ("phrase11", "已办结(3天)待评价中", "已办结天待"),
        ("phrase11", "OK", "无"),
        ("time12", "2026年11月24日 09:00", "2026年11月24日 09:00"),
        ("date13", "2026年11月24日~2026年11月30日", "2026年11月24日~2026年11月30日"),
        ("date13", "", "-"),
        ("const14", "餐饮油烟源头治理工作领导小组办公室受理中", "餐饮油烟源头治理工作领导小组办公室受理中"),
        ("enum1", "是", "是"),
    ],
)
def test_a_field_holds_what_its_type_takes(name, value, fitted):
    assert fit_field(name, value) == fitted


ALLOWED = {
    "thing": r"[^\x00-\x1f]{1,20}",
    "short_thing": r"[^\x00-\x1f]{1,20}",
    "character_string": r"[\x20-\x7e]{1,32}",
    "number": r"[0-9.+-]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r".{1,5}",
    "phone_number": r"[0-9+()\- ]{1,17}",
    "car_number": r".{1,8}",
    "name": r"[\x20-\x7e]{1,20}|[^0-9]{1,10}",
    "phrase": r"[\u3400-\u9fff]{1,5}",
    "amount": r"[¥￥$€£]?[0-9]{1,10}(\.[0-9]+)?元?",
}


@given(
    st.sampled_from(sorted(ALLOWED)), st.one_of(st.text(), st.text("0123456789.元¥油烟ab-\n", max_size=60))
)
def test_any_value_is_made_to_fit(kind, value):
    fitted = fit_field(f"{kind}7", value)

    assert re.fullmatch(ALLOWED[kind], fitted), (kind, fitted)


@given(st.sampled_from(sorted(ALLOWED)), st.text())
def test_fitting_twice_changes_nothing(kind, value):
    once = fit_field(f"{kind}1", value)

    assert fit_field(f"{kind}1", once) == once
