"""The archive of photos, voice and video: a folder or an S3-compatible store, by URL.

A file's name is the SHA-256 of its content, so that the same photo is kept once and a changed one shows.
"""

import asyncio
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from storage.errors import Damaged, Unavailable

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Archive:
    """Content by digest. Open it with ``opened``. Every method raises Unavailable where the store is."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, content: bytes) -> str:
        """Keep ``content`` and return its digest (64 hex digits); it is on disk then."""
        digest = await asyncio.to_thread(_sha256, content)
        with _translated():
            await obstore.put_async(self._store, _path(digest), content)
            if self._folder:
                await asyncio.to_thread(_to_disk, self._folder / _path(digest))
        return digest

    async def get(self, digest: str) -> bytes:
        """Return what has this digest.

        Raises FileNotFoundError where there is none, ValueError for what is no digest, Damaged where the
        content is no longer what it was.
        """
        with _translated():
            result = await obstore.get_async(self._store, _path(digest))
            content = bytes(await result.bytes_async())
        if await asyncio.to_thread(_sha256, content) != digest:
            raise Damaged(digest)
        return content

    async def remove(self, digest: str) -> None:
        """Remove what has this digest, if it is there. Raises ValueError for what is no digest."""
        try:
            with _translated():
                await obstore.delete_async(self._store, _path(digest))
        except FileNotFoundError:
            return


def opened(url: str) -> Archive:
    """Open the archive at ``file:///folder`` (made at need) or ``s3://bucket/prefix``.

    The S3 store's address and keys come from the environment (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID ...).
    Raises ValueError for other URLs, OSError where the folder cannot be made.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return Archive(from_url(url))
    if parts.scheme != "file":
        raise ValueError("an archive is named by a file:// or s3:// URL")
    folder = Path(unquote(parts.netloc + parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    return Archive(LocalStore(folder), folder)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _path(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("a file of the archive is named by 64 hex digits")
    return f"{digest[:2]}/{digest}"


def _to_disk(file: Path) -> None:
    """Make the file and its name outlast a power cut: the store only hands them to the system."""
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        raise Unavailable(f"archive: {type(error).__name__}") from error
