from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.simulator.errors import PlatformError
from bot.simulator.window import Window

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def refused(window: Window, at: datetime) -> int:
    with pytest.raises(PlatformError) as caught:
        window.spend(at)
    return caught.value.code


def test_a_message_allows_five_answers():
    window = Window()
    window.wrote(NOW)

    for _ in range(5):
        window.spend(NOW)

    assert refused(window, NOW) == 45047


def test_a_message_allows_answers_for_48_hours():
    window = Window()
    window.wrote(NOW)

    window.spend(NOW + timedelta(hours=48, seconds=-1))

    assert refused(window, NOW + timedelta(hours=48)) == 45015


def test_a_touch_allows_three_answers_within_a_minute():
    window = Window()
    window.touched(NOW)

    for _ in range(3):
        window.spend(NOW)

    assert refused(window, NOW) == 45047
    assert refused(window, NOW + timedelta(minutes=1)) == 45015


def test_who_did_nothing_may_not_be_written_to():
    assert refused(Window(), NOW) == 45015


def test_allowances_do_not_add_up():
    window = Window()
    window.wrote(NOW)
    window.touched(NOW)

    for _ in range(5):
        window.spend(NOW)

    assert refused(window, NOW) == 45047


def test_a_tap_does_not_prolong_the_48_hours():
    window = Window()
    window.wrote(NOW)
    late = NOW + timedelta(hours=48)

    window.touched(late)

    assert window.view(late) == {"until": (late + timedelta(minutes=1)).isoformat(), "left": 3}


class AnyOrder(RuleBasedStateMachine):
    """Whatever the order: never more than five answers since the last action, none 48 h after it."""

    def __init__(self):
        super().__init__()
        self.window, self.now = Window(), NOW
        self.sent, self.last = 0, None

    @rule(hours=st.integers(0, 60))
    def wait(self, hours):
        self.now += timedelta(hours=hours)

    @rule(wrote=st.booleans())
    def act(self, wrote):
        (self.window.wrote if wrote else self.window.touched)(self.now)
        self.sent, self.last = 0, self.now

    @rule()
    def send(self):
        try:
            self.window.spend(self.now)
        except PlatformError:
            return
        assert self.last is not None
        assert self.now - self.last < timedelta(hours=48)
        self.sent += 1

    @invariant()
    def five_at_most(self):
        assert self.sent <= 5


TestAnyOrder = AnyOrder.TestCase
