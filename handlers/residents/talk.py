"""Where a talk with a resident stands: a state and the half-told report, as values that survive a restart."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from handlers.residents.incoming import Point


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
    wide: bool = False
    """The place is a whole district or street: too wide to go and look."""
    office: str = ""
    community: str = ""
    district: str = ""
    offices: tuple[str, ...] = ()
    point: Point | None = None
    here: Point | None = None
    """Where the phone is, offered as the place; it counts only once the resident says so."""
    urgency: int = 0
    flags: tuple[str, ...] = ()
    accused: str = ""
    asked: int = 0
    """How many questions were put in a row without an answer that helped."""
    asked_nearer: bool = False
    offered: bool = False
    """All categories were offered."""
    human: bool = False
    """A person is asked for: no more questions."""

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not (self.messages or self.attachments)

    @property
    def placed(self) -> bool:
        """Whether the report says where."""
        return bool(self.place or self.point)

    @property
    def known(self) -> bool:
        """Whether the place leads to an office, a district or a point on the map."""
        return bool(self.office or self.community or self.district or self.point)

    @property
    def substantial(self) -> bool:
        """Whether there is something that somebody could look into."""
        return bool(self.category or self.choices or self.placed or self.attachments)

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


_DRAFTS = TypeAdapter(Draft)
_NAMES = frozenset(each.name for each in fields(Draft))


def dumped(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON values, {} for one in which nothing is."""
    return {} if draft == Draft() else dict(_DRAFTS.dump_python(draft, mode="json"))


def loaded(data: dict[str, Any]) -> Draft:
    """Return a draft from JSON values that any version wrote: what cannot be read takes its default."""
    known = {name: value for name, value in data.items() if name in _NAMES}
    while known:
        try:
            return _DRAFTS.validate_python(known)
        except ValidationError as error:
            for problem in error.errors():
                known.pop(str(problem["loc"][0]), None)
    return Draft()


def state_of(name: str, draft: Draft) -> State:
    """Return a stored state; one that only another version knows becomes the question for the matter."""
    if name in set(State):
        return State(name)
    return State.IDLE if draft.empty else State.WHAT
