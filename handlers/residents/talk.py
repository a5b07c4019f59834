"""Where a talk with a resident stands: a state and the half-told report, as values that survive a restart."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from handlers.residents.incoming import Point


class State(StrEnum):
    """What the chat waits for."""

    IDLE = "idle"
    WHAT = "what"
    """What is the matter?"""
    CATEGORY = "category"
    """Which of two or three matters is it?"""
    WHERE = "where"
    """Where is it?"""
    SPOT = "spot"
    """Which of the places of that name?"""
    NEARER = "nearer"
    """The place is named but unknown to us: which community, or a position on the map?"""
    OUTSIDE = "outside"
    """The place lies in a neighbouring district; said so, and waiting in case it does not."""
    WHY = "why"
    """The resident is not content: what is still wrong?"""
    CORRECT = "correct"
    """Something is to be put right: what?"""
    ERASE = "erase"
    """Really forget everything about you?"""
    WITHDRAW = "withdraw"
    """Really take the report back?"""

    @property
    def drafts(self) -> bool:
        """Whether a half-told report waits in this state."""
        return self in _DRAFTING


_DRAFTING = frozenset({State.WHAT, State.CATEGORY, State.WHERE, State.SPOT, State.NEARER, State.OUTSIDE})


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is being told. ``offices`` are those that share the place's name."""

    messages: tuple[int, ...] = ()
    attachments: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    category: str = ""
    also: tuple[str, ...] = ()
    why: tuple[tuple[str, str, float], ...] = ()
    confidence: float = 0.0
    choices: tuple[str, ...] = ()
    """Categories to choose from while it is not clear which it is."""
    place: str = ""
    place_name: str = ""
    """The gazetteer's name of the place, "" where it has none."""
    office: str = ""
    community: str = ""
    district: str = ""
    offices: tuple[str, ...] = ()
    point: Point | None = None
    urgency: int = 0
    flags: tuple[str, ...] = ()
    accused: str = ""
    asked: int = 0
    """How many questions were put in a row without an answer that helped."""
    asked_nearer: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not (self.messages or self.attachments)

    @property
    def placed(self) -> bool:
        """Whether the report says where."""
        return bool(self.place or self.point)

    @property
    def text(self) -> str:
        """All that was said of the matter."""
        return "\n".join(self.texts)


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

    def asking_why(self) -> "Talk":
        """Return the talk in which the next words are the reason of a bad verdict."""
        return replace(self, state=State.WHY)

    def waiting(self, state: State, draft: Draft, until: datetime) -> "Talk":
        """Return the talk waiting for an answer until a moment."""
        return replace(self, state=state, draft=draft, expires_at=until)


_DRAFTS = TypeAdapter(Draft)


def dumped(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON values."""
    return dict(_DRAFTS.dump_python(draft, mode="json"))


def loaded(data: dict[str, Any]) -> Draft:
    """Return a draft from JSON values; fields that an older version did not write take their default."""
    return _DRAFTS.validate_python(data)
