"""How a report grows message by message, and what it still lacks. Pure."""

from dataclasses import replace
from enum import StrEnum

from handlers.residents.draft import Draft
from handlers.residents.incoming import Incoming, Kind
from handlers.residents.placing import placed
from handlers.residents.talk import State
from handlers.rules.zone import NONE
from nlp import Analysis

SURE = 0.6
"""From this confidence on the category is taken as it is; below it the resident chooses."""
DOUBTFUL = 0.2
"""Below this confidence a category is no more than a guess among thirteen."""
TELLING_CHARACTERS = 4
"""What a text says beside a place from this length on is the matter (脏乱差, 管一管)."""


class Lack(StrEnum):
    """The one thing to ask for next."""

    WHAT = "what"
    CATEGORY = "category"
    WHERE = "where"
    SPOT = "spot"
    NEARER = "nearer"


def grown(draft: Draft, incoming: Incoming, heard: Analysis | None, *, as_place: bool = False) -> Draft:
    """Return the draft with one more message; ``as_place``: the answer to "where?" was awaited."""
    if incoming.kind is Kind.LINK:
        return with_words(draft, incoming.text)  # the words are those of the page, not of the resident
    if heard is not None:
        draft = _told(draft, incoming.text, heard)
        draft = placed(draft, heard.places, incoming.text if as_place else "")
    if incoming.kind is Kind.LOCATION and incoming.point is not None:
        place = draft.place or incoming.point.label
        # The point decides from here on; what the name alone could mean no longer matters.
        draft = replace(draft, point=incoming.point, place=place, offices=())
    return draft


def matter(heard: Analysis | None) -> str:
    """Return the category that a text speaks of, ``none`` where no word of it does."""
    spoken = heard is not None and heard.why and heard.confidence >= DOUBTFUL
    return heard.primary if heard is not None and spoken else NONE


def with_words(draft: Draft, text: str) -> Draft:
    """Return the draft with words that are kept and nothing more."""
    words = text.strip()
    return replace(draft, texts=(*draft.texts, words)) if words else draft


def _told(draft: Draft, text: str, heard: Analysis) -> Draft:
    draft = replace(
        with_words(draft, text),
        urgency=max(draft.urgency, heard.urgency),
        flags=tuple(dict.fromkeys((*draft.flags, *heard.flags))),
        accused=draft.accused or heard.accused,
        lexicon=heard.lexicon,
    )
    if matter(heard) == NONE:
        choices = draft.choices or (heard.choices if not draft.category else ())
        return replace(draft, choices=choices, also=draft.also or heard.also)
    if draft.category not in {"", NONE} and heard.confidence <= draft.confidence:
        extra = (code for code in (heard.primary, *heard.also) if code != draft.category)
        return replace(draft, also=tuple(dict.fromkeys((*draft.also, *extra))))
    return _categorised(draft, heard)


def _categorised(draft: Draft, heard: Analysis) -> Draft:
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


def settled(draft: Draft) -> Draft:
    """Return a draft as it is filed although something stayed open: the likeliest category stands."""
    likeliest = "" if draft.offered else next(iter(draft.choices), "")
    return replace(draft, category=draft.category or likeliest or NONE, choices=())


def tells(draft: Draft) -> bool:
    """Whether the words say more than where: then it is our reading that fails, not their telling."""
    return bool(draft.place) and len(draft.text) - len(draft.place) >= TELLING_CHARACTERS


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
    if draft.point is None and draft.wide and not draft.asked_nearer:
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
