"""Find place names by how they end (小区, 路, 村 ...) and by the gazetteer; join what goes together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.gazetteer import Gazetteer
from nlp.lexicon import PlaceWords
from nlp.search import Searcher
from nlp.values import Entry

READ_CHARS = 120
"""Places are looked for in this much of a text: writers name them early, later ones are mostly others."""

NAME_CHARS = 9
"""Longest name before its ending, and longest name without an ending."""

SHORTEST_NAME = 2
"""Characters before an ending, where nothing goes before them: 马路 and 我村 are no names."""

STRADDLING = 4
"""Characters of a stop word inside which no known name can begin: 小区联合 in 小区联合街道办."""

HOUSES = "栋幢楼"
"""Last characters of a number that may carry on a name without an ending: 金钟大雅9栋."""

_NAME = re.compile(r"[一-龥]{2,}")
_STRUCTURED = re.compile(
    r"[A-Za-z0-9一二三四五六七八九十](?:(?<=[A-Z])\d{0,2} ?(?P<district>[市区县])"
    r"|[0-9一二三四五六七八九十]{0,2}(?:(?P<village>组)|(?P<phase>期))"
    r"|[0-9一二三四五六七八九十]{0,4}[#-]?\d{0,3} ?(?P<building>号楼|号?栋|幢|单元|座|号院|排|弄|号|房))"
)


class Part(NamedTuple):
    """An ending, a number or a known name at text[start:end]."""

    start: int
    end: int
    kind: str
    entries: tuple[Entry, ...] = ()
    whole: bool = False
    """A name by itself, not only the ending of one."""


@dataclass(slots=True)
class Chain:
    """Parts that follow each other without a break: 蒸湘区 + 华兴街道 + 富民花苑 + 3栋."""

    start: int
    end: int
    parts: list[Part]

    @property
    def is_number(self) -> bool:
        """Only 3栋, 23号, 二期: no name at all."""
        return all(part.kind in {"building", "phase"} and not part.entries for part in self.parts)

    @property
    def kind(self) -> str:
        """The kind of the last part that is more than a number."""
        kinds = [part.kind for part in self.parts if part.kind not in {"building", "phase"}]
        return kinds[-1] if kinds else self.parts[-1].kind


class PlaceFinder:
    """Finds chains of place parts in normalised text."""

    def __init__(self, words: PlaceWords, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._stops = frozenset(words.stops)
        self._stop_words = frozenset(words.stop_words)
        self._stop_sizes = tuple(sorted({len(word) for word in words.stop_words}))
        self._generic = frozenset(words.generic)
        self._kinds = {suffix: kind for kind, suffixes in words.suffixes.items() for suffix in suffixes}
        self._suffixes = Searcher(list(self._kinds))

    def find(self, text: str, breaks: Sequence[tuple[int, int]] = (), lead: int = READ_CHARS) -> list[Chain]:
        """The chains of the text in order. No name reaches into one of the breaks (words of a nuisance);
        only in the lead a district may be followed by a name without an ending.
        """
        text = text[:READ_CHARS]
        starts, ends = frozenset(start for start, _ in breaks), frozenset(end for _, end in breaks)
        chains: list[Chain] = []
        for part in self._parts(text):
            self._join(text, chains, part, ends)
        self._lengthen(text, chains, starts, lead)
        return [chain for chain in chains if text[chain.start : chain.end] not in self._generic]

    def _parts(self, text: str) -> list[Part]:
        taken = bytearray(len(text) + 1)
        parts = []
        for source in (self._known(text), self._structured(text), self._endings(text)):
            for part in source:
                if not (taken[part.start] or taken[part.end - 1]):
                    taken[part.start : part.end] = b"\1" * (part.end - part.start)
                    parts.append(part)
        return sorted(parts)

    def _known(self, text: str) -> Iterator[Part]:
        for start, end, entries in self._gazetteer.find(text):
            if not self._begins_inside_stop(text, start, end):
                yield Part(start, end, entries[0].kind, entries, whole=True)

    def _begins_inside_stop(self, text: str, start: int, end: int) -> bool:
        return any(
            text[cut - STRADDLING : cut] in self._stop_words
            for cut in range(max(start + 1, STRADDLING), min(end, start + STRADDLING))
        )

    def _structured(self, text: str) -> Iterator[Part]:
        for match in _STRUCTURED.finditer(text):
            yield Part(match.start(), match.end(), match.lastgroup or "", whole=True)

    def _endings(self, text: str) -> list[Part]:
        """The endings in the text; of those that share characters the one that starts first."""
        kept: list[Part] = []
        for _, start, end in self._suffixes.find(text):
            while kept and kept[-1].start >= start and kept[-1].end <= end:
                kept.pop()
            if not kept or kept[-1].end <= start:
                kept.append(Part(start, end, self._kinds[text[start:end]]))
        return kept

    def _join(self, text: str, chains: list[Chain], part: Part, ends: frozenset[int]) -> None:
        """Let a part go on the last chain, begin a new one, or fall away."""
        floor = chains[-1].end if chains else 0
        if floor == part.start and not part.whole and text[floor - 1 : floor] == text[part.start : part.end]:
            return  # 新华村|村口
        is_cut = not part.whole or (part.kind == "building" and text[part.end - 1] in HOUSES)
        start = (
            self._name_start(text, floor, part.start, ends) if is_cut and floor < part.start else part.start
        )
        if part.whole and not _NAME.fullmatch(text, start, part.start):
            start = part.start
        if chains and text[floor:start] in {"", " "} and start - floor < part.end - floor:
            chains[-1].parts.append(part)
            chains[-1].end = part.end
        elif part.whole or part.start - start >= SHORTEST_NAME:
            chains.append(Chain(start, part.end, [part]))

    def _name_start(self, text: str, floor: int, end: int, ends: frozenset[int]) -> int:
        start, low = end, max(floor, end - NAME_CHARS)
        while start > low and start not in ends and not self._is_stop(text, start):
            start -= 1
        return start

    def _is_stop(self, text: str, position: int) -> bool:
        """Whether no name can go on to the left of a position."""
        if text[position - 1] in self._stops:
            return True
        for size in self._stop_sizes:  # noqa: SIM110  # called for each character: any() takes three times as long
            if text[max(0, position - size) : position] in self._stop_words:
                return True
        return False

    def _lengthen(self, text: str, chains: list[Chain], breaks: frozenset[int], lead: int) -> None:
        """Give a chain that ends with a district or street the name that follows it: A7县诺亚山林|太吵."""
        for number, chain in enumerate(chains):
            limit = chains[number + 1].start if number + 1 < len(chains) else len(text)
            if chain.parts[-1].kind in {"district", "street"} and chain.start < lead:
                end = self._name_end(text, chain.end, min(limit, chain.end + NAME_CHARS), breaks)
                if end - chain.end >= SHORTEST_NAME:
                    chain.parts.append(Part(chain.end, end, "other"))
                    chain.end = end

    def _name_end(self, text: str, start: int, limit: int, breaks: frozenset[int]) -> int:
        end = start + 1 if text[start : start + 1] == " " else start
        while end < limit and end not in breaks and text[end] not in self._stops:
            if any(text[end : end + size] in self._stop_words for size in self._stop_sizes):
                break
            end += 1
        return end
