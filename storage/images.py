"""Photos, voice and video from outside: what they are, and a copy of a photo that is safe to show.

The original is kept for the case file and never shown: what a browser gets is drawn anew, so that nothing
hides in it, neither a script nor the place where the resident lives (EXIF).
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps

from storage.errors import BadMedia

MEGABYTE = 1024 * 1024
LIMITS = {"photo": 20 * MEGABYTE, "voice": 10 * MEGABYTE, "video": 64 * MEGABYTE}
"""Bytes. WeChat's own limits for residents' media are lower; officers upload what their phones make."""
PIXELS = 50_000_000
"""More than any phone's photo after its own reduction; decoded that is 150 MB for a moment."""
SHOWN_SIDE = 1600
"""Pixels of the longer side of the copy for display."""
THUMBNAIL_SIDE = 320
"""Pixels of the longer side in lists."""
QUALITY = 82
"""JPEG quality of copies."""

_PHOTOS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What some content is: ``kind`` photo, voice or video."""

    kind: str
    content_type: str


def checked(content: bytes) -> Checked:
    """Return what ``content`` is, by its own first bytes and not by what its sender called it.

    A photo is read in full once. Raises BadMedia for any other kind, a damaged photo, or too many bytes or
    pixels.
    """
    found = _recognised(content)
    if len(content) > LIMITS[found.kind]:
        raise BadMedia(f"{found.kind} of more than {LIMITS[found.kind] // MEGABYTE} MB")
    if found.kind == "photo":
        with _image(content) as image:
            image.load()
    return found


def shown(content: bytes) -> bytes:
    """Return a photo as a JPEG to show: upright, at most SHOWN_SIDE long, without EXIF. Raises BadMedia."""
    return _copy(content, SHOWN_SIDE)


def thumbnail(content: bytes) -> bytes:
    """Return a photo as a small JPEG for lists, at most THUMBNAIL_SIDE long. Raises BadMedia."""
    return _copy(content, THUMBNAIL_SIDE)


_SIGNS = tuple(
    (re.compile(sign, re.DOTALL), Checked(kind, content_type))
    for sign, kind, content_type in (
        (rb"\xff\xd8\xff", "photo", _PHOTOS["JPEG"]),
        (rb"\x89PNG\r\n\x1a\n", "photo", _PHOTOS["PNG"]),
        (rb"GIF8[79]a", "photo", _PHOTOS["GIF"]),
        (rb"RIFF.{4}WEBP", "photo", _PHOTOS["WEBP"]),
        (rb"#!AMR-WB\n", "voice", "audio/amr-wb"),
        (rb"#!AMR\n", "voice", "audio/amr"),
        # WeChat's own voice has a byte of its own before the mark.
        (rb"\x02?#!SILK_V3", "voice", "audio/silk"),
        (rb".{4}ftyp(?:iso[m2-6]|mp4[12]|avc1|M4V |MSNV|3gp[45]|qt  )", "video", "video/mp4"),
        # A tag, or the frame header of MPEG layer III: eleven ones, a version, the layer, a bit rate.
        (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x00-\xef]", "voice", "audio/mpeg"),
    )
)


def _recognised(content: bytes) -> Checked:
    for sign, found in _SIGNS:
        if sign.match(content):
            return found
    raise BadMedia("unknown kind of file")


def _copy(content: bytes, side: int) -> bytes:
    found = _recognised(content)
    if found.kind != "photo" or len(content) > LIMITS["photo"]:
        raise BadMedia("no photo, or one too big to show")
    with _image(content) as image:
        image.draft("RGB", (side, side))
        coloured = image.convert("RGBA") if image.mode == "P" else image
        coloured.thumbnail((side, side), reducing_gap=2.0)
        out = io.BytesIO()
        _flat(_upright(coloured)).save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - broken EXIF raises nearly anything, and the photo is good without it
        return image


def _flat(image: Image.Image) -> Image.Image:
    """On white where it is transparent, in plain RGB, and without anything that was written beside it."""
    coloured = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(coloured, mask=coloured.getchannel("A"))
    return page


@contextmanager
def _image(content: bytes) -> Iterator[Image.Image]:
    """Open a photo; whatever a decoder complains of while it is used is BadMedia."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_PHOTOS)) as image:
            _small_enough(image)
            yield image
    except BadMedia:
        raise
    except Exception as error:  # decoders raise nearly anything on damaged content
        raise BadMedia(f"damaged photo: {type(error).__name__}") from error


def _small_enough(image: Image.Image) -> None:
    """Refuse by the size that the header claims, before a pixel is decoded: a bomb is small on the wire."""
    if image.width * image.height > PIXELS:
        raise BadMedia(f"photo of more than {PIXELS // 1_000_000} megapixels")
