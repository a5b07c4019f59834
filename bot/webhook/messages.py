"""Ordinary messages: what a resident typed, took, said or picked."""

from collections.abc import Callable
from typing import Any

from bot.webhook.document import Fields
from bot.webhook.push import Push, filled, point
from handlers.residents.incoming import Datum, Incoming, Kind, Media

Reading = tuple[Kind, dict[str, Any]]
_NOTHING: Reading = (Kind.OTHER, {})


def parse_message(push: Push) -> Incoming:
    """Return an ordinary message; Kind.OTHER for types we have no use for and for those that lack their
    content (an empty text, a photo without its id, a point off the globe).
    """
    reader = _READERS.get(push.type)
    kind, rest = reader(push.fields) if reader else _NOTHING
    if kind is Kind.OTHER:
        rest = {**rest, "details": filled(type=push.type)}
    return push.becomes(kind, _key(push), **rest)


def _key(push: Push) -> str:
    number = push.fields.integer("MsgId")
    if number is not None:
        return str(number)
    content = (push.fields.text(name) for name in ("Content", "MediaId", "Location_X", "Location_Y", "Url"))
    return push.digest(*content)


def _text(fields: Fields) -> Reading:
    content = fields.text("Content")
    if not content:
        return _NOTHING
    return Kind.TEXT, {"text": content, "menu_id": fields.text("bizmsgmenuid")}


def _photo(fields: Fields) -> Reading:
    return _media(Kind.PHOTO, fields.text("MediaId"), url=fields.text("PicUrl"))


def _voice(fields: Fields) -> Reading:
    # MediaId is the 8 kHz recording, MediaId16K the better one; Recognition has been empty since 2023.
    media_id = fields.text("MediaId16K") or fields.text("MediaId")
    return _media(Kind.VOICE, media_id, text=fields.text("Recognition"))


def _video(fields: Fields) -> Reading:
    return _media(Kind.VIDEO, fields.text("MediaId"))


def _media(kind: Kind, media_id: str, *, url: str = "", text: str = "") -> Reading:
    if not media_id:
        return _NOTHING
    return kind, {"media": (Media(media_id, kind, url),), "text": text}


def _location(fields: Fields) -> Reading:
    # Location_X is the latitude. The map picker gives GCJ-02, by convention (the platform does not say).
    place = point(
        fields.decimal("Location_X"), fields.decimal("Location_Y"), Datum.GCJ02, fields.text("Label")
    )
    return (Kind.LOCATION, {"point": place}) if place else _NOTHING


def _link(fields: Fields) -> Reading:
    lines = (fields.text("Title"), fields.text("Description"))
    text = "\n".join(line for line in lines if line)
    return Kind.LINK, {"text": text, "details": filled(url=fields.text("Url"))}


_READERS: dict[str, Callable[[Fields], Reading]] = {
    "text": _text,
    "image": _photo,
    "voice": _voice,
    "video": _video,
    "shortvideo": _video,
    "location": _location,
    "link": _link,
}
"""Types without an entry (``miniprogrampage`` and whatever the platform invents) are Kind.OTHER."""
