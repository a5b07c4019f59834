"""What an officer asks for, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.offices.access import Officer
from handlers.rules.lifecycle import Action
from storage.models import Ticket
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is in the archive already: the original and the copy for display, by digest."""

    digest: str
    shown_digest: str
    content_type: str
    size: int
    """Bytes of the original."""


@dataclass(frozen=True, slots=True)
class Command:
    """One action on a ticket. Only the fields of its action count; empty means: not given."""

    action: Action
    version: int
    """The version of the ticket that the officer saw."""
    note: str = ""
    """The resident reads it (of a return, which residents never hear of, the desk)."""
    internal: str = ""
    """Officers read it."""
    office: str = ""
    """Code of the new owner: an office, a department or ``desk``."""
    days: int | None = None
    """Working days of an extension."""
    until: date | datetime | None = None
    """When a parked ticket is looked at again; a date is the morning of that local day."""
    outcome: str = ""
    """Code of the main outcome."""
    amount: float | None = None
    """How many of it, in the outcome's unit."""
    outcomes: tuple[tuple[str, float | None], ...] = ()
    """Further measures, each with its quantity."""
    into: str = ""
    """Number of the ticket that goes on."""
    category: str = ""
    also: tuple[str, ...] | None = None
    place: str = ""
    community: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(slots=True)
class Step:
    """A command at work: who, on what, when, within which transaction; ``data`` goes into the history."""

    unit: Unit
    officer: Officer
    ticket: Ticket
    command: Command
    now: datetime
    data: dict[str, object] = field(default_factory=dict)
    target: Ticket | None = None
    """Of a merge: the ticket that goes on."""
    from_owner: str = ""
    """Who owned the ticket before."""
    from_desk: bool = False
    """Whether it lay with the desk until now."""
