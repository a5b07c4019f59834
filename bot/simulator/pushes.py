"""What a resident's action looks like in the platform's XML (before any envelope)."""

import hashlib
from collections.abc import Mapping

from bot.simulator.markup import Value
from bot.simulator.media import Media

Fields = Mapping[str, Value]

_SCALE = 16


def text(content: str, menu_id: str = "") -> Fields:
    """Typed text, or a tapped choice when there is a menu id."""
    chosen: Fields = {"bizmsgmenuid": menu_id} if menu_id else {}
    return {"MsgType": "text", "Content": content, **chosen}


def image(media: Media, url: str) -> Fields:
    """A photo and the address where the platform keeps its picture."""
    return {"MsgType": "image", "PicUrl": url, "MediaId": media.id}


def voice(media: Media, wide: Media, recognition: str) -> Fields:
    """A voice note, its 16 kHz twin, and the recognised words where the platform still gives them."""
    heard: Fields = {"Recognition": recognition} if recognition else {}
    return {"MsgType": "voice", "MediaId": media.id, "Format": "amr", "MediaId16K": wide.id, **heard}


def video(media: Media, thumb: Media) -> Fields:
    """A video and its thumbnail."""
    return {"MsgType": "video", "MediaId": media.id, "ThumbMediaId": thumb.id}


def place(latitude: float, longitude: float, label: str) -> Fields:
    """A chosen point; X is the latitude."""
    return {
        "MsgType": "location",
        "Location_X": f"{latitude:.6f}",
        "Location_Y": f"{longitude:.6f}",
        "Scale": _SCALE,
        "Label": label,
    }


def follow(scene: str = "", ticket: str = "") -> Fields:
    """A new follower, perhaps by way of a poster."""
    return _event("subscribe", f"qrscene_{scene}" if scene else "", {"Ticket": ticket} if scene else {})


def unfollow() -> Fields:
    """A follower left."""
    return _event("unsubscribe")


def scan(scene: str, ticket: str) -> Fields:
    """A follower scanned a poster."""
    return _event("SCAN", scene, {"Ticket": ticket})


def click(key: str) -> Fields:
    """A menu button with a key."""
    return _event("CLICK", key)


def view(url: str) -> Fields:
    """A menu button that opens a page."""
    return _event("VIEW", url, {"MenuId": 1})


def code_scanned(kind: str, key: str, result: str) -> Fields:
    """A menu button that opens the scanner; ``kind`` is its type."""
    return _event(kind, key, {"ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": result}})


def photo_chosen(kind: str, key: str, data: bytes) -> Fields:
    """A menu button that opens the camera; the photo itself follows as a message."""
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    info: Fields = {"Count": 1, "PicList": {"item": {"PicMd5Sum": md5}}}
    return _event(kind, key, {"SendPicsInfo": info})


def place_chosen(key: str, latitude: float, longitude: float, label: str) -> Fields:
    """A menu button that opens the map; the place itself follows as a message."""
    info: Fields = {
        "Location_X": f"{latitude:.6f}",
        "Location_Y": f"{longitude:.6f}",
        "Scale": str(_SCALE),
        "Label": label,
        "Poiname": "",
    }
    return _event("location_select", key, {"SendLocationInfo": info})


def receipt(message_id: int, status: str) -> Fields:
    """The fate of a template message."""
    return {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": message_id, "Status": status}


def _event(name: str, key: str = "", more: Fields | None = None) -> Fields:
    return {"MsgType": "event", "Event": name, "EventKey": key, **(more or {})}
