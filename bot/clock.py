"""The one door through which time comes in."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the time: aware, UTC."""

    def now(self) -> datetime:
        """Return the present moment as an aware UTC datetime."""
        ...


class SystemClock:
    """The machine's own clock, for production."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class MovableClock:
    """The machine's clock plus a shift, for the simulator: days pass at the press of a button."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        """Return the machine's time plus all that was moved forward."""
        return datetime.now(UTC) + self._shift

    def move(self, step: timedelta) -> None:
        """Move forward by ``step``; ValueError if it points backward, since a shown promise would break."""
        if step < timedelta():
            raise ValueError("the clock moves forward only")
        self._shift += step
