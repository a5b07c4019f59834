"""Which nuisance a text reports: words, pairs of words and where they stand vote for categories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import exp, inf
from typing import NamedTuple

from nlp.lexicon import FIRST, WORD, Lexicon, Weight
from nlp.values import NONE, Evidence
from nlp.words import Hit

LEAD_CHARS = 45
"""Longest lead: residents' titles and first sentences rarely exceed it."""

COUNTS = (0.0, 1.0, 1.5, 1.8, 2.0)
"""What a group said once, twice ... counts; saying it more often adds nothing."""

MOST = len(COUNTS) - 1

LATE_CHARS = 150
"""What is first said after this many characters is mostly background."""

BODY, LEAD, LATE = 0, 1, 2
"""Where a group is first said: after the lead, in the lead, after LATE_CHARS."""

STRONG = 2.0
"""Weight in the lead from which a group by itself names a nuisance: 油烟, 噪声."""

IN_PASSING = 0.6
"""Weight in the lead up to which a group is only by-play: 晚上, 企业, 清理."""

KEPT = 16
"""Words kept of a group: pairs are looked for among them, and a text may repeat a word a thousand times."""

REASONS = 5
"""Words told as the reason of a verdict."""

BLOCKING = "无关词"
"""Group of words that only keep others from being misread: 香烟, 河西."""

_LEAD_END = re.compile(r"(?<=.{8})(?:[\n。！？!?]| {2})", re.DOTALL)


Row = tuple[float, ...]
"""What a group says towards each category as the main matter, then towards each being told at all."""

Votes = tuple[tuple[Row, ...], tuple[Row, ...]]
"""The rows of a group: [BODY, LEAD or LATE][times found]."""


class Sign(NamedTuple):
    """A group or pair that was found: how often (up to MOST), where, the word that showed it.

    Times is 0 for what says something only by its place: the nuisance named first, a word in the lead.
    """

    key: str
    times: int
    place: int
    word: str

    @property
    def lead(self) -> bool:
        """Whether it stands in the lead."""
        return self.place == LEAD

    @property
    def anywhere(self) -> float:
        """How much the number of times counts."""
        return COUNTS[self.times]

    def says(self, weight: Weight) -> float:
        """What it says towards a category as the main matter."""
        return weight.anywhere * self.anywhere + (0.0, weight.lead, weight.late)[self.place]


class Verdict(NamedTuple):
    """The categories' standing in one text and what it rests on."""

    primary: str
    also: tuple[str, ...]
    confidence: float
    """How far the primary category leads the next, as shares of 1: more telling than its share alone."""
    ranked: tuple[str, ...]
    why: tuple[Evidence, ...]
    topical: bool
    """Something spoke for a matter that none of the categories covers."""
    nuisance: bool
    """Something spoke for one of the categories, more than in passing."""


def lead_end(text: str) -> int:
    """Where the title or first sentence of a text ends."""
    found = _LEAD_END.search(text, 0, LEAD_CHARS + 1)
    return found.start() if found else min(len(text), LEAD_CHARS)


