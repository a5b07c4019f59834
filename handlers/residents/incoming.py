"""What a resident does in the chat, as plain values, and what the chat may answer at once."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What arrived, as far as the dialogue needs to tell it apart."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SCAN = "scan"
    MENU = "menu"
    POSITION = "position"
    """The LOCATION event: where the phone is while the chat is open; never answered (platform rule)."""
    RECEIPT = "receipt"
    """The platform's word on a template message that we sent."""
    ERASE = "erase"
    """The person withdrew consent (user_authorization_revoke / _cancellation)."""
    ACCOUNT = "account"
    """The platform's word on the account itself (annual_renew, verify_expired ...): for the operator."""
    OTHER = "other"
    """Understood by the platform, of no use to the dialogue: answered ``success`` and counted."""


class Datum(StrEnum):
    """The coordinate system a point was given in; WeChat's pickers give GCJ-02 (by convention)."""

    GCJ02 = "gcj02"
    WGS84 = "wgs84"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map in degrees, with the datum it came in, and the label the sender saw."""

    latitude: float
    longitude: float
    datum: Datum = Datum.GCJ02
    label: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, voice note or video that must be fetched before the platform forgets it (3 days)."""

    media_id: str
    kind: Kind
    url: str = ""
    """PicUrl of a photo, "" otherwise; outlives the media id in practice."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One push of the platform.

    ``key`` is unique for the push and equal in its repeats: the MsgId, or for events sender + time +
    event + event key (WeChat pushes three times in all when we are slow).
    """

    key: str
    kind: Kind
    openid: str
    account: str
    """ToUserName: our own original id (gh_...), the sender of a reply."""
    sent_at: datetime
    text: str = ""
    """Text of a message; title and description of a link; recognised words of a voice note."""
    menu_id: str = ""
    """bizmsgmenuid: the id of the tapped choice of a menu message; "" for typed text."""
    event: str = ""
    """Lower-case event name, "" for messages."""
    event_key: str = ""
    """Menu key of a CLICK; scene of a scanned poster, without ``qrscene_``."""
    point: Point | None = None
    media: tuple[Media, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    """What only one kind has: msg_id and status of a RECEIPT, expiry of an ACCOUNT event ..."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat says at once. Empty text means: nothing, and do not push again (``success``)."""

    text: str = ""


NO_REPLY = Reply()
