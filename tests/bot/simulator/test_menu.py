import pytest

from bot.simulator.errors import PlatformError
from bot.simulator.menu import check, leaves

CLICK = {"type": "click", "name": "我的工单", "key": "mine"}


def top(**more):
    return {"button": [CLICK | more]}


def sub(*subs):
    return {"button": [{"name": "更多", "sub_button": list(subs)}]}


@pytest.mark.parametrize(
    ("menu", "code"),
    [
        (None, 40016),
        ({"button": []}, 40016),
        ({"button": [CLICK] * 4}, 40016),
        ({"button": ["x"]}, 40017),
        (top(type="unknown"), 40017),
        (top(name="六个汉字太长"), 40018),
        (top(key="k" * 129), 40019),
        (top(type="view", url="u" * 1025), 40020),
        (top(type="view", url="weixin://x"), 40055),
        (sub(*[CLICK] * 6), 40023),
        (sub("x"), 40024),
        (sub(CLICK | {"name": "字" * 21}), 40025),
        (sub(CLICK | {"key": ""}), 40026),
        (sub({"type": "view", "name": "网页"}), 40027),
        (sub({"type": "view", "name": "网页", "url": "ftp://x"}), 40054),
    ],
)
def test_a_menu_beyond_the_limits_is_refused(menu, code):
    with pytest.raises(PlatformError) as caught:
        check(menu)

    assert caught.value.code == code


def test_a_menu_at_the_limits_is_taken():
    menu = {
        "button": [CLICK | {"name": "五个汉字吧"}, CLICK, *sub(*[CLICK | {"name": "字" * 20}] * 5)["button"]]
    }

    assert len(leaves(check(menu))) == 7
