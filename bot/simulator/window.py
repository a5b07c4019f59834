"""How often the account may write to a resident after the resident did something.

Since 2023-06: five messages within 48 hours of a message; three within one minute of a menu click, a
scan or a follow. The allowances do not add up: a sent message counts against each that is open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError

_MESSAGE_VALID = timedelta(hours=48)
_MESSAGE_COUNT = 5
_TOUCH_VALID = timedelta(minutes=1)
_TOUCH_COUNT = 3
_OUT_OF_WINDOW = PlatformError(45015, "response out of time limit or subscription is canceled")
_USED_UP = PlatformError(45047, "out of response count limit")


@dataclass(slots=True)
class Allowance:
    """So many messages until a moment."""

    until: datetime
    left: int


class Window:
    """The allowances that one resident's actions have opened."""

    def __init__(self) -> None:
        self._allowances: dict[str, Allowance] = {}

    def wrote(self, now: datetime) -> None:
        """Note a message of the resident: 5 replies within 48 hours."""
        self._allowances["message"] = Allowance(now + _MESSAGE_VALID, _MESSAGE_COUNT)

    def touched(self, now: datetime) -> None:
        """Note a menu click, a tapped choice, a scan or a follow: 3 replies within a minute."""
        self._allowances["touch"] = Allowance(now + _TOUCH_VALID, _TOUCH_COUNT)

    def close(self) -> None:
        """Forget all allowances: the resident has left."""
        self._allowances.clear()

    def open(self, now: datetime) -> list[Allowance]:
        """Return the allowances that have not run out of time."""
        return [allowance for allowance in self._allowances.values() if allowance.until > now]

    def spend(self, now: datetime) -> None:
        """Count one message of the account; PlatformError 45015 (too late) or 45047 (used up)."""
        allowances = self.open(now)
        if not allowances:
            raise _OUT_OF_WINDOW
        if all(allowance.left == 0 for allowance in allowances):
            raise _USED_UP
        for allowance in allowances:
            allowance.left = max(0, allowance.left - 1)

    def view(self, now: datetime) -> dict[str, str | int] | None:
        """Return what the page shows: how many messages until when, None when closed."""
        best = max(self.open(now), key=lambda allowance: (allowance.left, allowance.until), default=None)
        return None if best is None else {"until": best.until.isoformat(), "left": best.left}
