"""Find the lexicon's words in one pass (Aho-Corasick); longest wins, jieba is asked where two words cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import ahocorasick

from nlp.segment import Segmenter

WINDOW = 8
"""Characters to each side of a doubtful border that jieba is shown."""

MAX_DOUBTS = 4
"""Doubtful borders that are settled by jieba in one text; beyond, the earlier word wins."""


class Word(NamedTuple):
    """A word and the roles it plays, as filed in the automaton."""

    text: str
    roles: tuple[str, ...]


class Hit(NamedTuple):
    """A word found at text[start:end]."""

    start: int
    end: int
    word: Word


class WordFinder:
    """Finds words in text. Roles are names such as a group of the lexicon."""

    def __init__(self, roles: Mapping[str, Iterable[str]], segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._automaton = ahocorasick.Automaton()
        for text, names in _by_word(roles).items():
            self._automaton.add_word(text, Word(text, tuple(names)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """The words of the text in order, none inside another and no two crossing."""
        kept: list[Hit] = []
        doubts = 0
        for last, word in self._automaton.iter(text) if len(self._automaton) else ():
            hit = Hit(last + 1 - len(word.text), last + 1, word)
            while kept and kept[-1].start >= hit.start and kept[-1].end < hit.end:
                kept.pop()
            before = kept[-1] if kept else None
            if before is None or before.end <= hit.start:
                kept.append(hit)
            elif before.end < hit.end:
                doubts += 1
                if doubts <= MAX_DOUBTS and self._prefers(text, before, hit):
                    kept[-1] = hit
        return kept

    def _prefers(self, text: str, before: Hit, hit: Hit) -> bool:
        """Whether jieba's borders speak for the later of two crossing words."""
        low = max(0, before.start - WINDOW)
        borders = self._segmenter.borders(text[low : hit.end + WINDOW])
        return {hit.start - low, hit.end - low} <= borders and before.end - low not in borders


def _by_word(roles: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for role, words in roles.items():
        for word in dict.fromkeys(words):
            found[word].append(role)
    return found
