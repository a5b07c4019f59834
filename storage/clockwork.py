"""What the clock must do: reminders of tickets, and slots of jobs that any node may claim once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import JobRun, Reminder
from storage.once import insert_once
from storage.prepared import Prepared

_BEGIN = Prepared(lambda insert: insert(Reminder), ("ticket_id", "kind", "at"))


class Reminders:
    """When a ticket wants attention."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, ticket_id: int, planned: Iterable[tuple[str, datetime]]) -> None:
        """Put up the first reminders of a ticket; it has none yet that they could replace."""
        rows = [{"ticket_id": ticket_id, "kind": kind, "at": at} for kind, at in sorted(set(planned))]
        if rows:
            _BEGIN.run_many(self._session, rows)

    def plan(self, ticket_id: int, planned: Iterable[tuple[str, datetime]]) -> None:
        """Replace what is still to come by ``planned`` (kind, moment); what was done stays done, once."""
        undone = delete(Reminder).where(col(Reminder.ticket_id) == ticket_id, col(Reminder.done_at).is_(None))
        self._session.exec(undone)
        done = {(row.kind, row.at) for row in self.of_ticket(ticket_id)}
        self.begin(ticket_id, set(planned) - done)

    def due(self, now: datetime, limit: int) -> Sequence[Reminder]:
        """Return what is due, oldest first; on PostgreSQL what another node works on is passed over."""
        query = (
            select(Reminder)
            .where(col(Reminder.at) <= now, col(Reminder.done_at).is_(None))
            .order_by(col(Reminder.at), col(Reminder.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._session.exec(query).all()

    def of_ticket(self, ticket_id: int) -> Sequence[Reminder]:
        """Return all of a ticket's, done and to come."""
        query = select(Reminder).where(Reminder.ticket_id == ticket_id).order_by(col(Reminder.at))
        return self._session.exec(query).all()


class Jobs:
    """Slots of the scheduler's jobs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, job: str, slot: str, now: datetime) -> bool:
        """Claim a slot; False where any node has it."""
        return insert_once(self._session, JobRun, job=job, slot=slot, at=now)

    def forget_before(self, moment: datetime) -> int:
        """Drop old slots; their moments never come back."""
        query = delete(JobRun).where(col(JobRun.at) < moment)
        return self._session.exec(query).rowcount
