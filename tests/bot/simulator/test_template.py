import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.errors import PlatformError
from bot.simulator.template import allowed, check, rows
from bot.simulator.values import SampleTemplate

GOOD = {
    "thing1": "字" * 20,
    "character_string2": "GX20261124-0042",
    "number3": "12.5",
    "letter4": "abc",
    "symbol5": "+-*/#",
    "time6": "2026年11月24日 15:30",
    "time7": "15:30~16:30",
    "date8": "2026-11-24 15:30:01",
    "date9": "2026年11月24日~2026年12月1日",
    "amount10": "¥20000.5元",
    "phone_number11": "0734-8888888",
    "car_number12": "湘D88888学",
    "name13": "王某某",
    "phrase14": "整改中",
    "const15": "已受理",
    "first": "任意",
}
BAD = {
    "thing1": "字" * 21,
    "character_string2": "工单42",
    "number3": "十二",
    "letter4": "a1",
    "symbol5": "+-*/#!",
    "time6": "下午三点",
    "time7": "2026-11-24",
    "date8": "明天",
    "date9": "2026-11/24",
    "amount10": "很多钱",
    "phone_number11": "8" * 18,
    "car_number12": "湘D888888学",
    "name13": "名" * 11,
    "phrase14": "已受理并派单",
    "phrase15": "处理ok",
    "const16": "",
    "thing17": "一行\n两行",
}


@pytest.mark.parametrize(("key", "value"), GOOD.items())
def test_a_value_within_its_type_is_taken(key, value):
    assert allowed(key, value)


@pytest.mark.parametrize(("key", "value"), BAD.items())
def test_a_value_beyond_its_type_is_refused_by_name(key, value):
    with pytest.raises(PlatformError, match=rf"data\.{key}\.value") as caught:
        check({key: {"value": value}}, None)

    assert caught.value.code == 47003


@given(st.text())
def test_a_thing_is_taken_exactly_when_it_is_1_to_20_printable_characters(value):
    assert allowed("thing1", value) == (1 <= len(value) <= 20 and value.isprintable())


def test_a_declared_field_must_not_be_missing():
    form = SampleTemplate("t", "通知", (("thing1", "内容"), ("time2", "时间")))

    with pytest.raises(PlatformError, match="time2"):
        check({"thing1": {"value": "油烟"}}, form)


def test_first_and_remark_are_not_shown():
    values = check({key: {"value": "好"} for key in ("first", "thing1", "remark")}, None)

    assert rows(values, None) == [{"label": "thing1", "value": "好"}]


@pytest.mark.parametrize("data", [None, [], {}, "x", {"thing1": "no value object"}, {"thing1": {"value": 3}}])
def test_data_of_another_shape_is_refused(data):
    with pytest.raises(PlatformError) as caught:
        check(data, None)

    assert caught.value.code == 47003
