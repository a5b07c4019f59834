"""Find many words in a text at once: the one door to the Aho-Corasick automaton."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick


class Searcher:
    """Finds every occurrence of the words; linear in the text, overlapping ones included."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = AhoCorasick(words) if words else None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Each occurrence as (number of the word, start, end), by end."""
        if self._automaton is None:
            return []
        return self._automaton.find_matches_as_indexes(text, overlapping=True)
