"""What the dialogue knows of a resident's tickets, as values."""

from dataclasses import dataclass
from datetime import datetime

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

    @property
    def open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status in OPEN

    @property
    def rateable(self) -> bool:
        """Whether the resident's verdict is wanted."""
        return self.status is Status.RESOLVED or (self.status is Status.CLOSED and not self.rated)


@dataclass(frozen=True, slots=True)
class Known:
    """A resident's latest tickets, newest first; ``scene_place`` is the estate of the scanned poster."""

    cases: tuple[Case, ...] = ()
    scene_place: str = ""
    scene_office: str = ""
    scene_community: str = ""

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
    status = Status(ticket.status)
    return Case(
        ticket.id, ticket.number, status, ticket.category, ticket.created_at, rated=ticket.rating is not None
    )
