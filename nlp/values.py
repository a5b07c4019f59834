"""What the analyser hands out: plain frozen values, no behaviour but small look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NONE = "none"
"""The primary category of a text that reports none of the configured nuisances."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word (or pair of words) that decided, the category it spoke for and how loudly."""

    word: str
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text: verbatim, and what the gazetteer knows of it."""

    text: str
    kind: str
    name: str = ""
    office: str = ""
    community: str = ""
    district: str = ""
    score: float = 0.0
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the gazetteer, made by the caller from its configuration."""

    name: str
    kind: str
    office: str = ""
    community: str = ""
    district: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was understood of one text."""

    text: str
    intent: str
    primary: str
    also: tuple[str, ...]
    confidence: float
    choices: tuple[str, ...]
    places: tuple[Place, ...]
    why: tuple[Evidence, ...]
    urgency: int = 0
    flags: tuple[str, ...] = ()
    accused: str = ""
    ticket: str = ""
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lexicon: int = 0
    """Number of the published lexicon that it was read by; 0 is the packaged one."""

    @property
    def office(self) -> str:
        """Code of the office that the named places agree on, "" where the text does not decide it."""
        return next((place.office for place in self.places if place.office), "")
