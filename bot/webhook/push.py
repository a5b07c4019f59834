"""What every push has, and how the values of the dialogue are made of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.webhook.document import Fields
from handlers.residents.incoming import Datum, Incoming, Kind, Point

_LATITUDE_LIMIT_DEGREES = 90
_LONGITUDE_LIMIT_DEGREES = 180
_KEY_SEPARATOR = "\x1f"
"""A character that XML cannot carry, so that joined parts stay apart."""
_KEY_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Push:
    """The common elements, checked, beside all the others, unchecked."""

    fields: Fields
    sender: str
    account: str
    sent_at: datetime
    type: str

    def becomes(self, kind: Kind, key: str, **rest: Any) -> Incoming:
        """Return the Incoming of this push; ``rest`` are the attributes that ``kind`` has."""
        values = {"openid": self.sender, "account": self.account, "sent_at": self.sent_at, **rest}
        return Incoming(key=key, kind=kind, **values)

    def digest(self, *parts: str) -> str:
        """Return a key equal in all repeats of this push: sender, second and ``parts``, hashed.

        Hashed, since keys are logged and kept, and an openid must not be.
        """
        joined = _KEY_SEPARATOR.join((self.sender, self.sent_at.isoformat(), self.type, *parts))
        return hashlib.sha256(joined.encode()).hexdigest()[:_KEY_CHARACTERS]


def point(latitude: float | None, longitude: float | None, datum: Datum, label: str = "") -> Point | None:
    """Return a point on the globe, None where either degree is missing or out of range."""
    if latitude is None or longitude is None:
        return None
    if abs(latitude) > _LATITUDE_LIMIT_DEGREES or abs(longitude) > _LONGITUDE_LIMIT_DEGREES:
        return None
    return Point(latitude, longitude, datum, label)


def filled(**details: str) -> dict[str, str]:
    """Return those details that have a value."""
    return {name: value for name, value in details.items() if value}
