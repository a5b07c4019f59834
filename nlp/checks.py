"""Check what a YAML file holds, piece by piece; each complaint names the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nlp.lexicon import LexiconError


def fields_of(rows: Mapping[str, Any], key: str, known: frozenset[str] | set[str]) -> dict[str, Any]:
    """The rows of a mapping in which only some keys are known."""
    unknown = rows.keys() - known
    if unknown:
        raise LexiconError(f"{key}.{min(unknown)}: unknown key")
    return dict(rows)


def word_lists_of(data: Any, key: str) -> dict[str, tuple[str, ...]]:
    """A mapping of names to lists of words."""
    return {name: words_of(value, f"{key}.{name}") for name, value in mapping_of(data, key).items()}


def words_of(data: Any, key: str) -> tuple[str, ...]:
    """A list of words."""
    return tuple(text_of(word, f"{key}[{number}]") for number, word in enumerate(list_of(data, key), 1))


def mapping_of(data: Any, key: str) -> dict[str, Any]:
    """A mapping with names as keys."""
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        raise LexiconError(f"{key}: must be a mapping with names as keys")
    return data


def list_of(data: Any, key: str) -> list[Any]:
    """A list."""
    if not isinstance(data, list):
        raise LexiconError(f"{key}: must be a list")
    return data


def text_of(data: Any, key: str) -> str:
    """A text that is not empty."""
    if not isinstance(data, str) or not data.strip():
        raise LexiconError(f"{key}: {data!r} must be text (put numbers and yes/no in quotes)")
    return data


def number_of(data: Any, key: str) -> float:
    """A number (yes and no are none)."""
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise LexiconError(f"{key}: {data!r} must be a number")
    return float(data)


def share_of(data: Any, key: str) -> float:
    """A number from 0 to 1."""
    number = number_of(data, key)
    if not 0 <= number <= 1:
        raise LexiconError(f"{key}: {number} must lie between 0 and 1")
    return number
