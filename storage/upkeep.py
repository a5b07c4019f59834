"""What has met its purpose and goes: old notices, loose messages, ties between a case and a person.

How long anything stays is the zone's ``retention``; here are only the queries. Whatever is still to be
done (a notice on its way, an open case) is never touched.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import Session, col, select

from storage.models import Attachment, LoginFailure, Message, Notice, Resident, Ticket

_LIVE = ("pending", "sending")


class Upkeep:
    """Queries of retention over all tables."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def forget_notices_before(self, moment: datetime) -> int:
        """Drop notices that are over, kept or dead and older than ``moment``."""
        old = (col(Notice.created_at) < moment, col(Notice.state).not_in(_LIVE))
        return self._session.exec(delete(Notice).where(*old)).rowcount

    def forget_loose_messages_before(self, moment: datetime) -> int:
        """Drop messages that belong to no ticket and are older than ``moment``."""
        old = (col(Message.at) < moment, col(Message.ticket_id).is_(None))
        return self._session.exec(delete(Message).where(*old)).rowcount

    def disown_loose_files_before(self, moment: datetime) -> int:
        """Mark older files that belong to no ticket; the archive has still to drop them."""
        old = (col(Attachment.received_at) < moment, col(Attachment.ticket_id).is_(None))
        query = update(Attachment).where(*old, col(Attachment.state) != "unwanted")
        return self._session.exec(query.values(state="unwanted", media_id="", url="", next_at=None)).rowcount

    def forget_failures_before(self, moment: datetime) -> int:
        """Drop failed sign-ins whose pause ended before ``moment``."""
        return self._session.exec(delete(LoginFailure).where(col(LoginFailure.until) < moment)).rowcount

    def untie_before(self, moment: datetime, limit: int) -> Sequence[int]:
        """Cut what ties at most ``limit`` tickets closed before ``moment`` to a person; return their ids."""
        old = (col(Ticket.closed_at) < moment, col(Ticket.resident_id).is_not(None))
        found = self._session.exec(select(Ticket.id).where(*old).order_by(col(Ticket.id)).limit(limit)).all()
        ids = [ticket_id for ticket_id in found if ticket_id is not None]
        if ids:
            self._session.exec(delete(Message).where(col(Message.ticket_id).in_(ids)))
            told = (col(Notice.ticket_id).in_(ids), col(Notice.channel) == "resident")
            self._session.exec(delete(Notice).where(*told, col(Notice.state).not_in(_LIVE)))
            nobody = {"resident_id": None}
            self._session.exec(update(Attachment).where(col(Attachment.ticket_id).in_(ids)).values(nobody))
            self._session.exec(update(Ticket).where(col(Ticket.id).in_(ids)).values(nobody))
        return ids

    def lapsed_residents(self, moment: datetime, limit: int) -> Sequence[int]:
        """Return ids of residents who left the account, and whose last case closed before ``moment``."""
        query = select(Resident.id).where(
            col(Resident.followed).is_(False),
            col(Resident.erased_at).is_(None),
            col(Resident.first_seen_at) < moment,
            ~_has_case_since(moment),
        )
        found = self._session.exec(query.order_by(col(Resident.id)).limit(limit)).all()
        return [resident_id for resident_id in found if resident_id is not None]

    def originals_before(self, moment: datetime, limit: int) -> Sequence[Attachment]:
        """Return photos received before ``moment`` whose original is kept beside the copy for display."""
        query = select(Attachment).where(
            Attachment.state == "kept",
            Attachment.kind == "photo",
            col(Attachment.received_at) < moment,
            Attachment.shown_digest != "",
            Attachment.shown_digest != Attachment.digest,
        )
        return self._session.exec(query.order_by(col(Attachment.id)).limit(limit)).all()

    def others_need(self, digest: str, attachment_id: int) -> bool:
        """Tell whether another file that is still wanted has this content."""
        same = or_(col(Attachment.digest) == digest, col(Attachment.shown_digest) == digest)
        others = (col(Attachment.id) != attachment_id, col(Attachment.state) != "unwanted")
        query = select(Attachment.id).where(same, *others).limit(1)
        return self._session.exec(query).first() is not None


def _has_case_since(moment: datetime) -> ColumnElement[bool]:
    unfinished = or_(col(Ticket.closed_at).is_(None), col(Ticket.closed_at) >= moment)
    return exists().where(col(Ticket.resident_id) == Resident.id, unfinished)
