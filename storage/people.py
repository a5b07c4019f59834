"""Officers and other systems that may sign in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.models import ApiToken, LoginFailure, User
from storage.once import count_up


class Users:
    """Users, their tokens, and their failed sign-ins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, user: User) -> User:
        """Keep a new user; its id is known at once. The work ends in Duplicate where the name is taken."""
        self._session.add(user)
        self._session.flush()
        return user

    def by_name(self, name: str) -> User | None:
        """Return the user of this name."""
        return self._session.exec(select(User).where(User.name == name)).one_or_none()

    def by_id(self, user_id: int) -> User | None:
        """Return the user of a session."""
        return self._session.get(User, user_id)

    def save(self, user: User) -> None:
        """Keep what changed."""
        self._session.add(user)

    def all(self) -> Sequence[User]:
        """Return everybody, by name."""
        return self._session.exec(select(User).order_by(col(User.name))).all()

    def add_token(self, token: ApiToken) -> None:
        """Keep a token's hash. The work ends in Duplicate where its name is taken."""
        self._session.add(token)
        self._session.flush()

    def by_token(self, digest: str) -> User | None:
        """Return the active user whose live token has this SHA-256."""
        query = select(User).join(ApiToken, col(ApiToken.user_id) == User.id)
        query = query.where(
            ApiToken.digest == digest, col(ApiToken.revoked_at).is_(None), col(User.active).is_(True)
        )
        return self._session.exec(query).one_or_none()

    def tokens(self) -> Sequence[ApiToken]:
        """Return every token, live or revoked, by name."""
        return self._session.exec(select(ApiToken).order_by(col(ApiToken.name))).all()

    def revoke_token(self, name: str, now: datetime) -> bool:
        """End a token; False where no live one has this name."""
        live = (col(ApiToken.name) == name, col(ApiToken.revoked_at).is_(None))
        return self._session.exec(update(ApiToken).where(*live).values(revoked_at=now)).rowcount == 1

    def failures(self, key: str) -> LoginFailure | None:
        """Return the failed sign-ins under a key (a name, an address)."""
        return self._session.get(LoginFailure, key)

    def note_failure(self, key: str, now: datetime, pause: timedelta) -> int:
        """Count a failure and bar the key for ``pause``; return how many there were.

        Counted in the database: of a hundred guesses at once on several nodes none goes uncounted.
        """
        count = count_up(self._session, LoginFailure, "key", key, "count")
        barred = update(LoginFailure).where(col(LoginFailure.key) == key).values(until=now + pause)
        self._session.exec(barred)
        return count

    def forgive(self, key: str) -> None:
        """Forget the failures after a good sign-in."""
        self._session.exec(delete(LoginFailure).where(col(LoginFailure.key) == key))
