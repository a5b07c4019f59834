"""The names that the zone knows: districts, streets, communities, estates, and what people call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from nlp.search import Searcher
from nlp.values import Entry

SHORTENED = {
    "community": ("社区", "村"),
    "street": ("街道", "镇", "乡"),
    "village": ("村",),
    "estate": ("小区",),
}
"""Endings that people leave out, by kind; only where three characters remain."""

SHORTEST_SHORTENED = 3

ROADS = ("路", "街", "巷", "道", "桥")
"""A name that ends so without its ending is a road: 人民路 does not mean 人民路社区."""


class Named(NamedTuple):
    """A name of the gazetteer found at text[start:end], with every entry that bears it."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """Finds known names in a text in one pass; 100,000 names take about a second to load."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        bearers = _by_name(self.entries)
        self._bearers = [tuple(entries) for entries in bearers.values()]
        self._searcher = Searcher(list(bearers))

    def find(self, text: str) -> list[Named]:
        """The known names in the text, in order, the longest where one lies inside another."""
        kept: list[Named] = []
        for number, start, end in self._searcher.find(text):
            while kept and kept[-1].start >= start and kept[-1].end <= end:
                kept.pop()
            if not kept or kept[-1].end <= start:
                kept.append(Named(start, end, self._bearers[number]))
        return kept


def _by_name(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in dict.fromkeys((entry.name, *entry.aliases, *_shortened(entry))):
            if len(name) > 1 and entry not in found[name]:
                found[name].append(entry)
    return found


def _shortened(entry: Entry) -> list[str]:
    endings = [ending for ending in SHORTENED.get(entry.kind, ()) if entry.name.endswith(ending)]
    names = [entry.name.removesuffix(ending) for ending in endings]
    return [name for name in names if len(name) >= SHORTEST_SHORTENED and not name.endswith(ROADS)]
