"""What was said: every message of a resident, word for word, and the answer that it got."""

from collections.abc import Sequence

from sqlalchemy import bindparam, inspect, update
from sqlmodel import Session, col, select

from storage.models import Message
from storage.prepared import Prepared, columns

_KEEP = Prepared(lambda insert: insert(Message).returning(col(Message.id)), Message.column_names())
_ANSWER = Prepared(lambda _: update(Message).where(col(Message.id) == bindparam("said")), ("said", "reply"))
_GIVE = Prepared(lambda _: update(Message).where(col(Message.id) == bindparam("said")), ("said", "ticket_id"))


class Messages:
    """The transcript."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: Message) -> Message:
        """Keep a message; its id is known at once. What changes in one kept before is kept, too."""
        if inspect(message).transient:
            message.id = _KEEP.run(self._session, columns(message))[0][0]
        return message

    def answer(self, message: Message, reply: str) -> None:
        """Keep what a message got for an answer."""
        message.reply = reply
        _ANSWER.run(self._session, {"said": message.id, "reply": reply})

    def give(self, ids: Sequence[int], ticket_id: int) -> None:
        """Give messages to the ticket that came of them."""
        for message_id in ids:
            _GIVE.run(self._session, {"said": message_id, "ticket_id": ticket_id})

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
