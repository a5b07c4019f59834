"""How a resident may be reached now, and when a failed message is tried again. No input, no output."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Means(StrEnum):
    """How a notice goes out."""

    CUSTOMER = "customer"
    """As a customer-service message, inside the window that the resident's own act opened."""
    TEMPLATE = "template"
    """As a template message, which needs no window but a configured template."""
    KEEP = "keep"
    """Not now: it is given with the resident's next reply."""
    LATER = "later"
    """Not now: decide again at the moment that is named."""


class Act(StrEnum):
    """What a resident did that opens a window for customer-service messages."""

    MESSAGE = "message"
    MENU = "menu"
    CHOICE = "choice"
    """A tap on a choice of a menu message; it arrives as text and counts as a click on the menu."""
    FOLLOW = "follow"
    SCAN = "scan"

    @classmethod
    def of(cls, kind: str, menu_id: str = "") -> "Act | None":
        """Return the act behind a push of that kind (``Incoming.kind``), None where it opens no window."""
        if kind == "text" and menu_id:
            return cls.CHOICE
        return _ACTS.get(kind)


_ACTS = {
    **dict.fromkeys(("text", "photo", "voice", "video", "location", "link"), Act.MESSAGE),
    "menu": Act.MENU,
    "follow": Act.FOLLOW,
    "scan": Act.SCAN,
}
_LONG = (timedelta(hours=48), 5)
"""A message opens 48 hours for 5 messages (platform rule since 2023-06-12)."""
_SHORT = (timedelta(minutes=1), 3)
"""A click, a scan or a follow opens 1 minute for 3 messages (same rule)."""


@dataclass(frozen=True, slots=True)
class Window:
    """Until when, and for how many messages, the platform lets us write freely."""

    until: datetime
    left: int

    def is_open(self, now: datetime) -> bool:
        """Tell whether a message may still be sent in it."""
        return self.left > 0 and now < self.until


@dataclass(frozen=True, slots=True)
class Way:
    """The means for a notice, and the moment: now, or for LATER when to decide again."""

    means: Means
    at: datetime


@dataclass(frozen=True, slots=True)
class Backoff:
    """How failed deliveries are tried again; the defaults give up after about 40 hours."""

    tries: int = 24
    first: timedelta = timedelta(seconds=30)
    cap: timedelta = timedelta(hours=2)


DEFAULT_BACKOFF = Backoff()


def window_after(act: Act, now: datetime, until: datetime | None = None, left: int = 0) -> Window:
    """Return the window after an act at ``now``, given the one before (``until``, ``left``).

    Quotas are taken not to add up; an act never shrinks a wider window that is still open.
    """
    length, quota = _LONG if act is Act.MESSAGE else _SHORT
    fresh = Window(now + length, quota)
    if until is None:
        return fresh
    before = Window(until, left)
    return before if before.is_open(now) and before.until > fresh.until else fresh


def choose(
    now: datetime,
    window_until: datetime | None,
    window_left: int,
    followed: bool,
    reachable: bool,
    quiet: datetime | None,
) -> Way:
    """Return how a notice goes out at ``now``.

    ``followed``: the resident follows the account (the platform refuses both means otherwise);
    ``reachable``: a template is configured for this notice; ``quiet``: when the quiet hours end in
    which ``now`` lies, None outside of them.
    """
    if not followed:
        return Way(Means.KEEP, now)
    if quiet is not None and quiet > now:
        return Way(Means.LATER, quiet)
    if window_until is not None and Window(window_until, window_left).is_open(now):
        return Way(Means.CUSTOMER, now)
    return Way(Means.TEMPLATE if reachable else Means.KEEP, now)


def next_try(attempts: int, now: datetime, backoff: Backoff = DEFAULT_BACKOFF) -> datetime | None:
    """Return when to try again after ``attempts`` failures, None where it is to be a dead letter."""
    if attempts >= backoff.tries:
        return None
    doublings = min(max(attempts - 1, 0), 30)  # beyond that any cap is reached
    return now + min(backoff.first * (1 << doublings), backoff.cap)
