"""Whatever JSON a client sends, the platform answers with its own numbers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.errors import PlatformError
from bot.simulator.menu import check
from bot.simulator.residents import Follows
from bot.simulator.scenes import Scenes
from bot.simulator.sending import Sending
from bot.simulator.values import SimulatorSettings
from bot.simulator.world import Samples, World
from tests.bot.simulator.standin import SetClock

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("\ud800")
NAMES = st.sampled_from(
    ["name", "type", "url", "content", "sub_button", "id", "data", "value", "scene", "key"]
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=8)


@pytest.fixture(scope="module")
def world():
    settings = SimulatorSettings("http://127.0.0.1", "token", "wx1", "secret", "", "plain")
    world = World(settings, SetClock(), Samples())
    world.residents.get("1").follows = Follows.YES
    return world


def code_of(call, *args) -> int:
    """Return the platform's number; anything but a PlatformError fails the test."""
    try:
        call(*args)
    except PlatformError as error:
        return error.code
    return 0


def is_code(code: int) -> bool:
    return code == 0 or 40000 < code < 50000


@given(kind=st.sampled_from(["text", "image", "msgmenu"]) | JSON, content=JSON, choices=JSON)
def test_any_customer_service_message(world, kind, content, choices):
    inner = {"content": content, "media_id": content, "list": choices}
    person = world.residents.get("1")
    person.window.wrote(world.now())
    body = {"touser": person.openid, "msgtype": kind, str(kind): inner}

    assert is_code(code_of(Sending(world).custom, body))


@given(data=st.dictionaries(NAMES | st.text(max_size=8), JSON) | JSON, template_id=JSON)
def test_any_template_message(world, data, template_id):
    body = {"touser": world.residents.get("1").openid, "template_id": template_id, "data": data}

    assert code_of(Sending(world).template, body, 1) in {0, 40037, 47003}


BUTTON = st.fixed_dictionaries(
    {"name": st.just("菜单"), "type": JSON, "key": JSON, "url": JSON, "sub_button": JSON}
)


@given(st.fixed_dictionaries({"button": JSON | st.lists(BUTTON, max_size=3)}) | JSON)
def test_any_menu(menu):
    assert is_code(code_of(check, menu))


@given(st.sampled_from(["QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE"]) | JSON, JSON, JSON)
def test_any_code(action, scene, seconds):
    wanted = {
        "action_name": action,
        "action_info": {"scene": {"scene_id": scene, "scene_str": scene}},
        "expire_seconds": seconds,
    }

    assert code_of(Scenes().create, wanted, datetime(2026, 11, 24, tzinfo=UTC)) in {0, 40052, 40053, 40036}
