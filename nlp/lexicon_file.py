"""Read a lexicon from YAML; every complaint names the key that an officer must mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from nlp.checks import fields_of, list_of, mapping_of, number_of, share_of, text_of, word_lists_of, words_of
from nlp.lexicon import FIRST, WORD, Lexicon, LexiconError, Negation, Pair, Phrases, PlaceWords, Weight
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

WEIGHTS = 4

STRENGTHS = frozenset({"strong", "medium", "weak", "pair"})

INTENT_KEYS = frozenset({"whole", "strong", "weak", "unless"})

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
    sections = mapping_of(data, "lexicon")
    unknown = sections.keys() - SECTIONS
    if unknown:
        raise LexiconError(f"{min(unknown)}: unknown section")
    missing = SECTIONS - sections.keys()
    if missing:
        raise LexiconError(f"{min(missing)}: missing")
    return _lexicon(sections)


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    categories = {
        code: text_of(name, f"categories.{code}")
        for code, name in mapping_of(data["categories"], "categories").items()
    }
    codes = frozenset((*categories, NONE))
    groups = word_lists_of(data["groups"], "groups")
    pairs = tuple(
        _pair(row, groups, codes, f"pairs[{number}]")
        for number, row in enumerate(list_of(data["pairs"], "pairs"), 1)
    )
    by_hand = _by_hand(data, codes, groups, pairs)
    return Lexicon(
        version=text_of(data["version"], "version"),
        ask_below=share_of(data["ask_below"], "ask_below"),
        near=int(number_of(data["near"], "near")),
        categories=categories,
        groups=groups,
        pairs=pairs,
        negation=_negation(data["negation"]),
        bias=dict.fromkeys((*categories, NONE), 0.0) | _by_code(data["bias"], codes, "bias"),
        by_hand=by_hand,
        weights=by_hand | _weights(data["weights"], codes, by_hand.keys() | groups.keys()),
        also=_by_code(data["also"], codes, "also"),
        intents=_intents(data["intents"]),
        signs=word_lists_of(data["signs"], "signs"),
        places=_places(data["places"]),
    )


def _pair(row: Any, groups: Mapping[str, Any], codes: frozenset[str], key: str) -> Pair:
    match list_of(row, key):
        case [str(first), str(second), str(code)] if first in groups and second in groups and code in codes:
            return Pair(first, second, code)
        case other:
            raise LexiconError(f"{key}: {other} must be two names of groups and a category")


def _negation(data: Any) -> Negation:
    return Negation(**fields_of(word_lists_of(data, "negation"), "negation", {"before", "after"}))


def _intents(data: Any) -> dict[str, Phrases]:
    found = {}
    for name, value in mapping_of(data, "intents").items():
        key = f"intents.{name}"
        found[name] = Phrases(**fields_of(word_lists_of(value, key), key, INTENT_KEYS))
    return found


def _places(data: Any) -> PlaceWords:
    places = fields_of(mapping_of(data, "places"), "places", PLACE_KEYS)
    missing = PLACE_KEYS - places.keys()
    if missing:
        raise LexiconError(f"places.{min(missing)}: missing")
    rows = enumerate(list_of(places["lookalikes"], "places.lookalikes"), 1)
    return PlaceWords(
        suffixes=word_lists_of(places["suffixes"], "places.suffixes"),
        stops=text_of(places["stops"], "places.stops"),
        stop_words=words_of(places["stop_words"], "places.stop_words"),
        generic=words_of(places["generic"], "places.generic"),
        lookalikes=tuple(words_of(row, f"places.lookalikes[{number}]") for number, row in rows),
    )


def _by_hand(
    data: Mapping[str, Any], codes: frozenset[str], groups: Mapping[str, Any], pairs: Iterable[Pair]
) -> dict[str, tuple[Weight, ...]]:
    """The weights that hold where none was fitted: a group's strength, in the category it speaks for."""
    strengths = fields_of(mapping_of(data["strengths"], "strengths"), "strengths", STRENGTHS)
    if strengths.keys() != STRENGTHS:
        raise LexiconError(f"strengths.{min(STRENGTHS - strengths.keys())}: missing")
    found: dict[str, tuple[Weight, ...]] = {}
    for code, levels in mapping_of(data["speaks_for"], "speaks_for").items():
        for level, names in word_lists_of(levels, f"speaks_for.{code}").items():
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
    for name, row in mapping_of(data, "weights").items():
        key = f"weights.{name}"
        # A word may have left its group since the weights were fitted: then nobody asks for its weight.
        if name not in known and not name.startswith(WORD) and name.removeprefix(FIRST) not in codes:
            raise LexiconError(f"{key}: no such group or pair")
        found[name] = tuple(_weight(code, value, codes, key) for code, value in mapping_of(row, key).items())
    return found


def _weight(code: str, value: Any, codes: frozenset[str], key: str) -> Weight:
    if code not in codes:
        raise LexiconError(f"{key}.{code}: no such category")
    numbers = value if isinstance(value, list) else [value]
    if not 1 <= len(numbers) <= WEIGHTS:
        raise LexiconError(f"{key}.{code}: give one to four numbers [anywhere, lead, told, late]")
    return Weight(code, *(number_of(number, f"{key}.{code}") for number in numbers))


def _by_code(data: Any, codes: frozenset[str], key: str) -> dict[str, float]:
    rows = mapping_of(data, key)
    unknown = rows.keys() - codes
    if unknown:
        raise LexiconError(f"{key}.{min(unknown)}: no such category")
    return {code: number_of(value, f"{key}.{code}") for code, value in rows.items()}
