"""What must be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from storage.models.columns import Table, identity, json, moment, reference, words


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

    id: int | None = identity()
    channel: str
    """resident, robot."""
    address: str = ""
    """Resident id as text, or the robot's name."""
    lane: str
    """What must stay in order: ``ticket:7`` or ``resident:7``."""
    ticket_id: int | None = reference(index=True)
    kind: str
    """What is told: accepted, progress, resolved, rating, follow_up ..."""
    text: str = words()
    data: dict[str, Any] = json(dict)
    """Typed fields for a template, choices for a menu."""
    dedupe: str
    """Equal for the same fact: a job that runs twice tells once."""
    state: str = "pending"
    """pending, sending, kept (until the resident writes), sent, delivered, failed (dead letter)."""
    created_at: datetime = moment(nullable=False)
    next_at: datetime | None = moment()
    attempts: int = 0
    claimed_by: str = ""
    claimed_until: datetime | None = moment()
    sent_at: datetime | None = moment()
    way: str = ""
    """customer, template, reply or robot."""
    msgid: str = ""
    error: str = ""
