"""Temporary media: photos, voice notes and videos, forgotten by the platform after three days."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError

_LIFE = timedelta(days=3)
_KEPT_BYTES = 256 << 20
"""The oldest media go first when memory fills: this is a simulator, not a store."""

LIMITS = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}
"""Largest upload in bytes by type (platform limits of media/upload)."""
_TYPES = {
    "image/jpeg": ("image", "thumb"),
    "image/png": ("image",),
    "image/gif": ("image",),
    "audio/amr": ("voice",),
    "audio/mpeg": ("voice",),
    "video/mp4": ("video",),
}
_SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}
_MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
)


@dataclass(frozen=True, slots=True)
class Media:
    """One file and when it came."""

    id: str
    kind: str
    mime: str
    data: bytes
    created: datetime

    @property
    def filename(self) -> str:
        """Return a name for Content-Disposition."""
        return f"{self.id[:12]}.{_SUFFIXES[self.mime]}"


def mime_of(data: bytes) -> str:
    """Return the type that the first bytes tell, "" when none is known."""
    return next((mime for at, magic, mime in _MAGIC if data[at : at + len(magic)] == magic), "")


class MediaStore:
    """Media by id."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Media] = OrderedDict()
        self._bytes = 0

    def add(self, kind: str, data: bytes, now: datetime) -> Media:
        """Keep a file; PlatformError 40004, 40005 or 40006 for a wrong kind, type or size."""
        if kind not in LIMITS:
            raise PlatformError(40004, "invalid media type")
        mime = mime_of(data)
        if kind not in _TYPES.get(mime, ()):
            raise PlatformError(40005, "invalid file type")
        if len(data) > LIMITS[kind]:
            raise PlatformError(40006, "invalid media size")
        return self._keep(Media(secrets.token_urlsafe(48), kind, mime, data, now))

    def get(self, media_id: str, now: datetime) -> Media:
        """Return a file; PlatformError 40007 when unknown or older than three days."""
        media = self._kept.get(media_id)
        if media is None or now - media.created >= _LIFE:
            raise PlatformError(40007, "invalid media_id")
        return media

    def find(self, media_id: str) -> Media | None:
        """Return a file for the page, which shows old bubbles too."""
        return self._kept.get(media_id)

    def _keep(self, media: Media) -> Media:
        self._kept[media.id] = media
        self._bytes += len(media.data)
        while self._bytes > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.data)
        return media
