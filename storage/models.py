"""The tables. A row is plain data: no relationships, no behaviour, nothing loaded behind one's back.

A JSON column is changed by giving it a new list or dict; a change inside of one is not seen, nor kept.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime, json_type

# SQLite numbers rows by itself only for a column of type INTEGER; PostgreSQL wants 64 bits.
_BIG = BigInteger().with_variant(Integer(), "sqlite")


_TICKET_VERSION = Column("version", Integer, nullable=False)

# A constraint without a name cannot be changed by a later migration.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table is made from; its ``metadata`` is the whole schema."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def _id() -> Any:
    return Field(default=None, sa_column=Column(_BIG, primary_key=True, autoincrement=True))


def _ref(to: str = "", *, index: bool = False, nullable: bool = True) -> Any:
    keys = [ForeignKey(to)] if to else []
    return Field(default=None, sa_column=Column(_BIG, *keys, nullable=nullable, index=index))


def _moment(*, index: bool = False, nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable, index=index))


def _text() -> Any:
    return Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


def _json(kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
    empty = "[]" if kind is list else "{}"
    return Field(default_factory=kind, sa_column=Column(json_type(), nullable=False, server_default=empty))


class Resident(Table, table=True):
    """Somebody who writes to the account. The openid leaves this table for delivery only."""

    __tablename__ = "residents"

    id: int | None = _id()
    openid: str = Field(unique=True)
    account: str = ""
    followed: bool = True
    reachable: bool = True
    """False once the platform said that the person blocked us or does not exist."""
    first_seen_at: datetime = _moment(nullable=False)
    notice_told_at: datetime | None = _moment()
    """When the privacy notice was given (PIPL §17, §35)."""
    window_until: datetime | None = _moment()
    window_left: int = 0
    """Customer-service messages left before ``window_until`` (platform: 5 in 48 h after a message)."""
    latitude: float | None = None
    longitude: float | None = None
    datum: str = ""
    point_at: datetime | None = _moment()
    """Where the phone was last (LOCATION event); helps only while fresh."""
    scene_community: str = ""
    scene_place: str = ""
    """The estate whose poster was scanned last."""
    erased_at: datetime | None = _moment()


class InboxEntry(Table, table=True):
    """A push of the platform, claimed by its key together with the work that it caused."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    received_at: datetime = _moment(index=True, nullable=False)
    reply: str = _text()


class Message(Table, table=True):
    """What a resident wrote, word for word, and what the chat answered. Never edited."""

    __tablename__ = "messages"

    id: int | None = _id()
    resident_id: int = _ref("residents.id", index=True, nullable=False)
    ticket_id: int | None = _ref("tickets.id", index=True)
    at: datetime = _moment(nullable=False)
    kind: str
    text: str = _text()
    data: dict[str, Any] = _json(dict)
    """Point, media ids, scene: what is not text."""
    reply: str = _text()


