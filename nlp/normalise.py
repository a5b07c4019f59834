"""Make what people type comparable: width, traditional characters, emoji, invisible characters, length."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

MAX_CHARS = 4_000
"""Longest text that is analysed: WeChat sends 2,048 bytes, a typed-in letter rarely has 3,000 characters."""

_ODD = re.compile(r"[^\n -~·‘’“”…、。《》【】〔〕（）！，：；？～—\u4e00-\u9fa5]")
_SPACES = re.compile(r"[ \t]{3,}")
_NEWLINES = re.compile(r"\s*\n\s*")
_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3"))
_KEEP = {ord(mark): mark for mark in "，：；？！（）～…"}
_OTHER_FORMS = str.maketrans({"\u3000": "  ", "釆": "采", "囗": "口", "\u2014": "—", "\r": "\n", "\t": " "})


def normalise(text: str) -> str:
    """The text in simplified characters and half width, without emoji, at most MAX_CHARS long.

    Chinese punctuation stays; an ideographic space becomes two spaces, since it parts paragraphs.
    """
    text = text[:MAX_CHARS]
    if _ODD.search(text):
        text = "".join(map(_plain, text.translate(_JOINERS).translate(_OTHER_FORMS)))
    if not _traditional().isdisjoint(text):
        text = _simplified(text)
    return _SPACES.sub("  ", _NEWLINES.sub("\n", text)).strip()[:MAX_CHARS]


@cache
def _plain(char: str) -> str:
    """One character as we keep it: compatibility forms folded, symbols and control characters a space."""
    if ord(char) in _KEEP or char == "\n":
        return char
    folded = unicodedata.normalize("NFKC", char)[:4]
    return "".join(part if _readable(part) else " " for part in folded)


def _readable(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPZ" or char in "+=<>$^`|~"


@cache
def _traditional() -> frozenset[str]:
    """Characters that exist only in traditional script, from OpenCC's own table."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in table.splitlines() if line.strip())
    return frozenset(row[0] for row in rows if row[0] not in row[1:])


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_converter().convert(text))  # type: ignore[attr-defined]  # opencc has no types
