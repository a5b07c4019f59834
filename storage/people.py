"""Officers and other systems that may sign in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import ApiToken, LoginFailure, User


class Users:
    """Users, their tokens, and their failed sign-ins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, user: User) -> User:
        """Keep a new user; its id is known at once."""
        self._session.add(user)
        self._session.flush()
        return user

    def by_name(self, name: str) -> User | None:
        """Return the user of this name."""
        return self._session.exec(select(User).where(User.name == name)).one_or_none()

    def by_id(self, user_id: int) -> User | None:
        """Return the user of a session."""
        return self._session.get(User, user_id)

    def all(self) -> Sequence[User]:
        """Return everybody, by name."""
        return self._session.exec(select(User).order_by(col(User.name))).all()

    def add_token(self, token: ApiToken) -> None:
        """Keep a token's hash."""
        self._session.add(token)
        self._session.flush()

    def by_token(self, digest: str) -> User | None:
        """Return the active user whose live token has this SHA-256."""
        query = select(User).join(ApiToken, col(ApiToken.user_id) == User.id)
        query = query.where(
            ApiToken.digest == digest, col(ApiToken.revoked_at).is_(None), col(User.active).is_(True)
        )
        return self._session.exec(query).one_or_none()

    def failures(self, key: str) -> LoginFailure | None:
        """Return the failed sign-ins under a key (a name, an address)."""
        return self._session.get(LoginFailure, key)

    def note_failure(self, key: str, now: datetime, pause: timedelta) -> int:
        """Count a failure and bar the key for ``pause``; return how many there were."""
        found = self._session.get(LoginFailure, key) or LoginFailure(key=key)
        found.count, found.until = found.count + 1, now + pause
        self._session.add(found)
        return found.count

    def forgive(self, key: str) -> None:
        """Forget the failures after a good sign-in."""
        self._session.connection().execute(delete(LoginFailure).where(col(LoginFailure.key) == key))
