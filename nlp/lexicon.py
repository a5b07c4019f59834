"""The lexicon as values: what an officer edits in YAML, checked and ready for the analyser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from nlp.values import NONE

FIRST = "先说 "
"""Begins the key of the nuisance that is named first, e.g. 先说 noise."""

WORD = "词 "
"""Begins the key of a single word in the lead that says more or less than its group, e.g. 词 扰民."""


class LexiconError(ValueError):
    """The lexicon file cannot be used; the message names the key."""


class Weight(NamedTuple):
    """What a group says for one category."""

    code: str
    anywhere: float
    """Towards the main matter, wherever it stands."""
    lead: float = 0.0
    """More of it when it stands in the lead."""
    told: float = 0.0
    """Towards being told at all, as the main matter or beside it."""
    late: float = 0.0
    """More (mostly less) of it when it is first said far behind the lead."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups that mean more together, within `Lexicon.near` characters of each other."""

    first: str
    second: str
    code: str
    """The category that the pair is there for; its fitted weights may speak for others too."""

    @property
    def key(self) -> str:
        """Name of the pair among the weights, e.g. 餐馆+排烟."""
        return f"{self.first}+{self.second}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """How an intent is said: as the whole message, with certainty, or only where nothing else is said."""

    whole: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words beside which a strong phrase says something else: 着火怎么办, 火灾隐患."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Words right before or right after a nuisance that take it back."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """How place names end (by kind), where they cannot begin, and what only looks like one."""

    suffixes: Mapping[str, tuple[str, ...]]
    stops: str
    stop_words: tuple[str, ...]
    generic: tuple[str, ...]
    lookalikes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the rules know about words."""

    version: str
    ask_below: float
    near: int
    categories: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    pairs: tuple[Pair, ...]
    negation: Negation
    bias: Mapping[str, float]
    by_hand: Mapping[str, tuple[Weight, ...]]
    """Weights by the strengths that people gave; `weights` puts fitted ones over them."""
    weights: Mapping[str, tuple[Weight, ...]]
    also: Mapping[str, float]
    intents: Mapping[str, Phrases]
    signs: Mapping[str, tuple[str, ...]]
    places: PlaceWords

    @property
    def codes(self) -> tuple[str, ...]:
        """Category codes in the order of the file, "none" last."""
        return (*self.categories, NONE)
