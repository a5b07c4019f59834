"""What could not reach a resident before is given with the next reply."""

from datetime import datetime

from handlers.texts.dialogue import told_since
from storage.models import Resident
from storage.unit import Unit

ROOM_BYTES = 1900
"""What fits into one passive reply: 2048 bytes by common report, less a margin."""
REPLY_BYTES = 2048


def fitted(text: str) -> str:
    """Return a reply that the platform takes; what is longer ends with an ellipsis."""
    raw = text.encode()
    if len(raw) <= REPLY_BYTES:
        return text
    return raw[: REPLY_BYTES - len("…".encode())].decode(errors="ignore") + "…"


def give_kept(unit: Unit, resident: Resident, text: str, now: datetime) -> str:
    """Return the reply with the kept notices that fit behind it; the rest goes out by itself.

    Something the resident just did opened a window for customer-service messages, so what has no room
    here is simply due again, and nothing overtakes it.
    """
    assert resident.id is not None
    room = True
    for notice in unit.outbox.kept_for(resident.id):
        longer = f"{text}\n\n{told_since(notice.text)}" if text else told_since(notice.text)
        room = room and len(longer.encode()) <= ROOM_BYTES
        if room:
            text = longer
            notice.state, notice.way, notice.sent_at = "sent", "reply", now
        else:
            notice.state, notice.next_at = "pending", now
        unit.outbox.save(notice)
    return text
