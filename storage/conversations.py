"""Where each talk stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.models import Conversation
from storage.prepared import Prepared, columns

_NAMES = Conversation.column_names()
_OF = Prepared(
    lambda _: select(*(getattr(Conversation, name) for name in _NAMES)).where(
        col(Conversation.resident_id) == bindparam("whose")
    ),
    ("whose",),
)


def _upsert(insert: Any) -> Any:
    statement = insert(Conversation)
    changed = {name: statement.excluded[name] for name in _NAMES if name != "resident_id"}
    return statement.on_conflict_do_update(index_elements=["resident_id"], set_=changed)


_SAVE = Prepared(_upsert, _NAMES)


class Conversations:
    """One conversation a resident. The resident's row is held while it is read and saved."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, resident_id: int) -> Conversation:
        """Return the conversation, an idle one at first; what is changed in it counts once it is saved."""
        for row in _OF.run(self._session, {"whose": resident_id}):
            return Conversation(**dict(zip(_NAMES, row, strict=True)))
        return Conversation(resident_id=resident_id)

    def save(self, conversation: Conversation) -> None:
        """Keep where the talk stands now."""
        _SAVE.run(self._session, columns(conversation))

    def silent(self, now: datetime, limit: int) -> Sequence[int]:
        """Return ids of residents whose half-told report waits longer than it may."""
        query = (
            select(Conversation.resident_id)
            .where(col(Conversation.expires_at) <= now)
            .order_by(col(Conversation.expires_at))
            .limit(limit)
        )
        return self._session.exec(query).all()
