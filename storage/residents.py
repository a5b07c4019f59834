"""Residents: the one table that knows who somebody is on WeChat."""

from datetime import datetime

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, col, select

from storage import retention
from storage.models import Resident
from storage.prepared import Prepared, columns

_NAMES = Resident.column_names()
_FIND = Prepared(
    # Rows that point here may be inserted meanwhile: only the key stays free.
    lambda _: (
        select(*(getattr(Resident, name) for name in ("id", *_NAMES)))
        .where(col(Resident.openid) == bindparam("who"))
        .with_for_update(key_share=True)
    ),
    ("who",),
)
_MEET = Prepared(lambda insert: insert(Resident).on_conflict_do_nothing().returning(col(Resident.id)), _NAMES)
_CHANGED = tuple(name for name in _NAMES if name not in {"openid", "account", "first_seen_at", "erased_at"})
_SAVE = Prepared(
    lambda _: update(Resident).where(col(Resident.id) == bindparam("whose")), ("whose", *_CHANGED)
)


class Residents:
    """Residents by openid or id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def met(self, openid: str, account: str, now: datetime) -> Resident:
        """Return the resident, made at the first contact, and hold the row until the commit.

        Holding it keeps the messages of one person in order, on whatever node they arrive. What is changed
        in the row counts once it is saved.
        """
        found = self._locked(openid) or self._made(openid, account, now) or self._locked(openid)
        assert found is not None
        return found

    def by_id(self, resident_id: int) -> Resident | None:
        """Return the resident of a ticket or notice."""
        return self._session.get(Resident, resident_id)

    def held(self, resident_id: int) -> Resident | None:
        """Return the resident and hold the row until the commit."""
        query = select(Resident).where(Resident.id == resident_id).with_for_update()
        return self._session.exec(query).one_or_none()

    def by_openid(self, openid: str) -> Resident | None:
        """Return the resident without making one."""
        return self._session.exec(select(Resident).where(Resident.openid == openid)).one_or_none()

    def save(self, resident: Resident) -> None:
        """Keep what changed."""
        if inspect(resident).detached:
            values = resident.__dict__
            _SAVE.run(self._session, {"whose": resident.id, **{name: values[name] for name in _CHANGED}})
        else:
            self._session.add(resident)

    def erase(self, resident_id: int, now: datetime) -> None:
        """Forget who a resident is and what belongs to no case (PIPL §47); the case files stay.

        Their files without a ticket become ``Attachments.unwanted``: the archive has still to drop them.
        Somebody erased who writes again is a new resident.
        """
        retention.erase(self._session, resident_id, now)

    def _locked(self, openid: str) -> Resident | None:
        for row in _FIND.run(self._session, {"who": openid}):
            return _detached(Resident(**dict(zip(("id", *_NAMES), row, strict=True))))
        return None

    def _made(self, openid: str, account: str, now: datetime) -> Resident | None:
        """Make a resident; None where another transaction was faster."""
        resident = Resident(openid=openid, account=account, first_seen_at=now)
        for row in _MEET.run(self._session, columns(resident)):
            resident.id = row[0]
            return _detached(resident)
        return None


def _detached(resident: Resident) -> Resident:
    """Mark a row as one that is there already, and that no session looks after."""
    make_transient_to_detached(resident)
    return resident
