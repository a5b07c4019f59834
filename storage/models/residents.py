"""Residents, and what was said with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey
from sqlmodel import Field

from storage.models.columns import BIG, Table, identity, json, moment, reference, words


class Resident(Table, table=True):
    """Somebody who writes to the account. The openid leaves this table for delivery only."""

    __tablename__ = "residents"

    id: int | None = identity()
    openid: str = Field(unique=True)
    account: str = ""
    followed: bool = True
    reachable: bool = True
    """False once the platform said that the person blocked us or does not exist."""
    first_seen_at: datetime = moment(nullable=False)
    notice_told_at: datetime | None = moment()
    """When the privacy notice was given (PIPL §17, §35)."""
    window_until: datetime | None = moment()
    window_left: int = 0
    """Customer-service messages left before ``window_until`` (platform: 5 in 48 h after a message)."""
    latitude: float | None = None
    longitude: float | None = None
    datum: str = ""
    point_at: datetime | None = moment()
    """Where the phone was last (LOCATION event); helps only while fresh."""
    scene_community: str = ""
    scene_place: str = ""
    """The estate whose poster was scanned last."""
    erased_at: datetime | None = moment()


class InboxEntry(Table, table=True):
    """A push of the platform, claimed by its key together with the work that it caused."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    received_at: datetime = moment(index=True, nullable=False)
    reply: str = words()


class Message(Table, table=True):
    """What a resident wrote, word for word, and what the chat answered. Never edited."""

    __tablename__ = "messages"

    id: int | None = identity()
    resident_id: int = reference("residents.id", index=True, nullable=False)
    ticket_id: int | None = reference("tickets.id", index=True)
    at: datetime = moment(nullable=False)
    kind: str
    text: str = words()
    data: dict[str, Any] = json(dict)
    """Point, media ids, scene: what is not text."""
    reply: str = words()


class Conversation(Table, table=True):
    """Where the talk with a resident stands; any node goes on with it."""

    __tablename__ = "conversations"

    resident_id: int = Field(
        sa_column=Column(BIG, ForeignKey("residents.id"), primary_key=True, autoincrement=False)
    )
    state: str = "idle"
    draft: dict[str, Any] = json(dict)
    expires_at: datetime | None = moment(index=True)
    """When silence ends it: a half-told report is filed as it is then."""
    ticket_id: int | None = reference()
    """The ticket talked of last."""
