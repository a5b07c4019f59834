"""Personal data in words that are meant for others to read."""

import re
import unicodedata

_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_GAPS = re.compile(r"(?<=\d)[\s\-.·_]+(?=\d)")


def personal(text: str) -> str:
    """Return what kind of personal number a text holds (手机号, 身份证号), "" where it holds none.

    Full-width digits and gaps between digits are read as people read them. Landlines and hotlines are
    an office's own and may be told.
    """
    folded = _GAPS.sub("", unicodedata.normalize("NFKC", text))
    if _IDENTITY.search(folded):
        return "身份证号"
    return "手机号" if _MOBILE.search(folded) else ""
