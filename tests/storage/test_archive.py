"""The archive keeps content by its digest, in a folder."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from storage.archive import Archive, opened
from storage.errors import Damaged, Unavailable

NOBODYS = "0" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "照片 with spaces"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return opened(folder.as_uri())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_what_is_put_comes_back_by_its_digest(archive: Archive) -> None:
    digest = await archive.put(b"a photo")

    assert digest == hashlib.sha256(b"a photo").hexdigest()
    assert await archive.get(digest) == b"a photo"


async def test_the_same_photo_is_kept_once(archive: Archive, folder: Path) -> None:
    first, second = await archive.put(b"a photo"), await archive.put(b"a photo")

    assert first == second
    assert [path.name for path in files(folder)] == [first]


async def test_even_nothing_has_a_digest(archive: Archive) -> None:
    assert await archive.get(await archive.put(b"")) == b""


async def test_another_opening_of_the_folder_finds_it(archive: Archive, folder: Path) -> None:
    digest = await archive.put(b"a photo")

    assert await opened(folder.as_uri()).get(digest) == b"a photo"


async def test_an_unknown_digest_is_not_found(archive: Archive) -> None:
    with pytest.raises(FileNotFoundError):
        await archive.get(NOBODYS)


async def test_what_is_removed_is_gone_and_may_be_removed_again(archive: Archive) -> None:
    digest = await archive.put(b"a photo")

    await archive.remove(digest)
    await archive.remove(digest)

    with pytest.raises(FileNotFoundError):
        await archive.get(digest)


@pytest.mark.parametrize(
    "name",
    ["", "../secret", "..%2fsecret", "/etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 62 + "/a"],
)
async def test_only_a_digest_is_a_name(archive: Archive, folder: Path, name: str) -> None:
    (folder.parent / "secret").write_bytes(b"not of the archive")

    with pytest.raises(ValueError, match="64 hex"):
        await archive.get(name)
    with pytest.raises(ValueError, match="64 hex"):
        await archive.remove(name)


async def test_a_file_that_was_changed_is_not_given_out(archive: Archive, folder: Path) -> None:
    digest = await archive.put(b"a photo")
    files(folder)[0].write_bytes(b"another photo")

    with pytest.raises(Damaged, match=digest):
        await archive.get(digest)


def test_a_folder_that_is_gone_is_unavailable_and_works_again_when_it_is_back(
    archive: Archive, folder: Path
) -> None:
    folder.rmdir()
    folder.write_text("in the way")
    with pytest.raises(Unavailable):
        asyncio.run(archive.put(b"a photo"))

    folder.unlink()
    folder.mkdir()

    digest = asyncio.run(archive.put(b"a photo"))
    assert asyncio.run(archive.get(digest)) == b"a photo"


@pytest.mark.parametrize("url", ["", "photos", "http://photos.example/", "ftp://photos", "memory:///"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="file:// or s3://"):
        opened(url)


def test_an_s3_store_is_opened_without_a_word_to_it() -> None:
    assert isinstance(opened("s3://jiesu-photos/zone"), Archive)
