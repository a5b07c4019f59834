"""Made-up photos, voice notes and videos, for those who have none at hand."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (960, 720)
_WIDTH, _HEIGHT = _SIZE
_AMR_FRAME = b"\x3c" + bytes(31)
"""20 ms of AMR-NB at 12.2 kbit/s; the zero bits decode to near silence."""
_FRAMES_A_SECOND = 50
_LIT = 0.4
"""Share of lit windows."""
_EXIF_MAKE, _EXIF_TIME = 0x010F, 0x0132

Colour = tuple[int, int, int]


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, 2))
    column.putpixel((0, 0), top)
    column.putpixel((0, 1), bottom)
    return column.resize(_SIZE, Image.Resampling.BILINEAR)


def _houses(draw: ImageDraw.ImageDraw, rng: Random, colour: Colour, ground: int) -> None:
    left = -20
    while left < _WIDTH:
        width, height = rng.randint(90, 170), rng.randint(180, 380)
        draw.rectangle((left, ground - height, left + width, ground), fill=colour)
        for x in range(left + 16, left + width - 20, 34):
            for y in range(ground - height + 20, ground - 30, 44):
                lit = rng.random() < _LIT
                draw.rectangle((x, y, x + 16, y + 22), fill=(244, 206, 130) if lit else (90, 98, 112))
        left += width + rng.randint(4, 24)


def _clouds(image: Image.Image, rng: Random, colour: Colour, area: tuple[int, int, int, int]) -> None:
    layer = Image.new("RGBA", _SIZE, (*colour, 0))
    draw = ImageDraw.Draw(layer)
    for _ in range(46):
        x, y = rng.randint(area[0], area[2]), rng.randint(area[1], area[3])
        size = rng.randint(40, 120)
        draw.ellipse((x, y, x + size, y + size * 2 // 3), fill=(*colour, rng.randint(40, 110)))
    blurred = layer.filter(ImageFilter.GaussianBlur(22))
    image.paste(blurred, (0, 0), blurred)


def _smoke(rng: Random) -> Image.Image:
    image = _sky((38, 44, 66), (104, 92, 96))
    draw = ImageDraw.Draw(image)
    _houses(draw, rng, (58, 64, 80), 560)
    draw.rectangle((0, 560, _WIDTH, _HEIGHT), fill=(62, 58, 58))
    draw.polygon([(300, 470), (660, 470), (700, 520), (260, 520)], fill=(190, 60, 48))
    draw.rectangle((330, 560, 630, 600), fill=(40, 36, 36))
    for x in range(345, 620, 22):
        draw.rectangle((x, 552, x + 12, 562), fill=(238, 120, 52))
    _clouds(image, rng, (206, 206, 206), (330, 120, 620, 520))
    return image


def _dust(rng: Random) -> Image.Image:
    image = _sky((196, 186, 164), (226, 208, 170))
    draw = ImageDraw.Draw(image)
    draw.line((700, 540, 700, 90, 380, 130), fill=(210, 150, 40), width=12)
    draw.line((700, 90, 860, 120), fill=(210, 150, 40), width=12)
    draw.polygon([(0, 600), (180, 400), (380, 590), (560, 430), (800, 600)], fill=(150, 116, 76))
    draw.rectangle((0, 590, _WIDTH, _HEIGHT), fill=(168, 136, 96))
    _clouds(image, rng, (214, 192, 150), (0, 360, 880, 640))
    return image


def _water(rng: Random) -> Image.Image:
    image = _sky((170, 186, 186), (196, 200, 186))
    draw = ImageDraw.Draw(image)
    _houses(draw, rng, (136, 142, 140), 330)
    draw.polygon([(0, 330), (_WIDTH, 330), (_WIDTH, 420), (0, 470)], fill=(108, 124, 84))
    draw.polygon([(0, 470), (_WIDTH, 420), (_WIDTH, _HEIGHT), (0, _HEIGHT)], fill=(36, 40, 34))
    draw.ellipse((120, 400, 240, 500), fill=(96, 96, 92))
    draw.ellipse((142, 418, 222, 486), fill=(22, 22, 20))
    for _ in range(40):
        x, y = rng.randint(0, _WIDTH), rng.randint(490, _HEIGHT)
        draw.ellipse((x, y, x + rng.randint(8, 44), y + 6), fill=(74, 84, 60))
    return image


_SCENES: dict[str, Callable[[Random], Image.Image]] = {"油烟": _smoke, "扬尘": _dust, "黑臭水体": _water}
PHOTOS = tuple(_SCENES)
"""The names of the sample photos."""


def photo(name: str, taken: datetime, seed: int = 0) -> bytes:
    """Return a JPEG of the named scene with the EXIF of a phone; KeyError for an unknown name.

    Another ``seed`` draws another picture, as no two photos are alike.
    """
    image = _SCENES[name](Random(seed))  # noqa: S311 - a drawing, not a secret
    exif = image.getexif()
    exif[_EXIF_MAKE] = "Simulator"
    exif[_EXIF_TIME] = taken.strftime("%Y:%m:%d %H:%M:%S")
    out = BytesIO()
    image.save(out, "JPEG", quality=82, exif=exif)
    return out.getvalue()


def voice(seconds: int) -> bytes:
    """Return an AMR file of near silence."""
    return b"#!AMR\n" + _AMR_FRAME * (seconds * _FRAMES_A_SECOND)


def video() -> bytes:
    """Return the smallest file that calls itself MP4: a type box and an empty data box."""
    kind = b"ftypisom" + (512).to_bytes(4, "big") + b"isommp41"
    return (len(kind) + 4).to_bytes(4, "big") + kind + (8).to_bytes(4, "big") + b"mdat"
