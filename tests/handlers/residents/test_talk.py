"""A talk survives restarts, and versions before and after this one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.residents.draft import Draft, dumped, loaded
from handlers.residents.incoming import Datum, Point
from handlers.residents.talk import State, Talk, state_of
from tests.clock import TUESDAY_MORNING as NOW

POINTS = st.builds(
    Point,
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
    st.sampled_from(Datum),
    st.text(max_size=9),
)
WORDS = st.lists(st.text(max_size=9), max_size=3).map(tuple)
DRAFTS = st.builds(
    Draft,
    messages=st.lists(st.integers(1, 2**40), max_size=3).map(tuple),
    texts=WORDS,
    category=st.text(max_size=9),
    why=st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4), st.floats(0, 1)), max_size=2).map(tuple),
    confidence=st.floats(0, 1),
    choices=WORDS,
    place=st.text(max_size=9),
    wide=st.booleans(),
    offices=WORDS,
    point=st.none() | POINTS,
    here=st.none() | POINTS,
    urgency=st.integers(0, 2),
    asked=st.integers(0, 9),
    human=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([*Draft.__dataclass_fields__, "aura"])


@given(DRAFTS)
def test_a_draft_comes_back_from_json_as_it_was(draft):
    assert loaded(json.loads(json.dumps(dumped(draft)))) == draft


def test_a_draft_in_which_nothing_is_takes_no_room():
    assert dumped(Draft()) == {}
    assert loaded({}) == Draft()


@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_whatever_another_version_wrote_is_read_as_far_as_it_can_be(data: dict[str, Any]):
    loaded(data)


def test_one_bad_field_does_not_cost_the_others():
    draft = loaded(
        {"messages": [7], "texts": ["灰大"], "asked": "many", "point": {"latitude": "north"}, "aura": 1}
    )

    assert draft == Draft(messages=(7,), texts=("灰大",))


@pytest.mark.parametrize("state", list(State))
def test_a_stored_state_comes_back(state):
    assert state_of(state.value, Draft()) is state


def test_a_state_nobody_knows_asks_for_the_matter_or_nothing():
    assert state_of("telepathy", Draft()) is State.IDLE
    assert state_of("telepathy", Draft(messages=(1,))) is State.WHAT


def test_a_question_lapses_but_a_half_told_report_does_not():
    told = Draft(messages=(1,))

    assert Talk(State.WHY, expires_at=NOW).current(NOW).state is State.IDLE
    assert Talk(State.WHERE, told, expires_at=NOW).current(NOW).state is State.WHERE
    assert Talk(State.ERASE, told, expires_at=NOW).current(NOW).draft is told
