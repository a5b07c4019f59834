"""Phrases with gaps ("怎么还没*处理") found in one pass over a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nlp.search import Searcher

GAP = 8
"""Characters that a * may stand for."""


class _Step(NamedTuple):
    """One part of one phrase: the phrase's number and the part's position in it."""

    phrase: int
    part: int


class PhraseBook:
    """Finds which labels' phrases occur in a text; overlapping phrases are all found."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._phrases = [
            (label, phrase) for label, listed in phrases.items() for phrase in dict.fromkeys(listed)
        ]
        steps: dict[str, list[_Step]] = defaultdict(list)
        self._sizes: list[int] = []
        for number, (_, phrase) in enumerate(self._phrases):
            parts = [part for part in phrase.split("*") if part]
            self._sizes.append(len(parts))
            for position, part in enumerate(parts):
                steps[part].append(_Step(number, position))
        self._steps = list(steps.values())
        self._searcher = Searcher(list(steps))

    def find(self, text: str) -> dict[str, str]:
        """Each label that was found, with the first phrase that showed it."""
        found: dict[str, str] = {}
        reached: dict[int, tuple[int, int]] = {}
        for number, start, end in self._searcher.find(text):
            for step in self._steps[number]:
                if self._completes(step, start, end, reached):
                    label, phrase = self._phrases[step.phrase]
                    found.setdefault(label, phrase)
        return found

    def _completes(self, step: _Step, start: int, end: int, reached: dict[int, tuple[int, int]]) -> bool:
        """Take one step of a phrase; true when it was the last one."""
        if step.part:
            parts, since = reached.get(step.phrase, (0, 0))
            if parts != step.part or not 0 <= start - since <= GAP:
                return False
        if step.part + 1 == self._sizes[step.phrase]:
            return True
        reached[step.phrase] = (step.part + 1, end)
        return False
