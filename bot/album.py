"""Photos of officers into the archive, and what may be shown out of it."""

import asyncio
from dataclasses import dataclass

from handlers.offices.command import Photo
from handlers.offices.errors import Invalid
from storage import images
from storage.archive import Archive
from storage.errors import BadMedia, Damaged
from storage.models import Attachment

LIMIT_BYTES = images.LIMITS["photo"]
"""Of one photo."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Content that is safe to send to a browser."""

    content: bytes
    content_type: str


class Album:
    """Checks, copies and keeps photos; gives back the copies, never an original photo."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def keep(self, content: bytes) -> Photo:
        """Keep a photo and its copy for display. Raises Invalid for what is no photo, or too big."""
        try:
            kind = await asyncio.to_thread(images.checked, content)
            copy = await asyncio.to_thread(images.shown, content)
        except BadMedia as error:
            limit = LIMIT_BYTES >> 20
            sentence = f"这个文件不是能打开的照片（支持 JPG、PNG、WEBP、GIF，{limit} MB 以内）。"
            raise Invalid("photos", sentence) from error
        digest, shown_digest = await self._archive.put(content), await self._archive.put(copy)
        return Photo(digest, shown_digest, kind.content_type, len(content))

    async def shown(self, attachment: Attachment) -> Shown | None:
        """Return what may be shown of an attachment, None where the archive has lost it.

        Of a photo that is the copy without EXIF; voice and video have no copy and are given as they are.
        """
        is_photo = attachment.kind == "photo"
        digest = attachment.shown_digest if is_photo else attachment.digest
        try:
            content = await self._archive.get(digest)
        except (FileNotFoundError, ValueError, Damaged):
            return None
        return Shown(content, "image/jpeg" if is_photo else attachment.content_type)
