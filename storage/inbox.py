"""The inbox: each push of the platform is claimed once, in the transaction that does its work."""

from datetime import datetime

from sqlalchemy import bindparam, delete, literal, update
from sqlmodel import Session, col

from storage.models import InboxEntry
from storage.prepared import Prepared

_CLAIM = Prepared(
    lambda insert: insert(InboxEntry).on_conflict_do_nothing().returning(literal(1)),
    ("key", "received_at", "reply"),
)
_ANSWER = Prepared(
    lambda _: update(InboxEntry).where(col(InboxEntry.key) == bindparam("claimed")), ("claimed", "reply")
)


class Inbox:
    """Claims and remembered replies."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, key: str, now: datetime) -> bool:
        """Claim a push. False: it was claimed before, and ``reply`` has what was answered then."""
        values = {"key": key, "received_at": now, "reply": ""}
        return bool(_CLAIM.run(self._session, values))

    def reply(self, key: str) -> str:
        """Return what was answered to the first of a push's copies."""
        entry = self._session.get(InboxEntry, key)
        return entry.reply if entry else ""

    def answer(self, key: str, reply: str) -> None:
        """Remember what is answered to a push that was claimed in this transaction."""
        _ANSWER.run(self._session, {"claimed": key, "reply": reply})

    def forget_before(self, moment: datetime) -> int:
        """Drop claims older than ``moment``: the platform repeats within a minute."""
        query = delete(InboxEntry).where(col(InboxEntry.received_at) < moment)
        return self._session.exec(query).rowcount
