"""Where a report lies: from the places in a message, or from an answer to "where?". Pure."""

import re
from dataclasses import replace

from handlers.residents.draft import Draft
from nlp import Place

ANSWER_CHARACTERS = (2, 40)
"""An answer to "where?" of this length is taken as a place even if no place was recognised in it."""
PLACE_CHARACTERS = 80
"""Longest place that is kept; the whole words are in the text of the report."""
WIDE = frozenset({"district", "street"})
"""Kinds of places in which nobody finds anything without being told more."""
_WIDE_ENDING = re.compile(r"((?<![小社景校园片])区|县|市|镇|乡|街道|街道办|办事处)$")
_UNKNOWING = re.compile(
    r"我?也?(真的?)?(不知道|不太知道|不太?清楚|不大清楚|不是很清楚|不晓得|说不清|不懂|不记得|忘了|没有|随便|不告诉|不想说)"
    r"|([?？。.…!！]|嗯|哦|啊|好的?|行|可以|ok|OK)+[。.!！~～]*$"
)


def placed(draft: Draft, places: tuple[Place, ...], answer: str = "") -> Draft:
    """Return the draft with the places of a message; ``answer`` is a place if none was recognised."""
    best = _best(places)
    if best is None:
        return _answered(draft, answer)
    if draft.office and not best.office and not draft.wide:
        return replace(draft, place=_with(draft, best.text))  # more of the place, the office stays
    wide = _is_wide(best)
    if draft.placed and not draft.wide and wide:
        return replace(_at(draft, best), place=_with(draft, best.text), wide=False)
    return replace(_at(draft, best), place=_with(draft, best.text), wide=wide)


def _is_wide(place: Place) -> bool:
    """Whether a place is known only by its district or street, and its words say no more either."""
    return place.kind in WIDE and bool(_WIDE_ENDING.search(place.text))


def _at(draft: Draft, best: Place) -> Draft:
    if draft.wide and not best.office and not best.ambiguous:
        return draft  # a name of its own inside the wide one: that decides the office
    return replace(
        draft,
        place_name=best.name or draft.place_name,
        office=best.office,
        community=best.community,
        district=best.district or draft.district,
        offices=best.ambiguous,
    )


def _with(draft: Draft, name: str) -> str:
    if not draft.place or draft.place in name:
        return name[:PLACE_CHARACTERS]
    if name in draft.place:
        return draft.place
    joined = f"{draft.place}{name}" if draft.wide else f"{draft.place}（{name}）"
    return joined[:PLACE_CHARACTERS]


def _best(places: tuple[Place, ...]) -> Place | None:
    """The most specific place; what a less specific one knows of the office fills it up."""
    if not places:
        return None
    first = places[0]
    if first.office or first.ambiguous:
        return first
    home = next((place for place in places if place.office), None)
    if home is None:
        district = next((place.district for place in places if place.district), "")
        return replace(first, district=first.district or district)
    return replace(first, office=home.office, community=home.community, district=home.district)


def _answered(draft: Draft, answer: str) -> Draft:
    words = answer.strip()
    low, high = ANSWER_CHARACTERS
    if draft.place and not draft.wide:
        return draft
    if not low <= len(words) <= high or unknowing(words):
        return draft
    return replace(draft, place=_with(draft, words), wide=False)


def unknowing(text: str) -> bool:
    """Whether an answer only says that its writer does not know."""
    return bool(_UNKNOWING.match(text.strip()))


def in_full(draft: Draft) -> bool:
    """Whether the place is written as the gazetteer has it, not guessed from a part of its name.

    A road may bear a community's name and run through three districts (人民路, 船山路).
    """
    return bool(draft.place_name) and draft.place_name in draft.place
