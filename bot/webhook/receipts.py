"""The platform's word on what we sent: the events that close a delivery."""

from typing import Any

from bot.webhook.document import Fields
from bot.webhook.push import filled
from handlers.residents.incoming import Kind

Reading = tuple[Kind, dict[str, Any]]


def job_receipt(fields: Fields) -> Reading:
    """Read TEMPLATESENDJOBFINISH: ``msg_id`` and ``status``, Kind.OTHER where the id is missing."""
    return _receipt(fields.text("MsgID"), _status(fields.text("Status")))


def sent_receipt(fields: Fields) -> Reading:
    """Read subscribe_msg_sent_event: the first entry that carries a MsgID (the platform sends one)."""
    entries = fields.child("SubscribeMsgSentEvent").children("List")
    for entry in entries:
        if entry.text("MsgID"):
            delivered = entry.text("ErrorCode") == "0"
            return _receipt(
                entry.text("MsgID"), "success" if delivered else _failure(entry.text("ErrorStatus"))
            )
    return Kind.OTHER, {}


def _receipt(msg_id: str, status: str) -> Reading:
    if not msg_id:
        return Kind.OTHER, {}
    return Kind.RECEIPT, {"details": filled(msg_id=msg_id, status=status)}


def _status(text: str) -> str:
    return "success" if text.strip().lower() == "success" else _failure(text)


def _failure(text: str) -> str:
    # "failed:user block" and "failed: system failed": the spacing and case vary between sources.
    return "user_block" if "block" in text.lower() else "system_failed"
