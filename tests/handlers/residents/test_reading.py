"""Short answers and odd messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.residents import reading
from handlers.residents.placing import unknowing

NAMES = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"]


@pytest.mark.parametrize("text", ["是的", "好", "确认撤回。", " 对！"])
def test_yes_is_yes(text):
    assert reading.confirmation(text) is True


@pytest.mark.parametrize("text", ["不", "算了", "不删除", "先不~"])
def test_no_is_no(text):
    assert reading.confirmation(text) is False


def test_anything_else_is_neither():
    assert reading.confirmation("进度") is None


@pytest.mark.parametrize(
    "text",
    ["满意", "解决了", "处理好了，谢谢", "没有油烟了", "不吵了", "好多了", "挺及时的", "给五星"],
)
def test_good_verdicts(text):
    assert reading.verdict(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "不满意",
        "没解决",
        "没有得到解决",
        "还是有烟",
        "差评",
        "敷衍",
        "给1星",
        "两分",
        "好了一天又反弹",
        "有改善但不满意",
    ],
)
def test_bad_and_mixed_verdicts(text):
    assert reading.verdict(text) is False


@pytest.mark.parametrize("text", ["1", "评价", "哪天来的", ""])
def test_no_verdicts(text):
    assert reading.verdict(text) is None


@pytest.mark.parametrize("text", ["更正", "我写错了", "地址不对！", "不是这里", "你们搞错了吧", "类别错了。"])
def test_bare_corrections(text):
    assert reading.bare_correction(text)


@pytest.mark.parametrize("text", ["更正：是噪声", "不是这里，是春江花园", "他写错了名字"])
def test_corrections_that_say_what_is_right(text):
    assert not reading.bare_correction(text)


@pytest.mark.parametrize("text", ["补充", "我要补充", "还要补充一下", "补充说明："])
def test_bare_supplements(text):
    assert reading.bare_supplement(text)


def test_a_supplement_with_words_is_not_bare():
    assert not reading.bare_supplement("补充：晚上更厉害")


@pytest.mark.parametrize("text", ["[微笑]", "[捂脸][捂脸]", "😡", "！！！", "/::)", "/:8-) 👍", "……"])
def test_stickers(text):
    assert reading.only_stickers(text)


@pytest.mark.parametrize("text", ["？", "??", "[微笑]好", "好", "[这是一个很长的方括号里的话]", "3/4"])
def test_what_is_no_sticker(text):
    assert not reading.only_stickers(text)


def test_stickers_are_told_from_text_without_trying_forever():
    assert not reading.only_stickers("/:::::" * 5000 + "好")


@pytest.mark.parametrize("text", ["就在这里", "我这里", "就在我们这边。", "当前位置"])
def test_here(text):
    assert reading.here(text)


def test_a_place_is_not_here():
    assert not reading.here("就在春江花园")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("地点是春江花园5栋，别弄错", "春江花园5栋"),
        ("更正：地址应该是老街", "老街"),
        ("位置在桥头", "桥头"),
        ("是噪声", ""),
    ],
)
def test_a_place_may_be_pointed_out(text, place):
    assert reading.pointed_out(text) == place


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("丙", 2),
        ("3", 2),
        ("３", 2),
        ("三", 2),
        ("③", 2),
        ("第三个", 2),
        ("选3", 2),
        ("3.", 2),
        ("12", 11),
        ("⑫", 11),
        ("十", 9),
        ("13", None),
        ("0", None),
        ("丙丁", None),
        ("3号楼", None),
    ],
)
def test_choices_are_tapped_or_numbered(text, index):
    assert reading.choice(text, NAMES) == index


@pytest.mark.parametrize("text", ["不知道", "我也不太清楚", "嗯嗯", "好的。", "???", "说不清楚", "ok"])
def test_not_knowing(text):
    assert unknowing(text)


@pytest.mark.parametrize("text", ["好想来门口", "哦买尬酒吧", "知道，在桥头"])
def test_names_that_begin_like_a_filler_are_places(text):
    assert not unknowing(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_mishap(text):
    for read in (
        reading.confirmation,
        reading.verdict,
        reading.bare_correction,
        reading.bare_supplement,
        reading.only_stickers,
        reading.here,
        reading.insists,
        reading.pointed_out,
        unknowing,
    ):
        read(text)
    picked = reading.choice(text, NAMES)
    assert picked is None or 0 <= picked < len(NAMES)
