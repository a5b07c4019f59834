"""What differs between two lexicons, in words that whoever edits them understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nlp.lexicon import Lexicon, Weight

Facts = dict[tuple[str, str], tuple[str, ...]]


class Difference(NamedTuple):
    """What came and what went in one place of the lexicon."""

    section: str
    """Section of the file: groups, weights, pairs, negation, intents, signs, places, settings ..."""
    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def differences(before: Lexicon, after: Lexicon) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the file; comments and order do not count."""
    old, new = _facts(before), _facts(after)
    found = []
    for place in dict.fromkeys((*new, *old)):
        had, has = old.get(place, ()), new.get(place, ())
        added = tuple(dict.fromkeys(fact for fact in has if fact not in set(had)))
        removed = tuple(dict.fromkeys(fact for fact in had if fact not in set(has)))
        if added or removed:
            found.append(Difference(*place, added, removed))
    return tuple(found)


def _facts(lexicon: Lexicon) -> Facts:
    facts: Facts = {("groups", name): words for name, words in lexicon.groups.items()}
    for key, weights in lexicon.weights.items():
        facts["weights", key] = tuple(_weights(weights, lexicon.categories))
    pairs = (f"{pair.key} → {lexicon.categories.get(pair.code, pair.code)}" for pair in lexicon.pairs)
    facts["pairs", ""] = tuple(pairs)
    facts |= {("categories", code): (name,) for code, name in lexicon.categories.items()}
    for name in ("version", "ask_below", "near"):
        facts["settings", name] = (str(getattr(lexicon, name)),)
    facts |= {("bias", code): (f"{value:g}",) for code, value in lexicon.bias.items()}
    facts |= {("also", code): (f"{value:g}",) for code, value in lexicon.also.items()}
    return facts | _phrases(lexicon)


def _phrases(lexicon: Lexicon) -> Facts:
    facts: Facts = {("signs", name): words for name, words in lexicon.signs.items()}
    facts["negation", "before"], facts["negation", "after"] = lexicon.negation.before, lexicon.negation.after
    for name, said in lexicon.intents.items():
        for how in ("whole", "strong", "weak", "unless"):
            facts["intents", f"{name}.{how}"] = getattr(said, how)
    places = lexicon.places
    facts |= {("places", f"suffixes.{kind}"): words for kind, words in places.suffixes.items()}
    facts["places", "stops"] = tuple(places.stops)
    facts["places", "stop_words"], facts["places", "generic"] = places.stop_words, places.generic
    facts["places", "lookalikes"] = tuple(" ".join(row) for row in places.lookalikes)
    return facts


def _weights(weights: Iterable[Weight], names: Mapping[str, str]) -> Iterator[str]:
    for weight in weights:
        numbers = " / ".join(f"{number:g}" for number in weight[1:])
        yield f"{names.get(weight.code, weight.code)} {numbers}"
