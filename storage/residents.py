"""Residents: the one table that knows who somebody is on WeChat."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage import retention
from storage.models import Resident
from storage.once import insert_once


class Residents:
    """Residents by openid or id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def met(self, openid: str, account: str, now: datetime) -> Resident:
        """Return the resident, made at the first contact, and hold the row until the commit.

        Holding it keeps the messages of one person in order, on whatever node they arrive.
        """
        found = self._locked(openid)
        if found is None:
            insert_once(
                self._session,
                Resident,
                openid=openid,
                account=account,
                first_seen_at=now,
                followed=True,
                reachable=True,
                window_left=0,
                datum="",
                scene_community="",
                scene_place="",
            )
            found = self._locked(openid)
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
        self._session.add(resident)

    def erase(self, resident_id: int, now: datetime) -> None:
        """Forget who a resident is and what belongs to no case (PIPL §47); the case files stay.

        Their files without a ticket become ``Attachments.unwanted``: the archive has still to drop them.
        Somebody erased who writes again is a new resident.
        """
        retention.erase(self._session, resident_id, now)

    def _locked(self, openid: str) -> Resident | None:
        # Rows that point here may be inserted meanwhile: only the key stays free.
        query = select(Resident).where(col(Resident.openid) == openid).with_for_update(key_share=True)
        return self._session.exec(query).one_or_none()