class Conversation(Table, table=True):
    """Where the talk with a resident stands; any node goes on with it."""

    __tablename__ = "conversations"

    resident_id: int = Field(
        sa_column=Column(_BIG, ForeignKey("residents.id"), primary_key=True, autoincrement=False)
    )
    state: str = "idle"
    draft: dict[str, Any] = _json(dict)
    expires_at: datetime | None = _moment(index=True)
    """When silence ends it: a half-told report is filed as it is then."""
    ticket_id: int | None = _ref()
    """The ticket talked of last."""


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

    id: int | None = _id()
    number: str = Field(unique=True)
    status: str
    category: str
    also: list[str] = _json(list)
    owner: str
    """Code of the street office (or department) that must act, or ``desk``."""
    office: str = ""
    """Code of the street office the place lies in, "" if unknown."""
    community: str = ""
    district: str = ""
    place: str = _text()
    """The place as the resident named it."""
    place_key: str = ""
    """The place folded for comparison: equal for the same place written twice."""
    latitude: float | None = None
    longitude: float | None = None
    datum: str = ""
    text: str = _text()
    """The report: all that was said of the matter, word for word."""
    resident_id: int | None = _ref("residents.id", index=True)
    channel: str = "wechat"
    urgency: int = 0
    flags: list[str] = _json(list)
    accused: str = ""
    why: list[Any] = _json(list)
    """The words that decided the category: [word, category, weight]."""
    confidence: float = 0.0
    industry: str = ""
    comprehensive: str = ""
    """Departments that regulate the matter: by trade and in general (双监管)."""
    lead: str = ""
    created_at: datetime = _moment(nullable=False)
    moved_at: datetime = _moment(nullable=False)
    """When the present state began."""
    limit_from: datetime = _moment(nullable=False)
    """When the running limit began: filing, or the last reopening or reassignment."""
    sign_for_at: datetime | None = _moment()
    due_at: datetime | None = _moment()
    """The running deadline; None while paused or over."""
    promised_at: datetime | None = _moment()
    """What the resident was told; moves only with a notice."""
    accepted_at: datetime | None = _moment()
    resolved_at: datetime | None = _moment()
    closed_at: datetime | None = _moment(index=True)
    paused_at: datetime | None = _moment()
    paused_due_at: datetime | None = _moment()
    """The deadline that stood when the pause began."""
    hold_until: datetime | None = _moment()
    """Until when the matter is parked."""
    told_at: datetime | None = _moment()
    """When the resident heard of it last."""
    outcome: str = ""
    outcomes: list[Any] = _json(list)
    """Measures with quantities: [code, number]."""
    answer: str = _text()
    """The public answer of the office."""
    rating: int | None = None
    """1 unsatisfied, 2 satisfied; None unrated."""
    rating_words: str = _text()
    reopened: int = 0
    urged: int = 0
    urged_on: str = ""
    """Local day of the last urging, YYYY-MM-DD: at most once a day."""
    returned: int = 0
    supplements: int = 0
    merged_into: int | None = _ref("tickets.id")
    version: int = Field(default=1, sa_column=_TICKET_VERSION)


class HistoryEntry(Table, table=True):
    """One step of a ticket. Appended, never edited."""

    __tablename__ = "history"

    id: int | None = _id()
    ticket_id: int = _ref("tickets.id", index=True, nullable=False)
    at: datetime = _moment(nullable=False)
    actor_kind: str
    """resident, officer, clock or system."""
    actor: str = ""
    """Name of the officer; "" for others (a resident is never named here)."""
    action: str
    from_status: str = ""
    to_status: str = ""
    public_note: str = _text()
    internal_note: str = _text()
    data: dict[str, Any] = _json(dict)


