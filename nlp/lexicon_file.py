"""Read a lexicon from YAML; every complaint names the key that an officer must mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from nlp.lexicon import Lexicon, LexiconError, Negation, Pair, Phrases, PlaceWords, Weight
from nlp.values import NONE

PACKAGED = Path(__file__).with_name("data") / "lexicon.yaml"
"""The lexicon that ships with the program."""

SECTIONS = frozenset(
    {
        "version",
        "ask_below",
        "near",
        "categories",
        "groups",
        "pairs",
        "negation",
        "intents",
        "signs",
        "places",
    }
    | {"speaks_for", "strengths", "bias", "also", "weights"}
)

WEIGHTS = 3

STRENGTHS = frozenset({"strong", "medium", "weak", "pair"})

PLACE_KEYS = frozenset({"suffixes", "stops", "stop_words", "generic", "lookalikes"})


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """Safe YAML in which a key written twice is an error, not a silent loss."""


def _mapping_once(loader: Any, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = Counter(str(loader.construct_object(key)) for key, _ in node.value)
    twice = next((key for key, times in keys.items() if times > 1), None)
    if twice is not None:
        raise LexiconError(f"{twice}: written twice (line {node.start_mark.line + 1} ff.)")
    return dict(yaml.SafeLoader.construct_mapping(loader, node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lexicon in a file (default: the packaged one); raises LexiconError naming the key."""
    source = path or PACKAGED
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{source.name}: cannot be read: {error}") from error
    return parse_lexicon(text)


def parse_lexicon(text: str) -> Lexicon:
    """The lexicon in a YAML text; raises LexiconError naming the key."""
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # a subclass of the safe loader
    except yaml.YAMLError as error:
        raise LexiconError(f"not YAML: {' '.join(str(error).split())}") from error
    sections = _mapping(data, "lexicon")
    unknown = sections.keys() - SECTIONS
    if unknown:
        raise LexiconError(f"{min(unknown)}: unknown section")
    missing = SECTIONS - sections.keys()
    if missing:
        raise LexiconError(f"{min(missing)}: missing")
    return _lexicon(sections)


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    categories = {
        code: _text(name, f"categories.{code}")
        for code, name in _mapping(data["categories"], "categories").items()
    }
    codes = frozenset((*categories, NONE))
    groups = _word_lists(data["groups"], "groups")
    pairs = tuple(
        _pair(row, groups, codes, f"pairs[{number}]")
        for number, row in enumerate(_list(data["pairs"], "pairs"), 1)
    )
    by_hand = _by_hand(data, codes, groups, pairs)
    return Lexicon(
        version=_text(data["version"], "version"),
        ask_below=_share(data["ask_below"], "ask_below"),
        near=int(_number(data["near"], "near")),
        categories=categories,
        groups=groups,
        pairs=pairs,
        negation=_negation(data["negation"]),
        bias=dict.fromkeys((*categories, NONE), 0.0) | _by_code(data["bias"], codes, "bias"),
        by_hand=by_hand,
        weights=by_hand | _weights(data["weights"], codes, groups.keys() | {pair.key for pair in pairs}),
        also=_by_code(data["also"], codes, "also"),
        intents=_intents(data["intents"]),
        signs=_word_lists(data["signs"], "signs"),
        places=_places(data["places"]),
    )


def _pair(row: Any, groups: Mapping[str, Any], codes: frozenset[str], key: str) -> Pair:
    match _list(row, key):
        case [str(first), str(second), str(code)] if first in groups and second in groups and code in codes:
            return Pair(first, second, code)
        case other:
            raise LexiconError(f"{key}: {other} must be two names of groups and a category")


def _negation(data: Any) -> Negation:
    return Negation(**_fields(_word_lists(data, "negation"), "negation", {"before", "after"}))


def _intents(data: Any) -> dict[str, Phrases]:
    found = {}
    for name, value in _mapping(data, "intents").items():
        key = f"intents.{name}"
        found[name] = Phrases(**_fields(_word_lists(value, key), key, {"whole", "strong", "weak"}))
    return found


