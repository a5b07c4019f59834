"""Officers, other systems, and their ways in."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from storage.models.columns import Table, identity, json, moment, reference


class User(Table, table=True):
    """Somebody who works tickets."""

    __tablename__ = "users"

    id: int | None = identity()
    name: str = Field(unique=True)
    role: str
    """dispatcher, office, department, leader or admin."""
    unit: str = ""
    """Code of the office or department; "" for the district's own roles."""
    password_hash: str = ""
    active: bool = True
    created_at: datetime = moment(nullable=False)


class ApiToken(Table, table=True):
    """A bearer token for another system or a script; only its hash is kept."""

    __tablename__ = "api_tokens"

    id: int | None = identity()
    name: str = Field(unique=True)
    digest: str = Field(unique=True)
    user_id: int = reference("users.id", index=True, nullable=False)
    created_at: datetime = moment(nullable=False)
    revoked_at: datetime | None = moment()


class ConsoleSession(Table, table=True):
    """A signed-in browser; valid on every node, ended by deleting the row."""

    __tablename__ = "console_sessions"

    digest: str = Field(primary_key=True)
    """SHA-256 of the cookie: a stolen table opens no door."""
    user_id: int | None = reference(index=True)
    data: dict[str, Any] = json(dict)
    expires_at: datetime = moment(index=True, nullable=False)


class LoginFailure(Table, table=True):
    """Failed sign-ins of a name or an address, for throttling."""

    __tablename__ = "login_failures"

    key: str = Field(primary_key=True)
    count: int = 0
    until: datetime | None = moment()
