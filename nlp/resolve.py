"""From the chains found in a text to places: which are worth telling, and which office answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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

EXACT, SHARED, MISSPELT = 1.0, 0.5, 0.7
"""How sure a resolution is: the name as it stands, a name borne in several offices, a near name."""


def places(text: str, chains: Sequence[Chain], near: NearNames, lead: int) -> tuple[Place, ...]:
    """At most three places of a text, the most specific first."""
    chosen = _chosen(text, chains, lead)
    known = [entry for chain in chains for part in chain.parts for entry in part.entries]
    return tuple(_place(text, chain, near, known) for chain in chosen)


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
    return PRECISION.get(chain.kind, 4) + (4 if chain.start < lead else 0) + 2 * known + _is_anchored(chain)


def _is_anchored(chain: Chain) -> bool:
    """Whether more than its ending speaks for a name: a district, a street, a house number, the gazetteer."""
    return len(chain.parts) > 1 or any(part.entries for part in chain.parts)


def _adds(text: str, chain: Chain, chosen: Iterable[Chain], lead: int) -> bool:
    """Whether a further place is worth telling beside those chosen."""
    name = text[chain.start : chain.end]
    if PRECISION.get(chain.kind, 4) <= PRECISION["street"]:
        return False
    if any(name in text[other.start : other.end] for other in chosen):
        return False
    return _is_anchored(chain) or (chain.start < lead and text.count(name) > 1)


def _place(text: str, chain: Chain, near: NearNames, known: Sequence[Entry]) -> Place:
    name = text[chain.start : chain.end]
    entries, score = _bearers(text, chain, near)
    district = next((entry.district for entry in known if entry.district), "")
    if not entries:
        return Place(name, chain.kind, district="")
    entries = _narrowed(entries, known)
    offices = tuple(dict.fromkeys(entry.office for entry in entries if entry.office))
    best = entries[0]
    if len(offices) > 1:
        return Place(name, chain.kind, best.name, district=_agreed(entries), score=SHARED, ambiguous=offices)
    return Place(name, best.kind, best.name, best.office, best.community, best.district or district, score)


def _bearers(text: str, chain: Chain, near: NearNames) -> tuple[tuple[Entry, ...], float]:
    """The entries of the chain's most specific known part, or of a name that is nearly one of its parts."""
    exact = max(
        (part for part in chain.parts if part.entries),
        key=lambda part: PRECISION.get(part.kind, 4),
        default=None,
    )
    begin = chain.start
    guessed: tuple[Entry, ...] = ()
    for part in chain.parts:
        guessed = guessed or (() if part.whole else near.near(text[begin : part.end].strip()))
        begin = part.end
    if exact and (not guessed or PRECISION.get(exact.kind, 4) >= PRECISION.get(guessed[0].kind, 4)):
        return exact.entries, EXACT
    return guessed, MISSPELT


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
