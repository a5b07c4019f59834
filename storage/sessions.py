"""Sessions of the console: in the database, so that every node knows them and ends them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.models import ConsoleSession


class Sessions:
    """Signed-in browsers by the SHA-256 of their cookie."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, digest: str, now: datetime) -> dict[str, Any] | None:
        """Return what a live session holds."""
        found = self._session.get(ConsoleSession, digest)
        return dict(found.data) if found and found.expires_at > now else None

    def save(self, digest: str, data: dict[str, Any], user_id: int | None, expires_at: datetime) -> None:
        """Keep a session until ``expires_at``."""
        self._session.merge(ConsoleSession(digest=digest, data=data, user_id=user_id, expires_at=expires_at))

    def end(self, digest: str) -> None:
        """End one session."""
        self._session.exec(delete(ConsoleSession).where(col(ConsoleSession.digest) == digest))

    def end_all(self, user_id: int) -> None:
        """End every session of a user."""
        self._session.exec(delete(ConsoleSession).where(col(ConsoleSession.user_id) == user_id))

    def forget_before(self, moment: datetime) -> int:
        """Drop expired sessions."""
        query = delete(ConsoleSession).where(col(ConsoleSession.expires_at) < moment)
        return self._session.exec(query).rowcount
