"""Find the lexicon's words in one pass (Aho-Corasick); longest wins, jieba is asked where two words cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nlp.search import Searcher
from nlp.segment import Segmenter

WINDOW = 5
"""Characters to each side of a doubtful border that jieba is shown."""

MAX_DOUBTS = 3
"""Doubtful borders that are settled by jieba in one text; beyond, the earlier word wins."""


class Hit(NamedTuple):
    """A word found at text[start:end], and the roles it plays."""

    start: int
    end: int
    word: str
    roles: tuple[str, ...]


_Raw = tuple[int, int, str, tuple[str, ...]]


class WordFinder:
    """Finds words in text. Roles are names such as a group of the lexicon."""

    def __init__(self, roles: Mapping[str, Iterable[str]], segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._words = [(word, tuple(names)) for word, names in _by_word(roles).items()]
        self._searcher = Searcher([word for word, _ in self._words])

    def find(self, text: str) -> list[Hit]:
        """The words of the text in order, none inside another and no two crossing."""
        kept: list[_Raw] = [(-1, 0, "", ())]
        since, until = -1, 0  # the borders of the last word kept
        doubts = 0
        for number, start, end in self._searcher.find(text):
            word, roles = self._words[number]
            while since >= start and until <= end:
                kept.pop()
                since, until, *_ = kept[-1]
            if until <= start:
                kept.append((start, end, word, roles))
                since, until = start, end
            elif until < end and kept[-1][3] != roles:
                doubts += 1
                if doubts <= MAX_DOUBTS and self._prefers(text, (since, until), (start, end)):
                    kept[-1] = (start, end, word, roles)
                    since, until = start, end
        return list(map(Hit._make, kept[1:]))

    def _prefers(self, text: str, before: tuple[int, int], later: tuple[int, int]) -> bool:
        """Whether jieba's borders speak for the later of two crossing words."""
        low = max(0, before[0] - WINDOW)
        borders = self._segmenter.borders(text[low : later[1] + WINDOW])
        return {later[0] - low, later[1] - low} <= borders and before[1] - low not in borders


def _by_word(roles: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for role, words in roles.items():
        for word in dict.fromkeys(words):
            found[word].append(role)
    return found
