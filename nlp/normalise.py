"""Make what people type comparable: width, traditional characters, emoji, invisible characters, length."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

import opencc

MAX_CHARS = 4_000
"""Longest text that is analysed: WeChat sends 2,048 bytes, a typed-in letter rarely has 3,000 characters."""

_USUAL = "\n" + "".join(map(chr, range(0x20, 0x7F))) + "·‘’“”…、。《》【】〔〕（）！，：；？～—"
_SPACES = re.compile(" {3,}")
_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3"))
_KEEP = {ord(mark): mark for mark in "，：；？！（）～…"}
_OTHER_FORMS = str.maketrans({"\u3000": "  ", "釆": "采", "囗": "口", "\r": "\n", "\t": " "})


def normalise(text: str) -> str:
    """The text in simplified characters and half width, without emoji, at most MAX_CHARS long.

    Chinese punctuation stays; an ideographic space becomes two spaces, since it parts paragraphs.
    """
    text = text[:MAX_CHARS]
    if _odd().search(text):
        text = "".join(map(_plain, text.translate(_JOINERS).translate(_OTHER_FORMS)))
        text = text.translate(_traditional())
    if "\n" in text:
        text = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _SPACES.sub("  ", text.strip())[:MAX_CHARS]


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
def _odd() -> re.Pattern[str]:
    """Finds a character that does not stay as it is."""
    usual = _USUAL + "".join(map(chr, range(0x4E00, 0x9FA6)))
    kept = (char for char in usual if ord(char) not in _traditional() and ord(char) not in _OTHER_FORMS)
    return re.compile(f"[^{re.escape(''.join(kept))}]")


@cache
def _traditional() -> dict[int, str]:
    """The simplified form of each character that only traditional script has, from OpenCC's table.

    Character by character: the length stays, so that a place can be told as it was written.
    """
    table = files(opencc).joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in table.splitlines() if line.strip())
    return {ord(row[0]): row[1] for row in rows if row[0] not in row[1:]}