class Attachment(Table, table=True):
    """A photo, voice note or video: wanted, then kept in the archive or lost for good."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_state_next", "state", "next_at"),
        Index("ix_attachments_digest", "digest"),
        CheckConstraint("state IN ('wanted', 'kept', 'lost', 'unwanted')", name="state"),
        CheckConstraint("state <> 'wanted' OR next_at IS NOT NULL", name="wanted_has_moment"),
        CheckConstraint("state <> 'kept' OR digest <> ''", name="kept_has_digest"),
    )

    id: int | None = _id()
    ticket_id: int | None = _ref("tickets.id", index=True)
    resident_id: int | None = _ref("residents.id", index=True)
    kind: str
    """photo, voice or video."""
    role: str = "report"
    """report, before or after."""
    by: str = ""
    media_id: str = ""
    url: str = _text()
    state: str = "wanted"
    """wanted, kept, lost, or unwanted (its resident was erased; the archive must drop it)."""
    received_at: datetime = _moment(nullable=False)
    next_at: datetime | None = _moment()
    attempts: int = 0
    error: str = ""
    content_type: str = ""
    size: int = 0
    digest: str = ""
    """SHA-256 of the original: its name in the archive."""
    shown_digest: str = ""
    """SHA-256 of the copy for display (EXIF stripped)."""


class Notice(Table, table=True):
    """A row of the outbox: something that must be told to somebody, in order, at least once."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe", name="uq_outbox_dedupe"),
        # Delivery looks only at what is still to be done, however long the past grows.
        Index(
            "ix_outbox_live",
            "next_at",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbox_lane", "lane", "state", "id"),
        Index("ix_outbox_msgid", "msgid"),
        Index("ix_outbox_state", "state", "id"),
        Index("ix_outbox_address", "address", "id"),
        CheckConstraint(
            "state IN ('pending', 'sending', 'kept', 'sent', 'delivered', 'failed')", name="state"
        ),
        # Without these moments a notice would be waited for by nobody.
        CheckConstraint("state <> 'pending' OR next_at IS NOT NULL", name="pending_has_moment"),
        CheckConstraint("state <> 'sending' OR claimed_until IS NOT NULL", name="claim_has_end"),
    )

    id: int | None = _id()
    channel: str
    """resident, robot."""
    address: str = ""
    """Resident id as text, or the robot's name."""
    lane: str
    """What must stay in order: ``ticket:7`` or ``resident:7``."""
    ticket_id: int | None = _ref(index=True)
    kind: str
    """What is told: accepted, progress, resolved, rating, follow_up ..."""
    text: str = _text()
    data: dict[str, Any] = _json(dict)
    """Typed fields for a template, choices for a menu."""
    dedupe: str
    """Equal for the same fact: a job that runs twice tells once."""
    state: str = "pending"
    """pending, sending, kept (until the resident writes), sent, delivered, failed (dead letter)."""
    created_at: datetime = _moment(nullable=False)
    next_at: datetime | None = _moment()
    attempts: int = 0
    claimed_by: str = ""
    claimed_until: datetime | None = _moment()
    sent_at: datetime | None = _moment()
    way: str = ""
    """customer, template, reply or robot."""
    msgid: str = ""
    error: str = ""


class Reminder(Table, table=True):
    """A moment at which the clock must look at a ticket; replaced whenever the ticket moves."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index(
            "ix_reminders_due",
            "at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int | None = _id()
    ticket_id: int = _ref("tickets.id", index=True, nullable=False)
    kind: str
    at: datetime = _moment(nullable=False)
    done_at: datetime | None = _moment()


class JobRun(Table, table=True):
    """A job's slot, claimed by the node that ran it."""

    __tablename__ = "job_runs"

    job: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    at: datetime = _moment(index=True, nullable=False)


class Counter(Table, table=True):
    """Running numbers: one row a series."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int = 0


class User(Table, table=True):
    """Somebody who works tickets."""

    __tablename__ = "users"

    id: int | None = _id()
    name: str = Field(unique=True)
    role: str
    """dispatcher, office, department, leader or admin."""
    unit: str = ""
    """Code of the office or department; "" for the district's own roles."""
    password_hash: str = ""
    active: bool = True
    created_at: datetime = _moment(nullable=False)


class ApiToken(Table, table=True):
    """A bearer token for another system or a script; only its hash is kept."""

    __tablename__ = "api_tokens"

    id: int | None = _id()
    name: str = Field(unique=True)
    digest: str = Field(unique=True)
    user_id: int = _ref("users.id", index=True, nullable=False)
    created_at: datetime = _moment(nullable=False)
    revoked_at: datetime | None = _moment()


class ConsoleSession(Table, table=True):
    """A signed-in browser; valid on every node, ended by deleting the row."""

    __tablename__ = "console_sessions"

    digest: str = Field(primary_key=True)
    """SHA-256 of the cookie: a stolen table opens no door."""
    user_id: int | None = _ref(index=True)
    data: dict[str, Any] = _json(dict)
    expires_at: datetime = _moment(index=True, nullable=False)


class LoginFailure(Table, table=True):
    """Failed sign-ins of a name or an address, for throttling."""

    __tablename__ = "login_failures"

    key: str = Field(primary_key=True)
    count: int = 0
    until: datetime | None = _moment()
