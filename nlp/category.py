"""Which nuisance a text reports: words, pairs of words and where they stand vote for categories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import exp, inf
from typing import NamedTuple

from nlp.lexicon import Lexicon
from nlp.values import NONE, Evidence
from nlp.words import Hit

LEAD_CHARS = 45
"""Longest lead: residents' titles and first sentences rarely exceed it."""

COUNTS = (0.0, 1.0, 1.5, 1.8, 2.0)
"""What a group said once, twice ... counts; saying it more often adds nothing."""

TOPICAL = 0.3
"""Weight for "none" from which a word counts as another authority's matter."""

REASONS = 5
"""Words told as the reason of a verdict."""

BLOCKING = "无关词"
"""Group of words that only keep others from being misread: 香烟, 河西."""

_LEAD_END = re.compile(r"(?<=.{8})(?:[\n。！？!?]| {2})", re.DOTALL)


class Sign(NamedTuple):
    """A group or pair that was found: how much it counts, whether in the lead, the words that showed it."""

    key: str
    anywhere: float
    lead: bool
    word: str


class Verdict(NamedTuple):
    """The categories' standing in one text and what it rests on."""

    primary: str
    also: tuple[str, ...]
    confidence: float
    ranked: tuple[str, ...]
    why: tuple[Evidence, ...]
    topical: bool
    """Something spoke for a matter that none of the categories covers."""


def lead_end(text: str) -> int:
    """Where the title or first sentence of a text ends."""
    found = _LEAD_END.search(text, 0, LEAD_CHARS + 1)
    return found.start() if found else min(len(text), LEAD_CHARS)


class Categoriser:
    """Scores categories by the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._partners: dict[str, list[tuple[str, str]]] = {}
        for pair in lexicon.pairs:
            self._partners.setdefault(pair.first, []).append((pair.second, pair.key))

    def signs(self, text: str, hits: Iterable[Hit], lead: int) -> list[Sign]:
        """The groups and pairs of the lexicon that the text shows."""
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            if not self._is_negated(text, hit):
                for role in hit.word.roles:
                    if role != BLOCKING:
                        groups.setdefault(role, []).append(hit)
        signs = [
            Sign(name, COUNTS[min(len(found), 4)], found[0].start < lead, found[0].word.text)
            for name, found in groups.items()
        ]
        return signs + self._pairs(groups, lead)

    def _is_negated(self, text: str, hit: Hit) -> bool:
        """Whether the words around a hit take it back: 没有油烟了, 油烟没有了."""
        rest, negation = text[hit.end : hit.end + 6], self._lexicon.negation
        if rest.startswith(negation.after):
            return True
        return rest[:1] in {"了", "的", ""} and text[max(0, hit.start - 4) : hit.start].endswith(
            negation.before
        )

    def _pairs(self, groups: Mapping[str, list[Hit]], lead: int) -> list[Sign]:
        signs = []
        for first, found in groups.items():
            for second, key in self._partners.get(first, ()):
                pair = _nearby(found, groups.get(second, ()), self._lexicon.near)
                if pair:
                    a, b = pair
                    signs.append(Sign(key, 1.0, max(a.start, b.start) < lead, f"{a.word.text}+{b.word.text}"))
        return signs

    def judge(self, signs: Sequence[Sign]) -> Verdict:
        """The verdict over the signs of a text."""
        scores = dict(self._lexicon.bias)
        told = dict.fromkeys(scores, 0.0)
        topical = False
        for sign in signs:
            for code, anywhere, lead, mention in self._lexicon.weights.get(sign.key, ()):
                weight = anywhere * sign.anywhere + (lead if sign.lead else 0.0)
                scores[code] += weight
                told[code] += mention * sign.anywhere
                topical = topical or (code == NONE and weight > TOPICAL)
        ranked = tuple(sorted(scores, key=scores.__getitem__, reverse=True))
        total = sum(exp(score - scores[ranked[0]]) for score in scores.values())
        also = tuple(code for code in ranked[1:] if told[code] > self._lexicon.also.get(code, inf))
        return Verdict(ranked[0], also, 1 / total, ranked, self._reasons(signs, ranked[0]), topical)

    def _reasons(self, signs: Iterable[Sign], primary: str) -> tuple[Evidence, ...]:
        """The words that spoke loudest for the primary category."""
        found = []
        for sign in signs:
            for code, anywhere, lead, _ in self._lexicon.weights.get(sign.key, ()):
                weight = anywhere * sign.anywhere + (lead if sign.lead else 0.0)
                if code == primary and weight > 0:
                    found.append(Evidence(sign.word, code, round(weight, 2)))
        return tuple(sorted(found, key=lambda evidence: -evidence.weight)[:REASONS])


def _nearby(first: Iterable[Hit], second: Sequence[Hit], near: int) -> tuple[Hit, Hit] | None:
    for a in first:
        for b in second:
            if b.start - a.end <= near and a.start - b.end <= near and a is not b:
                return a, b
    return None
