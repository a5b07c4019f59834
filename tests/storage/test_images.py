"""What comes from outside is recognised by its own bytes, and shown only as a copy drawn anew."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from storage import images
from storage.errors import BadMedia
from storage.images import Checked, checked, shown, thumbnail

VOICES_AND_VIDEOS = [
    (b"#!AMR\n\x00", Checked("voice", "audio/amr")),
    (b"#!AMR-WB\n\x00", Checked("voice", "audio/amr-wb")),
    (b"\x02#!SILK_V3\x00", Checked("voice", "audio/silk")),
    (b"#!SILK_V3\x00", Checked("voice", "audio/silk")),
    (b"ID3\x04\x00", Checked("voice", "audio/mpeg")),
    (b"\xff\xfb\x90\x00", Checked("voice", "audio/mpeg")),
    (b"\x00\x00\x00\x18ftypmp42", Checked("video", "video/mp4")),
]
HEADS = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"#!AMR\n"]


def photo(
    form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def with_exif(**tags: object) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = tags.get("orientation", 1)
    exif[0x010E] = "the resident's own words"
    exif.get_ifd(0x8825)[2] = (26.0, 53.0, 12.0)
    return photo(exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_photo_is_known_by_its_first_bytes(form: str) -> None:
    assert checked(photo(form)) == Checked("photo", f"image/{form.lower()}")


@pytest.mark.parametrize(("content", "kind"), VOICES_AND_VIDEOS)
def test_voice_and_video_are_known_by_their_first_bytes(content: bytes, kind: Checked) -> None:
    assert checked(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"<svg onload='x'/>", b"%PDF-1.7", b"\x00\x00\x00\x18ftypheic", photo("BMP")],
)
def test_what_nobody_sends_from_a_phone_is_refused(content: bytes) -> None:
    with pytest.raises(BadMedia, match="unknown kind"):
        checked(content)


def test_a_photo_cut_short_is_refused() -> None:
    with pytest.raises(BadMedia, match="damaged"):
        checked(photo("PNG", (400, 400))[:-40])


def test_more_bytes_than_the_limit_are_refused() -> None:
    voice = b"#!AMR\n" + bytes(images.LIMITS["voice"])

    with pytest.raises(BadMedia, match="10 MB"):
        checked(voice)


@pytest.mark.parametrize("side", [7_100, 12_000, 60_000])
def test_a_bomb_is_refused_by_the_size_it_claims(side: int) -> None:
    with pytest.raises(BadMedia):
        checked(bomb(side))
    with pytest.raises(BadMedia):
        shown(bomb(side))


def bomb(side: int) -> bytes:
    """A PNG of side x side white pixels whose content is a few bytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, body) for name, body in chunks)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_the_copy_is_a_jpeg_no_longer_than_its_limit() -> None:
    copy, small = opened(shown(photo(size=(4000, 1000)))), opened(thumbnail(photo(size=(1000, 4000))))

    assert (copy.format, copy.size) == ("JPEG", (1600, 400))
    assert (small.format, small.size) == ("JPEG", (80, 320))


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(shown(photo(size=(40, 20)))).size == (40, 20)


def test_the_copy_says_nothing_of_where_and_with_what_it_was_taken() -> None:
    original = with_exif()

    copy = shown(original)

    assert b"own words" in original
    assert b"own words" not in copy
    assert not opened(copy).getexif()


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))]
)
def test_the_copy_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    assert opened(shown(with_exif(orientation=orientation))).size == size


def test_broken_exif_does_not_cost_the_photo() -> None:
    good = with_exif(orientation=6)
    broken = good.replace(b"II*\x00", b"II*\xff").replace(b"MM\x00*", b"MM\xff*")

    assert opened(shown(broken)).size == (40, 20)


def test_a_script_behind_a_photo_is_not_in_the_copy() -> None:
    comment = PngImagePlugin.PngInfo()
    comment.add_text("comment", "<script>alert(1)</script>")
    polyglot = photo("PNG", pnginfo=comment) + b"<script>alert(2)</script>"

    assert checked(polyglot).kind == "photo"
    assert b"<script>" not in shown(polyglot)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_colour_can_be_shown(mode: str) -> None:
    assert opened(shown(photo("PNG", mode=mode))).mode == "RGB"


def test_print_colours_can_be_shown() -> None:
    assert opened(shown(photo(mode="CMYK"))).mode == "RGB"


def test_what_is_transparent_is_shown_white() -> None:
    assert opened(shown(photo("PNG", mode="RGBA"))).getpixel((5, 5)) == (255, 255, 255)


def test_a_voice_cannot_be_shown() -> None:
    with pytest.raises(BadMedia):
        shown(b"#!AMR\n")


@given(st.sampled_from(HEADS), st.binary(max_size=200))
def test_any_bytes_are_known_or_refused_and_nothing_else(head: bytes, rest: bytes) -> None:
    for look in (checked, shown, thumbnail):
        refused_or_fine(look, head + rest)


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]), st.data())
def test_a_photo_with_any_bytes_changed_is_shown_or_refused_and_nothing_else(
    form: str, data: st.DataObject
) -> None:
    content = bytearray(photo(form))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    refused_or_fine(checked, bytes(content))
    refused_or_fine(shown, bytes(content))


def refused_or_fine(look: object, content: bytes) -> None:
    with contextlib.suppress(BadMedia):
        assert look(content)