def _places(data: Any) -> PlaceWords:
    places = _fields(_mapping(data, "places"), "places", PLACE_KEYS)
    missing = PLACE_KEYS - places.keys()
    if missing:
        raise LexiconError(f"places.{min(missing)}: missing")
    rows = enumerate(_list(places["lookalikes"], "places.lookalikes"), 1)
    return PlaceWords(
        suffixes=_word_lists(places["suffixes"], "places.suffixes"),
        stops=_text(places["stops"], "places.stops"),
        stop_words=_words(places["stop_words"], "places.stop_words"),
        generic=_words(places["generic"], "places.generic"),
        lookalikes=tuple(_words(row, f"places.lookalikes[{number}]") for number, row in rows),
    )


def _by_hand(
    data: Mapping[str, Any], codes: frozenset[str], groups: Mapping[str, Any], pairs: Iterable[Pair]
) -> dict[str, tuple[Weight, ...]]:
    """The weights that hold where none was fitted: a group's strength, in the category it speaks for."""
    strengths = _fields(_mapping(data["strengths"], "strengths"), "strengths", STRENGTHS)
    if strengths.keys() != STRENGTHS:
        raise LexiconError(f"strengths.{min(STRENGTHS - strengths.keys())}: missing")
    found: dict[str, tuple[Weight, ...]] = {}
    for code, levels in _mapping(data["speaks_for"], "speaks_for").items():
        for level, names in _word_lists(levels, f"speaks_for.{code}").items():
            key = f"speaks_for.{code}.{level}"
            for name in names:
                if name not in groups or level not in STRENGTHS:
                    raise LexiconError(f"{key}: {name if level in STRENGTHS else level} is not known")
                found[name] = (*found.get(name, ()), _weight(code, strengths[level], codes, key))
    return found | {
        pair.key: (_weight(pair.code, strengths["pair"], codes, "strengths.pair"),) for pair in pairs
    }


def _weights(
    data: Any, codes: frozenset[str], known: frozenset[str] | set[str]
) -> dict[str, tuple[Weight, ...]]:
    found = {}
    for name, row in _mapping(data, "weights").items():
        key = f"weights.{name}"
        if name not in known:
            raise LexiconError(f"{key}: no such group or pair")
        found[name] = tuple(_weight(code, value, codes, key) for code, value in _mapping(row, key).items())
    return found


def _weight(code: str, value: Any, codes: frozenset[str], key: str) -> Weight:
    if code not in codes:
        raise LexiconError(f"{key}.{code}: no such category")
    numbers = value if isinstance(value, list) else [value]
    if not 1 <= len(numbers) <= WEIGHTS:
        raise LexiconError(f"{key}.{code}: give one to three numbers [anywhere, lead, told]")
    return Weight(code, *(_number(number, f"{key}.{code}") for number in numbers))


def _by_code(data: Any, codes: frozenset[str], key: str) -> dict[str, float]:
    rows = _mapping(data, key)
    unknown = rows.keys() - codes
    if unknown:
        raise LexiconError(f"{key}.{min(unknown)}: no such category")
    return {code: _number(value, f"{key}.{code}") for code, value in rows.items()}


def _fields(rows: Mapping[str, Any], key: str, known: frozenset[str] | set[str]) -> dict[str, Any]:
    unknown = rows.keys() - known
    if unknown:
        raise LexiconError(f"{key}.{min(unknown)}: unknown key")
    return dict(rows)


def _word_lists(data: Any, key: str) -> dict[str, tuple[str, ...]]:
    return {name: _words(value, f"{key}.{name}") for name, value in _mapping(data, key).items()}


def _words(data: Any, key: str) -> tuple[str, ...]:
    return tuple(_text(word, f"{key}[{number}]") for number, word in enumerate(_list(data, key), 1))


def _mapping(data: Any, key: str) -> dict[str, Any]:
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        raise LexiconError(f"{key}: must be a mapping with names as keys")
    return data


def _list(data: Any, key: str) -> list[Any]:
    if not isinstance(data, list):
        raise LexiconError(f"{key}: must be a list")
    return data


def _text(data: Any, key: str) -> str:
    if not isinstance(data, str) or not data.strip():
        raise LexiconError(f"{key}: {data!r} must be text (put numbers and yes/no in quotes)")
    return data


def _number(data: Any, key: str) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise LexiconError(f"{key}: {data!r} must be a number")
    return float(data)


def _share(data: Any, key: str) -> float:
    number = _number(data, key)
    if not 0 <= number <= 1:
        raise LexiconError(f"{key}: {number} must lie between 0 and 1")
    return number
