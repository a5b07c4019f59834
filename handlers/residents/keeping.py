"""Keeping what a resident sent, word for word, before anything is made of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from handlers.forgetting import forget
from handlers.residents.incoming import Incoming, Kind, Media
from storage.models import Attachment, Message, Resident
from storage.unit import Unit


class Keeper:
    """Writes messages and wanted files; notes what needs no answer."""

    @staticmethod
    def keep(
        unit: Unit, resident: Resident, incoming: Incoming, now: datetime
    ) -> tuple[Message, list[Attachment]]:
        """Keep a message and what is to be fetched for it."""
        assert resident.id is not None
        message = unit.messages.add(
            Message(
                resident_id=resident.id,
                at=now,
                kind=incoming.kind.value,
                text=incoming.text,
                data=_data(incoming),
            )
        )
        files = [_wanted(media, resident.id, now) for media in incoming.media]
        return message, [unit.attachments.add(file) for file in files]

    @staticmethod
    def note(unit: Unit, resident: Resident, incoming: Incoming, now: datetime) -> None:
        """Note what a resident did that is not answered: leaving, being somewhere, taking consent back."""
        assert resident.id is not None
        if incoming.kind is Kind.UNFOLLOW:
            # Nothing reaches somebody who left; what is open goes on, and retention erases the profile.
            resident.followed, resident.window_left = False, 0
            unit.residents.save(resident)
        elif incoming.kind is Kind.POSITION and incoming.point is not None:
            resident.latitude, resident.longitude = incoming.point.latitude, incoming.point.longitude
            resident.datum, resident.point_at = incoming.point.datum.value, now
            unit.residents.save(resident)
        elif incoming.kind is Kind.ERASE:
            forget(unit, resident.id, now)


def storable(text: str) -> str:
    """Return a text without what no database takes: NUL and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _data(incoming: Incoming) -> dict[str, Any]:
    data: dict[str, Any] = {"menu_id": incoming.menu_id, "event_key": incoming.event_key}
    data["url"] = incoming.details.get("url", "")
    if incoming.point is not None:
        data["point"] = asdict(incoming.point)
    if incoming.media:
        data["media"] = [media.media_id for media in incoming.media]
    return {name: value for name, value in data.items() if value}


def _wanted(media: Media, resident_id: int, now: datetime) -> Attachment:
    return Attachment(
        resident_id=resident_id,
        kind=media.kind.value,
        media_id=media.media_id,
        url=media.url,
        received_at=now,
        next_at=now,
        by="resident",
    )
