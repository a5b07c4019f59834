"""Where each talk stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import Conversation


class Conversations:
    """One conversation a resident. The resident's row is held while it is read and saved."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, resident_id: int) -> Conversation:
        """Return the conversation, an idle one at first."""
        found = self._session.get(Conversation, resident_id)
        return found or Conversation(resident_id=resident_id)

    def save(self, conversation: Conversation) -> None:
        """Keep where the talk stands now."""
        self._session.add(conversation)

    def silent(self, now: datetime, limit: int) -> Sequence[int]:
        """Return ids of residents whose half-told report waits longer than it may."""
        query = (
            select(Conversation.resident_id)
            .where(col(Conversation.expires_at) <= now)
            .order_by(col(Conversation.expires_at))
            .limit(limit)
        )
        return self._session.exec(query).all()
