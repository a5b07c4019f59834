from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.delivery import Act, Backoff, Means, Way, Window, choose, next_try, window_after

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def way(**facts: Any) -> Way:
    known: dict[str, Any] = {
        "window_until": NOW + DAY,
        "window_left": 1,
        "followed": True,
        "reachable": True,
        "quiet": None,
    }
    return choose(NOW, **(known | facts))


def test_an_open_window_takes_a_customer_message() -> None:
    assert way() == Way(Means.CUSTOMER, NOW)


@pytest.mark.parametrize(
    "shut", [{"window_until": None}, {"window_until": NOW}, {"window_left": 0}, {"window_until": NOW - DAY}]
)
def test_a_shut_window_takes_a_template_or_keeps_the_notice(shut: dict[str, Any]) -> None:
    assert way(**shut).means is Means.TEMPLATE
    assert way(**shut, reachable=False).means is Means.KEEP


def test_nothing_goes_to_whom_does_not_follow() -> None:
    assert way(followed=False).means is Means.KEEP


def test_quiet_hours_put_the_decision_off_to_their_end() -> None:
    morning = NOW + timedelta(hours=3)

    assert way(quiet=morning) == Way(Means.LATER, morning)
    assert way(quiet=NOW).means is Means.CUSTOMER


@pytest.mark.parametrize(
    ("act", "left", "length"),
    [
        (Act.MESSAGE, 5, timedelta(hours=48)),
        (Act.MENU, 3, MINUTE),
        (Act.CHOICE, 3, MINUTE),
        (Act.FOLLOW, 3, MINUTE),
        (Act.SCAN, 3, MINUTE),
    ],
)
def test_each_act_opens_the_window_of_the_platform_s_rule(act: Act, left: int, length: timedelta) -> None:
    assert window_after(act, NOW) == Window(NOW + length, left)


def test_a_tap_does_not_shrink_the_window_of_a_message() -> None:
    assert window_after(Act.CHOICE, NOW, NOW + DAY, 2) == Window(NOW + DAY, 2)


@pytest.mark.parametrize(("until", "left"), [(NOW + DAY, 0), (NOW - MINUTE, 4)])
def test_a_tap_opens_a_window_where_the_wide_one_is_used_up_or_over(until: datetime, left: int) -> None:
    assert window_after(Act.CHOICE, NOW, until, left) == Window(NOW + MINUTE, 3)


def test_a_message_fills_the_quota_up_again() -> None:
    assert window_after(Act.MESSAGE, NOW, NOW + DAY, 1) == Window(NOW + 2 * DAY, 5)


@pytest.mark.parametrize(
    ("kind", "menu_id", "act"),
    [
        ("text", "", Act.MESSAGE),
        ("text", "101", Act.CHOICE),
        ("photo", "", Act.MESSAGE),
        ("scan", "", Act.SCAN),
        ("follow", "", Act.FOLLOW),
        ("menu", "", Act.MENU),
        ("position", "", None),
        ("unfollow", "", None),
    ],
)
def test_a_push_is_the_act_that_the_platform_counts(kind: str, menu_id: str, act: Act | None) -> None:
    assert Act.of(kind, menu_id) is act


@given(st.sampled_from(Act), st.timedeltas(-2 * DAY, 2 * DAY), st.integers(0, 5))
def test_an_act_never_leaves_less_than_there_was(act: Act, ahead: timedelta, left: int) -> None:
    before = Window(NOW + ahead, left)

    window = window_after(act, NOW, before.until, before.left)

    assert window.is_open(NOW)
    assert not before.is_open(NOW) or window.until >= before.until


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 30), (1, 30), (2, 60), (5, 480), (9, 7200), (23, 7200)]
)
def test_waiting_doubles_up_to_a_cap(attempts: int, seconds: int) -> None:
    assert next_try(attempts, NOW) == NOW + timedelta(seconds=seconds)


def test_after_the_last_try_a_message_is_a_dead_letter() -> None:
    assert next_try(24, NOW) is None
    assert next_try(2, NOW, Backoff(tries=2)) is None


@given(st.integers(0, 10_000))
def test_no_wait_is_longer_than_the_cap(attempts: int) -> None:
    patient = Backoff(tries=100_000)

    again = next_try(attempts, NOW, patient)

    assert again is not None
    assert NOW < again <= NOW + patient.cap
