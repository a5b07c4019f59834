"""A resident puts the category or the place of a ticket right."""

import re
from datetime import datetime

from handlers.cases import RESIDENT, Casebook, Move
from handlers.discretion import discreet
from handlers.residents import reading
from handlers.residents.drafting import SURE
from handlers.residents.filing import PLACE_SHOWN, SUMMARY_CHARACTERS, Filing
from handlers.residents.placing import PLACE_CHARACTERS
from handlers.residents.steps import Heard
from handlers.rules.lifecycle import Action, Status
from handlers.rules.zone import NONE, Zone
from handlers.telling import Teller
from handlers.texts import dialogue as texts
from handlers.texts import offices as office_texts
from handlers.texts.moments import brief
from nlp import Place
from storage.models import Ticket
from storage.unit import Unit

_NOT = re.compile(r"(不是|不属于|并非|别写)[^，,。；;、是]{1,12}")


class Corrector:
    """Applies what is clear at once, and leaves the rest to the office as a note."""

    def __init__(self, zone: Zone, book: Casebook, teller: Teller, filing: Filing) -> None:
        self._zone = zone
        self._book = book
        self._teller = teller
        self._filing = filing

    def correct(self, unit: Unit, ticket: Ticket, heard: Heard, now: datetime) -> str:
        """Put a ticket right and return what to say."""
        assert ticket.id is not None
        unit.messages.give([heard.message_id], ticket.id)
        words = heard.text or "（定位）"
        changes = self._apply(ticket, heard, now)
        ticket.supplements += 1
        move = Move(Action.SUPPLEMENT, RESIDENT, public=discreet("、".join(changes)), internal=words)
        self._book.record(unit, ticket, move, ticket.status, now)
        line = office_texts.corrected_ticket(ticket.number, brief(discreet(words), SUMMARY_CHARACTERS))
        self._teller.owner(unit, ticket, "correction", line, now, fact=f"correction:{ticket.supplements}")
        if not changes:
            return texts.correction_noted(ticket.number)
        moved = self._move_on(unit, ticket, heard, now)
        return texts.corrected(ticket.number, "、".join(changes)) + moved

    def _apply(self, ticket: Ticket, heard: Heard, now: datetime) -> list[str]:
        """Change what may still be changed without the office: nobody has signed for it yet."""
        if ticket.status != Status.DISPATCHED:
            return []
        changes = []
        category = self._category(ticket, heard)
        if category:
            self._recategorise(ticket, category)
            ticket.corrected_at = now
            changes.append(f"类别为{self._zone.category_name(category)}")
        place = _place(heard)
        if place is not None and place.text != ticket.place:
            _replace_place(ticket, place, heard)
            changes.append(f"地点为{brief(place.text, PLACE_SHOWN)}")
        return changes

    def _category(self, ticket: Ticket, heard: Heard) -> str:
        """The category that is named, not the one that is denied."""
        affirmed = _NOT.sub("", heard.text)
        named = (
            code
            for code, category in self._zone.categories.items()
            if code not in {NONE, ticket.category} and category.name in affirmed
        )
        found = next(named, "")
        if found or heard.analysis is None:
            return found
        primary = heard.analysis.primary
        if primary == ticket.category:  # both are named, and this one is denied
            return next(iter(heard.analysis.also), "") if affirmed != heard.text else ""
        return primary if primary != NONE and heard.analysis.confidence >= SURE else ""

    def _recategorise(self, ticket: Ticket, category: str) -> None:
        regulators = self._zone.category(category).departments
        ticket.category, ticket.confidence = category, 1.0
        ticket.also = [code for code in ticket.also if code != category]
        ticket.industry, ticket.comprehensive = regulators.industry, regulators.comprehensive

    def _move_on(self, unit: Unit, ticket: Ticket, heard: Heard, now: datetime) -> str:
        """Give the ticket to the office of the place that was named now."""
        place, point = _place(heard), heard.incoming.point
        if place is None:  # the place stands; the matter was what the desk could not make out
            way = self._filing.route(ticket.office, ticket.community, "", None, ticket.category)
        elif place.office or place.community or place.district or point:
            way = self._filing.route(place.office, place.community, place.district, point, ticket.category)
        else:
            return ""
        if way.owner == ticket.owner:
            return ""
        return self._filing.hand_to(unit, ticket, way, now)


def _place(heard: Heard) -> Place | None:
    """The place that was named, pointed out or picked on the map."""
    known = next(iter(heard.analysis.places), None) if heard.analysis else None
    if known is not None:
        return known
    point = heard.incoming.point
    text = (point.label or "定位处") if point else reading.pointed_out(heard.text)
    return Place(text, "other") if text else None


def _replace_place(ticket: Ticket, place: Place, heard: Heard) -> None:
    adds = ticket.place and not ticket.office and heard.intent not in {"", "correction"}
    name = f"{ticket.place}（{place.text}）" if adds else place.text
    point = heard.incoming.point
    ticket.place, ticket.place_key = name[:PLACE_CHARACTERS], (place.name or place.text)[:120]
    ticket.latitude = point.latitude if point else None
    ticket.longitude = point.longitude if point else None
    ticket.datum = point.datum.value if point else ""
