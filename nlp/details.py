"""Facts beside the class: ticket number, hours, duration, number of people, the accused's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from nlp.places import Chain

_NUMERAL = r"(?:\d{1,4}|[一二两三四五六七八九十百几数]{1,4})"
_HOURS = re.compile(
    r"(?:早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜里|夜间|凌晨|半夜|深夜)?"
    rf"{_NUMERAL} ?(?:点(?:半|多|钟|左右)?|[:：]\d\d)"
    rf"(?: ?(?:-|—|~|到|至) ?(?:第二天|次日)?(?:早上|上午|中午|下午|晚上|凌晨)?{_NUMERAL}"
    r" ?(?:点(?:半|多|钟)?|[:：]\d\d))?"
)
_DURATION = re.compile(
    rf"(?:持续|长达|已经|已有|连续|近|快|将近|折磨)?(?:了)?{_NUMERAL}(?:多|余)?个?(?:半)?(?:年|月|星期|周|天|小时)(?:多|之久|以上|有余)?"
)
_PEOPLE = re.compile(
    rf"(?:{_NUMERAL}|上千|上百|数百|数千|上万)(?:多|余)?(?:户|人|名业主|名居民|口人|家住户)(?:居民|业主|村民)?"
)
_DIGITS = re.compile(r"\d")


def ticket_pattern(prefix: str) -> re.Pattern[str]:
    """A pattern for ticket numbers of a zone, tolerant of case, spaces and the kind of dash."""
    letters = r"\s*".join(map(re.escape, prefix))
    return re.compile(rf"{letters}\s*(\d{{8}})\s*[-—–_~ ]*\s*(\d{{4,8}})(?!\d)", re.IGNORECASE)


def ticket_number(text: str, pattern: re.Pattern[str], prefix: str) -> str:
    """The first ticket number in the text as we write it, "" where there is none."""
    found = pattern.search(text)
    return f"{prefix}{found[1]}-{found[2]}" if found else ""


def particulars(text: str) -> Mapping[str, str]:
    """What the text says of hours, duration and people, verbatim; only keys that were found."""
    found = {"hours": _HOURS, "duration": _DURATION, "people": _PEOPLE}
    matches = {key: pattern.search(text) for key, pattern in found.items()}
    return MappingProxyType({key: match[0] for key, match in matches.items() if match})


def accused(text: str, chains: Iterable[Chain]) -> str:
    """The first shop, factory or site that is named, "" where none is."""
    for chain in chains:
        for part in chain.parts:
            if part.kind == "shop":
                return _own_name(text, chain, part.end)
    return ""


def _own_name(text: str, chain: Chain, end: int) -> str:
    """The name without the places before it."""
    before = [part.end for part in chain.parts if part.end < end]
    return text[max(before, default=chain.start) : end].strip()
