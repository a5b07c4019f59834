"""The platform's word on a template message that it had taken: whether it arrived."""

from datetime import datetime, timedelta

from storage.models import Notice
from storage.unit import Unit

AGAIN_AFTER = timedelta(minutes=11)
"""The platform swallows a message of the same id for 10 minutes."""
TRIES = 5
"""Failures of the platform after which a message is a dead letter."""


def receipt(unit: Unit, msgid: str, status: str, now: datetime) -> bool:
    """Keep what became of a message; False where no notice that is out has this ``msgid``.

    ``status`` is success, user_block or system_failed (TEMPLATESENDJOBFINISH). A blocked message is kept
    until the resident writes again; one that the platform failed to deliver is sent again. A receipt that
    is faster than our own note of the message waits for ``catch_up``.
    """
    notice = _spoken_of(unit, msgid, status, now) if msgid else None
    if notice is None or notice.state != "sent":
        return False
    if status == "success":
        notice.state = "delivered"
    elif status == "user_block":
        _keep(unit, notice)
    else:
        _send_again(notice, now)
    unit.outbox.save(notice)
    return True


def catch_up(unit: Unit, msgid: str, now: datetime) -> None:
    """Apply the receipt that came before ``msgid`` was written down, if there is one.

    The claim makes one that comes at this very moment wait for our commit, and then it finds its notice.
    """
    if not msgid or unit.inbox.claim(_key(msgid), now):
        return
    status = unit.inbox.reply(_key(msgid))
    if status:
        receipt(unit, msgid, status, now)


def _spoken_of(unit: Unit, msgid: str, status: str, now: datetime) -> Notice | None:
    """The notice that went out as ``msgid``; where none did yet, its receipt is remembered."""
    notice = unit.outbox.by_msgid(msgid)
    if notice is None and unit.inbox.claim(_key(msgid), now):
        unit.inbox.answer(_key(msgid), status)
        return None
    return notice or unit.outbox.by_msgid(msgid)


def _key(msgid: str) -> str:
    return f"receipt:{msgid}"


def _keep(unit: Unit, notice: Notice) -> None:
    notice.state, notice.error = "kept", "user_block"
    resident = unit.residents.by_id(int(notice.address))
    if resident is not None:
        resident.followed = resident.reachable = False
        unit.residents.save(resident)


def _send_again(notice: Notice, now: datetime) -> None:
    notice.error, notice.msgid, notice.sent_at = "system_failed", "", None
    if notice.attempts >= TRIES:
        notice.state = "failed"
    else:
        notice.state, notice.next_at = "pending", now + AGAIN_AFTER
