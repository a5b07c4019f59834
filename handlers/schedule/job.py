"""What the scheduler runs: a name, a cadence, and work that is found by its state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.unit import Unit

Work = Callable[[Unit, datetime], bool]
"""Does a batch in one transaction and tells whether there may be more.

It finds what to do by the state of the rows, never by what a slot says, so that a crash between two
batches loses nothing: the next slot, or another node, goes on.
"""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so often, counted from midnight UTC plus ``offset``."""

    every: timedelta
    offset: timedelta = timedelta()

    def slot(self, now: datetime) -> str:
        """Return the name of the latest slot at ``now``, equal on every node; missed ones are passed over."""
        begun = (now - self.offset - _EPOCH) // self.every
        return (_EPOCH + self.offset + begun * self.every).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Job:
    """Something the clock does."""

    name: str
    cadence: Cadence
    work: Work
