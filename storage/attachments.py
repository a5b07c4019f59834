"""Photos, voice notes and videos: what is wanted from the platform, what is kept, what is lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, col, select

from storage.models import Attachment

LEASE = timedelta(minutes=2)
"""How long a node may fetch one file before another node may try."""


class Attachments:
    """Attachments by state and by ticket."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, attachment: Attachment) -> Attachment:
        """Note a file; its id is known at once."""
        self._session.add(attachment)
        self._session.flush()
        return attachment

    def by_id(self, attachment_id: int) -> Attachment | None:
        """Return one."""
        return self._session.get(Attachment, attachment_id)

    def save(self, attachment: Attachment) -> None:
        """Keep what changed."""
        self._session.add(attachment)

    def take_wanted(self, now: datetime, limit: int) -> Sequence[Attachment]:
        """Claim files that wait to be fetched; the claim lapses by itself after LEASE."""
        query = (
            select(Attachment)
            .where(Attachment.state == "wanted", col(Attachment.next_at) <= now)
            .order_by(col(Attachment.next_at))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = self._session.exec(query).all()
        for attachment in taken:
            attachment.next_at = now + LEASE
            attachment.attempts += 1
            self._session.add(attachment)
        return taken

    def of_ticket(self, ticket_id: int) -> Sequence[Attachment]:
        """Return a ticket's files, oldest first."""
        query = select(Attachment).where(Attachment.ticket_id == ticket_id).order_by(col(Attachment.id))
        return self._session.exec(query).all()

    def hand_over(self, ids: Sequence[int], ticket_id: int) -> None:
        """Give files that came before their ticket to it."""
        if ids:
            query = update(Attachment).where(col(Attachment.id).in_(ids)).values(ticket_id=ticket_id)
            self._session.exec(query)

    def of_resident(self, resident_id: int) -> Sequence[Attachment]:
        """Return all files of a resident (for erasing what belongs to no ticket)."""
        return self._session.exec(
            select(Attachment).where(Attachment.resident_id == resident_id).order_by(col(Attachment.id))
        ).all()

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return self._session.exec(select(func.count()).where(Attachment.state == state)).one()

    def unwanted(self, limit: int) -> Sequence[Attachment]:
        """Return files whose resident was erased: the archive must drop them, then ``forget`` their rows."""
        query = select(Attachment).where(Attachment.state == "unwanted").order_by(col(Attachment.id))
        return self._session.exec(query.limit(limit)).all()

    def needed(self, digest: str) -> bool:
        """Whether a file that is still wanted has this content: the archive keeps equal content once."""
        same = or_(col(Attachment.digest) == digest, col(Attachment.shown_digest) == digest)
        query = select(Attachment.id).where(same, Attachment.state != "unwanted").limit(1)
        return self._session.exec(query).first() is not None

    def forget(self, ids: Sequence[int]) -> int:
        """Drop the rows of unwanted files that the archive no longer holds."""
        query = delete(Attachment).where(col(Attachment.id).in_(ids), col(Attachment.state) == "unwanted")
        return self._session.exec(query).rowcount