class Categoriser:
    """Scores categories by the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._codes = lexicon.codes
        self._partners: dict[str, list[tuple[str, str]]] = {}
        for pair in lexicon.pairs:
            self._partners.setdefault(pair.first, []).append((pair.second, pair.key))
        self._others = frozenset(key for key, code, _ in _spoken(lexicon) if code == NONE)
        self._nuisances = frozenset(
            key for key, code, lead in _spoken(lexicon) if code != NONE and lead > IN_PASSING
        )
        self._first = {key: code for key, code, lead in _spoken(lexicon) if code != NONE and lead >= STRONG}
        self._negation_ends = frozenset(word[-1] for word in lexicon.negation.before)
        self._negation_starts = frozenset(word[0] for word in lexicon.negation.after)
        self._negation_signs = self._negation_starts | {"了", "的", ""}
        self._bias = tuple(lexicon.bias[code] for code in self._codes) + (0.0,) * len(self._codes)
        self._told_from = tuple(lexicon.also.get(code, inf) for code in self._codes)
        self._votes = {key: _votes(weights, self._codes) for key, weights in lexicon.weights.items()}

    def signs(self, text: str, hits: Iterable[Hit], lead: int) -> list[Sign]:
        """The groups, pairs and words of the lexicon that the text shows."""
        groups: dict[str, list[Hit]] = {}
        opening: list[Sign] = []
        first = ""
        for hit in hits:
            if text[hit.end : hit.end + 1] not in self._negation_signs or not self._is_negated(text, hit):
                for role in hit.roles:
                    found = groups.setdefault(role, [])
                    if len(found) < KEPT:
                        found.append(hit)
                    if not first and role in self._first:
                        first = FIRST + self._first[role]
                        opening.append(Sign(first, 0, LEAD, hit.word))
                if hit.start < lead and len(hit.word) > 1:
                    opening.append(Sign(WORD + hit.word, 0, LEAD, hit.word))
        groups.pop(BLOCKING, None)
        signs = [
            Sign(name, min(MOST, len(found)), _place(found[0].start, lead), found[0].word)
            for name, found in groups.items()
        ]
        return signs + opening + self._pairs(groups, lead)

    def _is_negated(self, text: str, hit: Hit) -> bool:
        """Whether the words around a hit take it back: 没有油烟了, 油烟没有了."""
        after, negation = text[hit.end : hit.end + 1], self._lexicon.negation
        if after in self._negation_starts and text.startswith(negation.after, hit.end):
            return True
        if text[hit.start - 1 : hit.start] not in self._negation_ends or after not in {"了", "的", ""}:
            return False
        return text[max(0, hit.start - 4) : hit.start].endswith(negation.before)

    def _pairs(self, groups: Mapping[str, list[Hit]], lead: int) -> list[Sign]:
        signs = []
        for first, found in groups.items():
            for second, key in self._partners.get(first, ()):
                pair = second in groups and _nearby(found, groups[second], self._lexicon.near)
                if pair:
                    a, b = pair
                    signs.append(Sign(key, 1, int(max(a.start, b.start) < lead), f"{a.word}+{b.word}"))
        return signs

    def judge(self, signs: Sequence[Sign]) -> Verdict:
        """The verdict over the signs of a text."""
        votes = [
            (self._votes[key][place][times], word) for key, times, place, word in signs if key in self._votes
        ]
        sums = [sum(column) for column in zip(self._bias, *(row for row, _ in votes), strict=True)]
        size = len(self._codes)
        order = sorted(range(size), key=sums.__getitem__, reverse=True)
        shares = [exp(sums[number] - sums[order[0]]) for number in order]
        keys = {sign.key for sign in signs}
        return Verdict(
            primary=self._codes[order[0]],
            also=tuple(self._codes[n] for n in order[1:] if sums[size + n] > self._told_from[n]),
            confidence=(shares[0] - shares[1]) / sum(shares),
            ranked=tuple(self._codes[number] for number in order),
            why=self._reasons(votes, order[0]),
            topical=not self._others.isdisjoint(keys),
            nuisance=not self._nuisances.isdisjoint(keys),
        )

    def _reasons(self, votes: Iterable[tuple[Row, str]], number: int) -> tuple[Evidence, ...]:
        """The words that spoke loudest for one category, by its number."""
        sums: dict[str, float] = {}
        for row, word in votes:
            sums[word] = sums.get(word, 0.0) + row[number]
        found = [(weight, word) for word, weight in sums.items() if weight > 0]
        code = self._codes[number]
        return tuple(Evidence(word, code, round(weight, 2)) for weight, word in nlargest(REASONS, found))


def _spoken(lexicon: Lexicon) -> list[tuple[str, str, float]]:
    """What each group speaks for by hand, and how loudly in the lead."""
    return [(key, w.code, w.lead) for key, weights in lexicon.by_hand.items() for w in weights]


def _votes(weights: Iterable[Weight], codes: Sequence[str]) -> Votes:
    by_code = {weight.code: weight for weight in weights}
    row = [by_code.get(code, Weight(code, 0.0)) for code in codes]
    return tuple(  # type: ignore[return-value]  # one entry for each place
        tuple(
            tuple(w.anywhere * times + (0.0, w.lead, w.late)[place] for w in row)
            + tuple(w.told * times for w in row)
            for times in COUNTS
        )
        for place in (BODY, LEAD, LATE)
    )


def _place(start: int, lead: int) -> int:
    return LEAD if start < lead else BODY if start < LATE_CHARS else LATE


def _nearby(first: Iterable[Hit], second: Sequence[Hit], near: int) -> tuple[Hit, Hit] | None:
    for a in first:
        for b in second:
            if b.start - a.end <= near and a.start - b.end <= near and a is not b:
                return a, b
    return None
