"""Photos that could not be fetched in time: the case file says so, and the desk is told."""

from datetime import datetime

from handlers.cases import SYSTEM
from handlers.telling import Teller
from storage.models import Attachment, HistoryEntry, Ticket
from storage.unit import Unit

LOST = "media_lost"
"""Kind of the notice and action of the history entry."""
_NAMES = {"photo": "照片", "voice": "语音", "video": "视频"}


class LostMedia:
    """Notes the loss of a resident's file."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def __call__(self, unit: Unit, attachment: Attachment, now: datetime) -> None:
        """Say in the history and to the desk that a file is lost; nothing where it has no ticket yet."""
        ticket = unit.tickets.by_id(attachment.ticket_id) if attachment.ticket_id else None
        if ticket is None:
            return
        name = _NAMES.get(attachment.kind, "附件")
        unit.tickets.record(_entry(ticket, f"居民发来的{name}没有取到，需要时请居民重发", now))
        text = f"工单 {ticket.number} 居民发来的{name}没有取到，需要时请联系居民重发。"
        self._teller.desk(unit, ticket, LOST, text, now, fact=f"{LOST}:{attachment.id}")


def _entry(ticket: Ticket, note: str, now: datetime) -> HistoryEntry:
    assert ticket.id is not None
    return HistoryEntry(
        ticket_id=ticket.id,
        at=now,
        actor_kind=SYSTEM.kind,
        action=LOST,
        from_status=ticket.status,
        to_status=ticket.status,
        internal_note=note,
    )
