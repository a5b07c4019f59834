"""From the chains found in a text to places: which are worth telling, and which office answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from nlp.places import Chain
from nlp.typos import NearNames
from nlp.values import Entry, Place

MOST = 3
"""Places that are told of one text."""

PRECISION = {
    "building": 7, "estate": 6, "shop": 6, "market": 6, "school": 6, "hospital": 6, "park": 5, "village": 5,
    "community": 5, "bridge": 5, "road": 4, "river": 4, "other": 4, "phase": 4, "street": 2, "district": 1,
}  # fmt: skip
"""How narrowly a kind of place is known; the most specific place is told first."""

HOUSES = "栋幢楼元座"
"""Last characters of a number that is a place even without a name: 3栋, 5号楼, 2单元."""

ABROAD = frozenset({"district", "street"})
"""Parts that say in which county or town what follows lies."""

CITY = "市"
"""Our own city's name stands before our districts and is in no gazetteer of them."""

EXACT, AROUND, MISSPELT, SHARED = 1.0, 0.9, 0.7, 0.5
"""How sure a resolution is: the name as it stands; an unknown name in a known street or district; a near
name; a name borne in several offices."""


def places(
    text: str, chains: Sequence[Chain], near: NearNames, lead: int, written: str = ""
) -> tuple[Place, ...]:
    """At most three places of a text, the most specific first, told as they stand in `written`."""
    known = [entry for chain in chains for part in chain.parts for entry in part.entries]
    return tuple(
        _place((written or text)[chain.start : chain.end], chain, _bearers(text, chain, near), known)
        for chain in _chosen(text, chains, lead)
    )


def _chosen(text: str, chains: Sequence[Chain], lead: int) -> list[Chain]:
    named = [chain for chain in chains if not chain.is_number]
    numbers = [chain for chain in chains if chain.is_number and text[chain.end - 1] in HOUSES]
    ranked = sorted(named, key=lambda chain: (-_rank(chain, lead), chain.start)) or numbers[:1]
    chosen: list[Chain] = []
    for chain in ranked:
        if len(chosen) < MOST and (not chosen or _adds(text, chain, chosen, lead)):
            chosen.append(chain)
    return chosen


def _rank(chain: Chain, lead: int) -> float:
    """How much a chain deserves to be told first."""
    known = any(part.entries for part in chain.parts)
    return _precision(chain.kind) + (4 if chain.start < lead else 0) + 2 * known + _is_anchored(chain)


def _is_anchored(chain: Chain) -> bool:
    """Whether more than its ending speaks for a name: a district, a street, a house number, the gazetteer."""
    return len(chain.parts) > 1 or any(part.entries for part in chain.parts)


def _adds(text: str, chain: Chain, chosen: Iterable[Chain], lead: int) -> bool:
    """Whether a further place is worth telling beside those chosen."""
    name = text[chain.start : chain.end]
    if any(name in text[other.start : other.end] for other in chosen):
        return False
    if any(part.entries for part in chain.parts):
        return True
    if _precision(chain.kind) <= PRECISION["street"]:
        return False
    return _is_anchored(chain) or (chain.start < lead and text.count(name) > 1)


def _precision(kind: str) -> int:
    return PRECISION.get(kind, PRECISION["other"])


class _Bearers(NamedTuple):
    """The entries that bear a name, how narrowly they are known, and how surely they are meant."""

    precision: int
    score: float
    entries: tuple[Entry, ...]


def _bearers(text: str, chain: Chain, near: NearNames) -> _Bearers | None:
    """The entries of the chain's most specific part that is known, or nearly known."""
    found, begin = [], chain.start
    for part in chain.parts:
        guess = not part.whole and part.kind in near.kinds
        entries = part.entries or (near.near(text[begin : part.end].strip()) if guess else ())
        if entries:
            score = EXACT if part.entries else MISSPELT
            found.append(_Bearers(_precision(entries[0].kind), score, entries))
        elif part.kind in ABROAD and text[part.end - 1] != CITY:
            break  # in a county or town that nobody here knows, a name of ours is another place's
        begin = part.end
    return max(found, key=lambda bearers: bearers[:2], default=None)


def _place(name: str, chain: Chain, bearers: _Bearers | None, known: Sequence[Entry]) -> Place:
    if bearers is None:
        return Place(name, chain.kind)
    entries = _narrowed(bearers.entries, known)
    best, offices = entries[0], tuple(dict.fromkeys(entry.office for entry in entries if entry.office))
    itself = bearers.precision >= _precision(chain.kind)
    place = Place(name, chain.kind, best.name if itself else "", district=_agreed(entries))
    if len(offices) > 1:
        return replace(place, score=SHARED, ambiguous=offices)
    score = bearers.score if itself else min(bearers.score, AROUND)
    return replace(place, office=best.office, community=best.community, score=score)


def _narrowed(entries: tuple[Entry, ...], known: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of several bearers of a name those that fit the other places of the text."""
    for field in ("community", "office", "district"):
        named = {getattr(entry, field) for entry in known if entry not in entries} - {""}
        fitting = tuple(entry for entry in entries if getattr(entry, field) in named)
        if fitting:
            return fitting
    return entries


def _agreed(entries: Iterable[Entry]) -> str:
    districts = {entry.district for entry in entries}
    return districts.pop() if len(districts) == 1 else ""
