"""What a resident may ask for: all that is kept of them, and to be forgotten (PIPL §45, §47).

The case files stay after that, as the rules for letters and complaints want; but no row leads from them to
the person. The numbers in their words are hidden by whoever calls.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, SQLModel, col, select

from storage.models import Attachment, Conversation, Message, Notice, Resident, Ticket

_TOLD = ("sent", "delivered")
_PERSON = {"id", "openid"}
"""Columns of a resident that are no information for them: our number, and WeChat's name for them."""
_TICKET = (
    *("number", "status", "category", "place", "latitude", "longitude", "text"),
    *("created_at", "promised_at", "closed_at", "answer", "rating", "rating_words"),
)
_MESSAGE = ("at", "kind", "text", "data", "reply")
_FILE = ("received_at", "kind", "state", "content_type", "size")
_NOTICE = ("created_at", "sent_at", "kind", "text", "state")


def erase(session: Session, resident_id: int, now: datetime) -> None:
    """Forget who a resident is; see ``Residents.erase``."""
    session.exec(update(Resident).where(col(Resident.id) == resident_id).values(_nobody(resident_id, now)))
    session.exec(delete(Conversation).where(col(Conversation.resident_id) == resident_id))
    session.exec(delete(Message).where(*_loose(Message, resident_id)))
    untold = or_(col(Notice.state).not_in(_TOLD), col(Notice.ticket_id).is_(None))
    session.exec(delete(Notice).where(*_addressed(resident_id), untold))
    files = update(Attachment).where(*_loose(Attachment, resident_id))
    session.exec(files.values(state="unwanted", media_id="", url="", next_at=None))


def everything_about(session: Session, resident_id: int) -> dict[str, Any]:
    """Return all that is kept of a resident; see ``Unit.everything_about``."""
    resident = session.get(Resident, resident_id)
    if resident is None:
        return {}
    tickets = session.exec(select(Ticket).where(Ticket.resident_id == resident_id)).all()
    numbers = {ticket.id: ticket.number for ticket in tickets}

    def listed(table: type[Message | Attachment | Notice], names: Iterable[str], *whose: Any) -> list[Any]:
        rows: Sequence[Any] = session.exec(select(table).where(*whose).order_by(col(table.id))).all()
        return [{"ticket": numbers.get(row.ticket_id, ""), **_plain(row, names)} for row in rows]

    return {
        "resident": _plain(resident, [name for name in Resident.model_fields if name not in _PERSON]),
        "tickets": {ticket.number: _plain(ticket, _TICKET) for ticket in tickets},
        "messages": listed(Message, _MESSAGE, Message.resident_id == resident_id),
        "files": listed(Attachment, _FILE, Attachment.resident_id == resident_id),
        "notices": listed(Notice, _NOTICE, *_addressed(resident_id)),
    }


def _nobody(resident_id: int, now: datetime) -> dict[str, Any]:
    return {
        "openid": f"erased:{resident_id}",
        "followed": False,
        "reachable": False,
        "window_until": None,
        "window_left": 0,
        "latitude": None,
        "longitude": None,
        "datum": "",
        "point_at": None,
        "scene_community": "",
        "scene_place": "",
        "erased_at": now,
    }


def _loose(table: type[Message | Attachment], resident_id: int) -> tuple[Any, Any]:
    """Rows of a resident that belong to no case."""
    return col(table.resident_id) == resident_id, col(table.ticket_id).is_(None)


def _addressed(resident_id: int) -> tuple[Any, Any]:
    return col(Notice.channel) == "resident", col(Notice.address) == str(resident_id)


def _plain(row: SQLModel, names: Iterable[str]) -> dict[str, Any]:
    return {name: _json(getattr(row, name)) for name in names}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
