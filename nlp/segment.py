"""The one door to jieba: a tokenizer of our own, with our words, that shares nothing with jieba's globals."""

from __future__ import annotations

import logging
from collections.abc import Iterable

WORD_FREQUENCY = 1
"""Frequency given to a word that jieba lacks: rare, so that everyday words win where borders are in doubt."""


class Segmenter:
    """Cuts Chinese text into words. Loading takes about a second; cutting is thread-safe."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        # Imported here: with its dictionary it loads beside the start of the service.
        import jieba

        jieba.setLogLevel(logging.WARNING)
        # Built in memory: jieba's own cache is a marshal file in a folder that anybody may write to.
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total = self._tokenizer.gen_pfdict(
            self._tokenizer.get_dict_file()
        )
        self._tokenizer.initialized = True
        for word in words:
            self._add(word)

    def _add(self, word: str) -> None:
        if not self._tokenizer.FREQ.get(word):
            self._tokenizer.add_word(word, WORD_FREQUENCY)

    def cut(self, text: str) -> list[str]:
        """The words of the text, in order; together they are the text."""
        return list(self._tokenizer.lcut(text))

    def borders(self, text: str) -> set[int]:
        """Offsets at which a word begins or ends, 0 and the length included."""
        found, position = {0}, 0
        for word in self.cut(text):
            position += len(word)
            found.add(position)
        return found
