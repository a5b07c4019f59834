"""How a report grows message by message, and what it still lacks. Pure."""

import re
from dataclasses import replace
from enum import StrEnum

from handlers.residents.incoming import Incoming, Kind
from handlers.residents.talk import Draft, State
from handlers.rules.zone import NONE
from nlp import Analysis, Place

SURE = 0.6
"""From this confidence on the category is taken as it is; below it the resident chooses."""
PLACE_CHARACTERS = (2, 40)
"""An answer to "where?" of this length is taken as a place even if no place was recognised in it."""


class Lack(StrEnum):
    """The one thing to ask for next."""

    WHAT = "what"
    CATEGORY = "category"
    WHERE = "where"
    SPOT = "spot"
    NEARER = "nearer"


_UNKNOWING = re.compile(
    r"^(我?也?(不知道|不清楚|不晓得|说不清|不懂|忘了|没有|随便|不告诉)|[?？。.…!！]+|嗯+|哦+|啊+|好的?)"
)


def grown(draft: Draft, incoming: Incoming, heard: Analysis | None, *, as_place: bool = False) -> Draft:
    """Return the draft with one more message; ``as_place``: the answer to "where?" was awaited."""
    if heard is not None:
        draft = _told(draft, incoming.text, heard)
        draft = _placed(draft, heard.places, incoming.text if as_place else "")
    if incoming.kind is Kind.LOCATION and incoming.point is not None:
        place = draft.place or incoming.point.label
        # The point decides from here on; what the name alone could mean no longer matters.
        draft = replace(draft, point=incoming.point, place=place, offices=())
    return draft


def _told(draft: Draft, text: str, heard: Analysis) -> Draft:
    draft = replace(
        draft,
        texts=(*draft.texts, text.strip()),
        urgency=max(draft.urgency, heard.urgency),
        flags=tuple(dict.fromkeys((*draft.flags, *heard.flags))),
        accused=draft.accused or heard.accused,
    )
    if heard.primary == NONE:
        choices = draft.choices or (heard.choices if not draft.category else ())
        return replace(draft, choices=choices, also=draft.also or heard.also)
    if draft.category and heard.confidence <= draft.confidence:
        extra = (code for code in (heard.primary, *heard.also) if code != draft.category)
        return replace(draft, also=tuple(dict.fromkeys((*draft.also, *extra))))
    return categorised(draft, heard)


def categorised(draft: Draft, heard: Analysis) -> Draft:
    """Return the draft with the category that was understood, and the words that decided."""
    return replace(
        draft,
        category=heard.primary,
        also=tuple(code for code in heard.also if code != heard.primary),
        why=tuple((piece.word, piece.code, piece.weight) for piece in heard.why),
        confidence=heard.confidence,
        choices=heard.choices if heard.confidence < SURE and len(heard.choices) > 1 else (),
    )


def chosen(draft: Draft, category: str) -> Draft:
    """Return the draft with the category that the resident chose."""
    rest = tuple(code for code in draft.also if code != category)
    return replace(draft, category=category, also=rest, confidence=1.0, choices=(), asked=0)


def _placed(draft: Draft, places: tuple[Place, ...], answer: str) -> Draft:
    best = _best(places)
    if best is None:
        return replace(draft, place=_as_place(answer)) if answer and not draft.place else draft
    if draft.place and draft.office and not best.office:
        return draft
    name = f"{draft.place}（{best.text}）" if draft.place and best.text not in draft.place else best.text
    return replace(
        draft,
        place=name,
        place_name=best.name or draft.place_name,
        office=best.office,
        community=best.community,
        district=best.district,
        offices=best.ambiguous,
    )


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


def _as_place(answer: str) -> str:
    words = answer.strip()
    low, high = PLACE_CHARACTERS
    return words if low <= len(words) <= high and not _UNKNOWING.match(words) else ""


def lack(draft: Draft) -> Lack | None:
    """Return what is missing most, None where the report can be filed."""
    if draft.choices:
        return Lack.CATEGORY
    if not draft.category:
        return Lack.WHAT
    if not draft.placed:
        return Lack.WHERE
    if draft.point is None and draft.offices:
        return Lack.SPOT
    if draft.point is None and not draft.office and not draft.district and not draft.asked_nearer:
        return Lack.NEARER
    return None


STATES = {
    Lack.WHAT: State.WHAT,
    Lack.CATEGORY: State.CATEGORY,
    Lack.WHERE: State.WHERE,
    Lack.SPOT: State.SPOT,
    Lack.NEARER: State.NEARER,
}
"""The state in which each missing thing is waited for."""
