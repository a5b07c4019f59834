"""Why a text counts as what it counts: every word that was found, and what each said for which category."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.category import BLOCKING, Categoriser, Sign, Verdict, lead_end
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.segment import Segmenter
from nlp.words import WordFinder


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the lexicon at text[start:end], and the groups it is in."""

    start: int
    end: int
    groups: tuple[str, ...]
    taken_back: bool
    """A negation beside it (没有油烟了), or it is there only to keep others from being misread."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What one word, or a pair of words close together, said for one category."""

    word: str
    key: str
    """The group or the pair of groups."""
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a text counts as, and everything that it rests on."""

    text: str
    """Normalised; `Found` counts its characters."""
    primary: str
    also: tuple[str, ...]
    confidence: float
    ranked: tuple[str, ...]
    decided: bool
    """Some word spoke for the primary category; else it is only the likeliest of all letters."""
    found: tuple[Found, ...]
    pulls: tuple[Pull, ...]
    """Loudest first, whether for or against."""


class Explainer:
    """Judges categories exactly as the analyser does, and tells why; nothing else of a text is read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = [word for group in lexicon.groups.values() for word in group]
        self._words = WordFinder(lexicon.groups, Segmenter(words))
        self._groups: dict[str, tuple[str, ...]] = {}
        for name, listed in lexicon.groups.items():
            for word in listed:
                self._groups[word] = (*self._groups.get(word, ()), name)
        self._categories = Categoriser(lexicon)

    def explain(self, text: str) -> Explanation:
        """What a text counts as, and why."""
        text = normalise(text)
        hits = self._words.find(text)
        signs = self._categories.signs(text, hits, lead_end(text))
        verdict = self._categories.judge(signs)
        shown = {sign.key for sign in signs}
        return Explanation(
            text=text,
            primary=verdict.primary,
            also=verdict.also,
            confidence=verdict.confidence,
            ranked=verdict.ranked,
            decided=bool(verdict.why),
            found=tuple(self._found(text[hit.start : hit.end], hit.start, shown) for hit in hits),
            pulls=self._pulls(signs),
        )

    def verdict(self, text: str) -> Verdict:
        """What a text counts as, without why: for many texts in a row."""
        text = normalise(text)
        return self._categories.judge(self._categories.signs(text, self._words.find(text), lead_end(text)))

    def _found(self, word: str, start: int, shown: set[str]) -> Found:
        groups = self._groups[word]
        return Found(start, start + len(word), groups, shown.isdisjoint(set(groups) - {BLOCKING}))

    def _pulls(self, signs: list[Sign]) -> tuple[Pull, ...]:
        found = []
        for sign in signs:
            for weight in self.lexicon.weights.get(sign.key, ()):
                said = round(sign.says(weight), 2)
                if said:
                    found.append(Pull(sign.word, sign.key, weight.code, said))
        return tuple(sorted(found, key=lambda pull: -abs(pull.weight)))
