"""What the clock must do, and running numbers."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.models.columns import Table, identity, moment, reference


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

    id: int | None = identity()
    ticket_id: int = reference("tickets.id", index=True, nullable=False)
    kind: str
    at: datetime = moment(nullable=False)
    done_at: datetime | None = moment()


class JobRun(Table, table=True):
    """A job's slot, claimed by the node that ran it."""

    __tablename__ = "job_runs"

    job: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    at: datetime = moment(index=True, nullable=False)


class Counter(Table, table=True):
    """Running numbers: one row a series."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int = 0
