"""Tickets and their history."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, String
from sqlmodel import Field

from storage.models.columns import Table, identity, json, moment, reference, words

_TICKET_VERSION = Column("version", Integer, nullable=False)


class Ticket(Table, table=True):
    """A report that somebody must work on. One owner, one running deadline (or a reasoned pause)."""

    __tablename__ = "tickets"
    # The mapper saves with WHERE version = the one read, so that the slower of two people is told.
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _TICKET_VERSION}
    __table_args__ = (
        Index("ix_tickets_owner_due", "owner", "status", "due_at"),
        Index("ix_tickets_status_due", "status", "due_at"),
        Index("ix_tickets_resident_open", "resident_id", "category", "place_key"),
        Index("ix_tickets_created", "created_at"),
    )

    id: int | None = identity()
    number: str = Field(unique=True)
    status: str
    category: str
    also: list[str] = json(list)
    owner: str
    """Code of the street office (or department) that must act, or ``desk``."""
    office: str = ""
    """Code of the street office the place lies in, "" if unknown."""
    community: str = ""
    district: str = ""
    place: str = words()
    """The place as the resident named it."""
    place_key: str = ""
    """The place folded for comparison: equal for the same place written twice."""
    latitude: float | None = None
    longitude: float | None = None
    datum: str = ""
    text: str = words()
    """The report: all that was said of the matter, word for word."""
    resident_id: int | None = reference("residents.id", index=True)
    channel: str = "wechat"
    urgency: int = 0
    flags: list[str] = json(list)
    accused: str = ""
    why: list[Any] = json(list)
    """The words that decided the category: [word, category, weight]."""
    confidence: float = 0.0
    lexicon_version: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """The published lexicon that read the report; 0 is the packaged one."""
    first_category: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    """The category at filing, "" for tickets older than this column."""
    corrected_at: datetime | None = moment(index=True)
    """When the category was put right last."""
    industry: str = ""
    comprehensive: str = ""
    """Departments that regulate the matter: by trade and in general (双监管)."""
    lead: str = ""
    created_at: datetime = moment(nullable=False)
    moved_at: datetime = moment(nullable=False)
    """When the present state began."""
    limit_from: datetime = moment(nullable=False)
    """When the running limit began: filing, or the last reopening or reassignment."""
    sign_for_at: datetime | None = moment()
    due_at: datetime | None = moment()
    """The running deadline; None while paused or over."""
    promised_at: datetime | None = moment()
    """What the resident was told; moves only with a notice."""
    accepted_at: datetime | None = moment()
    resolved_at: datetime | None = moment()
    closed_at: datetime | None = moment(index=True)
    paused_at: datetime | None = moment()
    paused_due_at: datetime | None = moment()
    """The deadline that stood when the pause began."""
    hold_until: datetime | None = moment()
    """Until when the matter is parked."""
    told_at: datetime | None = moment()
    """When the resident heard of it last."""
    outcome: str = ""
    outcomes: list[Any] = json(list)
    """Measures with quantities: [code, number]."""
    answer: str = words()
    """The public answer of the office."""
    rating: int | None = None
    """1 unsatisfied, 2 satisfied; None unrated."""
    rating_words: str = words()
    reopened: int = 0
    urged: int = 0
    urged_on: str = ""
    """Local day of the last urging, YYYY-MM-DD: at most once a day."""
    returned: int = 0
    supplements: int = 0
    merged_into: int | None = reference("tickets.id")
    version: int = Field(default=1, sa_column=_TICKET_VERSION)


class HistoryEntry(Table, table=True):
    """One step of a ticket. Appended, never edited."""

    __tablename__ = "history"

    id: int | None = identity()
    ticket_id: int = reference("tickets.id", index=True, nullable=False)
    at: datetime = moment(nullable=False)
    actor_kind: str
    """resident, officer, clock or system."""
    actor: str = ""
    """Name of the officer; "" for others (a resident is never named here)."""
    action: str
    from_status: str = ""
    to_status: str = ""
    public_note: str = words()
    internal_note: str = words()
    data: dict[str, Any] = json(dict)
