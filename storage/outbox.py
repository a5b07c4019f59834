"""The outbox: what must be told, committed with its cause, delivered at least once and in order."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.models import Notice
from storage.prepared import Prepared, columns

LEASE = timedelta(minutes=1)
"""How long a node may deliver one notice before another may take it over."""

_LIVE = ("pending", "sending")
_TELL = Prepared(
    lambda insert: insert(Notice).on_conflict_do_nothing().returning(literal(1)), Notice.column_names()
)
_KEPT = Prepared(
    lambda _: (
        select(Notice.id)
        .where(Notice.channel == "resident", col(Notice.address) == bindparam("whom"), Notice.state == "kept")
        .limit(1)
    ),
    ("whom",),
)


class Outbox:
    """Notices by state; a lane's notices go one after the other."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, notice: Notice) -> bool:
        """Put a notice in; False where the same fact is already told of (equal ``dedupe``)."""
        return bool(_TELL.run(self._session, columns(notice)))

    def claim(self, now: datetime, node: str, limit: int, lease: timedelta = LEASE) -> Sequence[Notice]:
        """Take notices that are due and first in their lane; a dead node's claim lapses after ``lease``."""
        query = (
            select(Notice)
            .where(_due(now), ~_behind_another())
            .order_by(col(Notice.next_at), col(Notice.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = self._session.exec(query).all()
        for notice in taken:
            notice.state, notice.claimed_by, notice.claimed_until = "sending", node, now + lease
            self._session.add(notice)
        return taken

    def held(self, notice_id: int, node: str) -> Notice | None:
        """Return a notice that ``node`` still holds; None where its claim lapsed and another took it."""
        query = select(Notice).where(Notice.id == notice_id).with_for_update()
        notice = self._session.exec(query).one_or_none()
        return notice if notice and notice.state == "sending" and notice.claimed_by == node else None

    def save(self, notice: Notice) -> None:
        """Keep what changed."""
        self._session.add(notice)

    def kept_for(self, resident_id: int) -> Sequence[Notice]:
        """Return what waits until this resident writes again, oldest first, and hold it."""
        if not _KEPT.run(self._session, {"whom": str(resident_id)}):
            return []
        query = (
            select(Notice)
            .where(Notice.channel == "resident", Notice.address == str(resident_id), Notice.state == "kept")
            .order_by(col(Notice.id))
            .with_for_update()
        )
        return self._session.exec(query).all()

    def keeps(self, lane: str, before_id: int) -> bool:
        """Whether an earlier notice of the lane waits for the resident; a later one waits behind it."""
        query = select(Notice.id).where(
            Notice.lane == lane, Notice.state == "kept", col(Notice.id) < before_id
        )
        return self._session.exec(query.limit(1)).first() is not None

    def by_id(self, notice_id: int) -> Notice | None:
        """Return one."""
        return self._session.get(Notice, notice_id)

    def by_msgid(self, msgid: str) -> Notice | None:
        """Return the notice that the platform's receipt speaks of."""
        query = select(Notice).where(Notice.msgid == msgid).order_by(col(Notice.id).desc()).limit(1)
        return self._session.exec(query).one_or_none()

    def of_ticket(self, ticket_id: int) -> Sequence[Notice]:
        """Return what was told of a ticket, oldest first."""
        query = select(Notice).where(Notice.ticket_id == ticket_id).order_by(col(Notice.id))
        return self._session.exec(query).all()

    def told_to(self, channel: str, address: str, limit: int = 50) -> Sequence[Notice]:
        """Return what was told on a channel to an address, newest first (an office's messages)."""
        query = select(Notice).where(Notice.channel == channel, Notice.address == address)
        return self._session.exec(query.order_by(col(Notice.id).desc()).limit(limit)).all()

    def dead(self, limit: int = 200) -> Sequence[Notice]:
        """Return dead letters, newest first."""
        query = select(Notice).where(Notice.state == "failed").order_by(col(Notice.id).desc()).limit(limit)
        return self._session.exec(query).all()

    def revive(self, ids: Iterable[int], now: datetime) -> int:
        """Send dead letters again."""
        query = (
            update(Notice)
            .where(col(Notice.id).in_(list(ids)), col(Notice.state) == "failed")
            .values(state="pending", attempts=0, next_at=now, error="")
        )
        return self._session.exec(query).rowcount

    def counts(self) -> dict[str, int]:
        """Return how many notices stand in each state that is not over."""
        query = (
            select(Notice.state, func.count())
            .where(col(Notice.state).in_(("pending", "sending", "kept", "failed")))
            .group_by(col(Notice.state))
        )
        return dict(self._session.exec(query).all())

    def oldest_pending(self) -> datetime | None:
        """Return since when the oldest due notice waits (for the operator's alarm)."""
        return self._session.exec(select(func.min(Notice.created_at)).where(Notice.state == "pending")).one()


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(col(Notice.state) == "pending", col(Notice.next_at) <= now)
    abandoned = and_(col(Notice.state) == "sending", col(Notice.claimed_until) < now)
    return or_(waiting, abandoned)


def _behind_another() -> ColumnElement[bool]:
    earlier: Any = aliased(Notice)
    return exists().where(earlier.lane == Notice.lane, earlier.id < Notice.id, earlier.state.in_(_LIVE))
