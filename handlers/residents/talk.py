"""Where a talk with a resident stands: what the chat waits for, and until when."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from handlers.residents.draft import Draft


class State(StrEnum):
    """What the chat waits for."""

    IDLE = "idle"
    WHAT = "what"
    """What is the matter?"""
    CATEGORY = "category"
    """Which of these matters is it?"""
    WHERE = "where"
    """Where is it?"""
    SPOT = "spot"
    """Which of the places of that name?"""
    NEARER = "nearer"
    """Only a district or street is named: where in it?"""
    OUTSIDE = "outside"
    """The place lies in a neighbouring district; said so, and waiting in case it does not."""
    ELSEWHERE = "elsewhere"
    """The matter is another authority's; said so, and waiting in case the resident insists."""
    LOCATE = "locate"
    """It is filed, but its place is unknown to us: a position or a community would help."""
    WHY = "why"
    """The resident is not content: what is still wrong?"""
    MORE = "more"
    """Something is to be added to a ticket: what?"""
    CORRECT = "correct"
    """Something is to be put right: what?"""
    ERASE = "erase"
    """Really forget everything about you?"""
    WITHDRAW = "withdraw"
    """Really take the report back?"""

    @property
    def drafts(self) -> bool:
        """Whether the next words go on with a half-told report."""
        return self in _DRAFTING

    @property
    def informed(self) -> bool:
        """Whether the resident knows who answers: silence then means that all is said."""
        return self in {State.OUTSIDE, State.ELSEWHERE}


_DRAFTING = frozenset(
    {
        State.WHAT,
        State.CATEGORY,
        State.WHERE,
        State.SPOT,
        State.NEARER,
        State.OUTSIDE,
        State.ELSEWHERE,
    }
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its state, its draft, the ticket talked of last, and when silence ends it."""

    state: State = State.IDLE
    draft: Draft = field(default_factory=Draft)
    ticket_id: int | None = None
    expires_at: datetime | None = None

    def idle(self, ticket_id: int | None = None) -> "Talk":
        """Return the talk with nothing under way."""
        return Talk(ticket_id=ticket_id or self.ticket_id)

    def about(self, ticket_id: int) -> "Talk":
        """Return the talk about a ticket, whatever is under way."""
        return replace(self, ticket_id=ticket_id)

    def waiting(self, state: State, draft: Draft, until: datetime) -> "Talk":
        """Return the talk waiting for an answer until a moment."""
        return replace(self, state=state, draft=draft, expires_at=until)

    def current(self, now: datetime) -> "Talk":
        """Return the talk without a question that lapsed; a half-told report may still be gone on with."""
        lapsed = self.expires_at is not None and self.expires_at <= now
        return self.idle() if lapsed and not self.state.drafts and self.draft.empty else self


def state_of(name: str, draft: Draft) -> State:
    """Return a stored state; one that only another version knows becomes the question for the matter."""
    if name in set(State):
        return State(name)
    return State.IDLE if draft.empty else State.WHAT
