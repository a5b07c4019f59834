"""Facts beside the class: ticket number, hours, duration, number of people, the accused's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from nlp.places import Chain

_DIGIT = "[0-9一二两三四五六七八九十百几数]"
_CLOCK = rf"{_DIGIT}{{1,3}} ?(?:点(?:半|多|钟|左右)?|[:：]\d\d)"
_PART = "早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|凌晨|半夜|深夜|次日|第二天"
# Each begins with a set of characters: such a pattern is looked for many times faster than an optional word.
_HOURS = re.compile(
    rf"{_DIGIT}{_DIGIT}{{0,2}} ?(?:点(?:半|多|钟|左右)?|[:：]\d\d)"
    rf"(?: ?(?:-|—|~|到|至) ?(?:{_PART}){{0,2}}{_CLOCK})?"
)
_DURATION = re.compile(
    rf"{_DIGIT}{_DIGIT}{{0,3}}(?:多|余|个|半){{0,3}}(?:年|月|星期|周|天|小时)(?:多|之久|以上|有余)?"
)
_PEOPLE = re.compile(
    r"[0-9一二两三四五六七八九十百几数上][0-9一二两三四五六七八九十百几数千万]{0,4}(?:多|余)?"
    r"(?:户|名业主|名居民|口人|个人|人)(?:居民|业主|村民)?"
)
_BEFORE = tuple(_PART.split("|"))


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
    told = {}
    for key, pattern in (("duration", _DURATION), ("people", _PEOPLE)):
        match = next((match for match in pattern.finditer(text) if _is_amount(text, match)), None)
        if match:
            told[key] = match[0]
    hours = _HOURS.search(text)
    if hours:
        told["hours"] = _part_of_day(text[: hours.start()]) + hours[0]
    return MappingProxyType(told)


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """Not a year (2019年), a date (第二天) or the writer alone (一名业主)."""
    return not (match[0][:4].isdigit() or text[: match.start()].endswith("第") or match[0].startswith("一名"))


def _part_of_day(before: str) -> str:
    return next((part for part in _BEFORE if before.endswith(part)), "")


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
