"""What was said: every message of a resident, word for word, and the answer that it got."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.models import Message


class Messages:
    """The transcript."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: Message) -> Message:
        """Keep a message; its id is known at once."""
        self._session.add(message)
        self._session.flush()
        return message

    def give(self, ids: Sequence[int], ticket_id: int) -> None:
        """Give messages to the ticket that came of them."""
        if ids:
            query = update(Message).where(col(Message.id).in_(ids)).values(ticket_id=ticket_id)
            self._session.connection().execute(query)

    def of_ticket(self, ticket_id: int) -> Sequence[Message]:
        """Return what belongs to a ticket, oldest first."""
        query = select(Message).where(Message.ticket_id == ticket_id).order_by(col(Message.id))
        return self._session.exec(query).all()

    def of_resident(self, resident_id: int, limit: int = 500) -> Sequence[Message]:
        """Return a resident's latest messages, oldest first (for the export of their data)."""
        query = (
            select(Message)
            .where(Message.resident_id == resident_id)
            .order_by(col(Message.id).desc())
            .limit(limit)
        )
        return list(reversed(self._session.exec(query).all()))
