"""Photos, voice and video."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index

from storage.models.columns import Table, identity, moment, reference, words


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

    id: int | None = identity()
    ticket_id: int | None = reference("tickets.id", index=True)
    resident_id: int | None = reference("residents.id", index=True)
    kind: str
    """photo, voice or video."""
    role: str = "report"
    """report, before or after."""
    by: str = ""
    media_id: str = ""
    url: str = words()
    state: str = "wanted"
    """wanted, kept, lost, or unwanted (its resident was erased; the archive must drop it)."""
    received_at: datetime = moment(nullable=False)
    next_at: datetime | None = moment()
    attempts: int = 0
    error: str = ""
    content_type: str = ""
    size: int = 0
    digest: str = ""
    """SHA-256 of the original: its name in the archive."""
    shown_digest: str = ""
    """SHA-256 of the copy for display (EXIF stripped)."""
