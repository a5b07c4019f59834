"""A clock that a test moves by hand."""

from datetime import UTC, datetime, timedelta

TUESDAY_MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""10:00 in China, on a working day."""


class HandClock:
    """Stands still until it is moved; goes wherever ``bot.clock.Clock`` does."""

    def __init__(self, now: datetime = TUESDAY_MORNING) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, step: timedelta) -> datetime:
        self._now += step
        return self._now
