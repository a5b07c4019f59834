"""What a resident wants: phrases first, then what the categories say, then what the text lacks."""

from __future__ import annotations

import re

from nlp.lexicon import Lexicon
from nlp.phrases import PhraseBook

CHAT_CHARS = 80
"""Longer texts are letters: they tell of something, whatever phrases they hold."""

WHOLE_CHARS = 24
"""Longest message that can be one phrase and its punctuation."""

ORDER = (
    "emergency", "privacy", "human", "withdraw", "correction", "supplement", "rate", "urge", "progress",
    "thanks", "help", "greeting",
)  # fmt: skip
"""Of several strong phrases the more consequential one decides."""

_TRIMMED = re.compile(r"^[\s,.!?，。！？~～、…:：;；]+|[\s,.!?，。！？~～、…:：;；的了吧呢啊呀哦哈噢嘛哒]+$")
_READABLE = re.compile(r"[\w\u4e00-\u9fff]")


class IntentReader:
    """Reads the intent of a short text from the lexicon's phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._whole: dict[str, str] = {
            word: name for name in reversed(list(lexicon.intents)) for word in lexicon.intents[name].whole
        }
        self._strong = PhraseBook({name: phrases.strong for name, phrases in lexicon.intents.items()})
        self._unless = {name: phrases.unless for name, phrases in lexicon.intents.items()}
        self._weak = PhraseBook({name: phrases.weak for name, phrases in lexicon.intents.items()})

    def whole(self, text: str) -> str:
        """The intent that the whole message names, e.g. 进度; "" where it names none."""
        if len(text) > WHOLE_CHARS:
            return ""
        return self._whole.get(text) or self._whole.get(_TRIMMED.sub("", text), "")

    def strong(self, text: str) -> str:
        """The intent that a phrase of the message names for certain, "" where none does."""
        found = self._strong.find(text) if len(text) <= CHAT_CHARS else {}
        return next((name for name in ORDER if name in found and not self._is_denied(name, text)), "")

    def _is_denied(self, name: str, text: str) -> bool:
        return any(word in text for word in self._unless[name])

    def weak(self, text: str) -> str:
        """The intent that a phrase suggests where nothing else is said."""
        found = self._weak.find(text) if len(text) <= CHAT_CHARS else {}
        return next((name for name in ("report", *ORDER, "not_ours") if name in found), "")


def is_readable(text: str) -> bool:
    """Whether there is a letter, digit or Chinese character to read."""
    return bool(_READABLE.search(text))
