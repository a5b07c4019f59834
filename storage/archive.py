"""The archive of photos, voice and video: a folder or an S3-compatible store, by URL.

A file's name is the SHA-256 of its content, so that the same photo is kept once and a changed one shows.
"""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.store import LocalStore, ObjectStore, from_url


class Archive:
    """Content by digest. Open it with ``opened``."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, content: bytes) -> str:
        """Keep ``content`` and return its digest (64 hex digits)."""
        digest = hashlib.sha256(content).hexdigest()
        await obstore.put_async(self._store, _path(digest), content)
        return digest

    async def get(self, digest: str) -> bytes:
        """Return what has this digest. Raises FileNotFoundError where there is none."""
        result = await obstore.get_async(self._store, _path(digest))
        return bytes(await result.bytes_async())

    async def remove(self, digest: str) -> None:
        """Remove what has this digest, if it is there."""
        try:
            await obstore.delete_async(self._store, _path(digest))
        except FileNotFoundError:
            return


def opened(url: str) -> Archive:
    """Open the archive at ``file:///folder`` (made at need) or an S3 URL. Raises ValueError for others."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(parts.netloc + parts.path)
        folder.mkdir(parents=True, exist_ok=True)
        return Archive(LocalStore(str(folder)))
    return Archive(from_url(url))


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
