import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.lifecycle import (
    FINAL,
    MOVES,
    OPEN,
    PAUSED,
    RESIDENT_ACTIONS,
    Action,
    NotAllowed,
    Status,
    after,
    allowed,
    may,
    needs,
)


def test_a_ticket_goes_the_straight_way_to_the_archive() -> None:
    status = Status.DISPATCHED

    for action in (Action.ACCEPT, Action.PROGRESS, Action.RESOLVE, Action.CLOSE):
        status = after(status, action)

    assert status is Status.CLOSED


def test_not_solved_brings_it_back_from_both_ends() -> None:
    assert after(Status.RESOLVED, Action.REOPEN) is Status.DISPATCHED
    assert after(Status.CLOSED, Action.REOPEN) is Status.DISPATCHED


def test_nobody_resolves_what_he_has_not_signed_for() -> None:
    with pytest.raises(NotAllowed) as refused:
        after(Status.DISPATCHED, Action.RESOLVE)

    assert refused.value.status is Status.DISPATCHED
    assert refused.value.action is Action.RESOLVE
    assert (
        str(refused.value)
        == "工单现在是“已派单”，不能办结；可以：签收受理、退单、改派、并案、不予受理、更正。"
    )


def test_a_refusal_says_what_remains_when_nothing_does() -> None:
    assert "可以：查看" in str(NotAllowed(Status.WITHDRAWN, Action.ACCEPT))


@given(st.sampled_from(Status), st.sampled_from(Action))
def test_every_action_either_moves_or_is_refused(status: Status, action: Action) -> None:
    if may(status, action):
        assert after(status, action) is MOVES[status, action]
    else:
        with pytest.raises(NotAllowed, match=status.label):
            after(status, action)


@given(st.lists(st.sampled_from(Action), max_size=30))
def test_no_way_through_life_leads_out_of_the_states(actions: list[Action]) -> None:
    status = Status.DISPATCHED

    for action in actions:
        before = status
        if may(status, action):
            status = after(status, action)
        assert status in Status
        assert before in OPEN or status is before or action in {Action.REOPEN, Action.CLOSE}


def test_every_state_but_the_first_can_be_reached_and_every_open_one_left() -> None:
    reached = {to for (start, _), to in MOVES.items() if start is not to}

    assert reached == set(Status)
    assert {start for (start, _), to in MOVES.items() if start is not to} >= OPEN


def test_the_states_fall_into_open_resolved_and_final() -> None:
    assert not OPEN & FINAL
    assert set(Status) == {Status.RESOLVED} | OPEN | FINAL
    assert PAUSED < OPEN


def test_officers_are_not_offered_what_residents_do() -> None:
    offered = {action for status in Status for action in allowed(status)}

    assert not offered & RESIDENT_ACTIONS
    assert offered | RESIDENT_ACTIONS == set(Action)


def test_a_resident_may_urge_and_withdraw_only_what_is_open() -> None:
    for action in (Action.URGE, Action.WITHDRAW):
        assert {status for status in Status if may(status, action)} == OPEN


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (Action.ACCEPT, ()),
        (Action.RETURN, ("note",)),
        (Action.REASSIGN, ("office",)),
        (Action.RESOLVE, ("outcome", "note")),
        (Action.MERGE, ("into",)),
    ],
)
def test_an_action_says_what_it_needs(action: Action, fields: tuple[str, ...]) -> None:
    assert needs(action) == fields


def test_people_read_chinese() -> None:
    labels = [word.label for word in (*Status, *Action)]

    assert all("\u4e00" <= letter <= "\u9fff" for label in labels for letter in label)
    assert len({status.label for status in Status}) == len(Status)
