"""What the dialogue knows of a resident's tickets, as values."""

from dataclasses import dataclass
from datetime import datetime

from handlers.residents.incoming import Point
from handlers.rules.lifecycle import OPEN, Status
from storage.models import Ticket


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket as far as the dialogue needs it."""

    id: int
    number: str
    status: Status
    category: str
    created_at: datetime
    rated: bool = False
    place_key: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status in OPEN

    @property
    def rateable(self) -> bool:
        """Whether the resident's verdict is wanted."""
        return self.status is Status.RESOLVED or (self.status is Status.CLOSED and not self.rated)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a poster hangs: the place's name, its office's and its community's code."""

    place: str
    office: str = ""
    community: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the message: a resident's latest tickets, newest first, and where they are."""

    cases: tuple[Case, ...] = ()
    scene: Scene | None = None
    """The poster that was scanned with this very push."""
    here: Point | None = None
    """Where the phone is, as it said a moment ago."""

    def numbered(self, number: str) -> Case | None:
        """Return the resident's own ticket of that number."""
        return next((case for case in self.cases if case.number == number), None)

    def by_id(self, ticket_id: int | None) -> Case | None:
        """Return the resident's own ticket with that id."""
        return next((case for case in self.cases if case.id == ticket_id), None)

    def latest_open(self) -> Case | None:
        """Return the newest ticket that is still worked on."""
        return next((case for case in self.cases if case.open), None)

    def rateable(self) -> Case | None:
        """Return the newest ticket whose rating is wanted; resolved ones come first."""
        resolved = (case for case in self.cases if case.status is Status.RESOLVED)
        return next(resolved, None) or next((case for case in self.cases if case.rateable), None)


def case_of(ticket: Ticket) -> Case:
    """Return a ticket as the dialogue sees it."""
    assert ticket.id is not None
    return Case(
        ticket.id,
        ticket.number,
        Status(ticket.status),
        ticket.category,
        ticket.created_at,
        rated=ticket.rating is not None,
        place_key=ticket.place_key,
    )
