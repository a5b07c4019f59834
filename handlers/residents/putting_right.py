"""A resident puts the category or the place of a ticket right."""

import re
from datetime import datetime

from handlers.cases import RESIDENT, Casebook, Move
from handlers.residents.filing import Filing
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
_PLACE_WORDS = ("地址", "地点", "位置", "在哪", "小区", "路", "社区")


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
        changes = self._apply(ticket, heard)
        ticket.supplements += 1
        move = Move(Action.SUPPLEMENT, RESIDENT, public="、".join(changes), internal=heard.text)
        self._book.record(unit, ticket, move, ticket.status, now)
        line = office_texts.corrected_ticket(ticket.number, brief(heard.text, 60))
        self._teller.owner(unit, ticket, "correction", line, now, fact=f"correction:{ticket.supplements}")
        moved = self._move_on(unit, ticket, heard, now) if changes else ""
        if not changes:
            return texts.correction_noted(ticket.number)
        said = texts.corrected(ticket.number, "、".join(changes))
        return f"{said}{moved}" if moved else said

    def _apply(self, ticket: Ticket, heard: Heard) -> list[str]:
        """Change what may still be changed without the office: nobody has signed for it yet."""
        if ticket.status != Status.DISPATCHED or heard.analysis is None:
            return []
        changes = []
        category = self._category(ticket, heard)
        if category:
            self._recategorise(ticket, category)
            changes.append(f"类别为{self._zone.category_name(category)}")
        place = next(iter(heard.analysis.places), None)
        if place is not None and place.text != ticket.place:
            _replace_place(ticket, place)
            changes.append(f"地点为{place.text}")
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
        return primary if primary not in {NONE, ticket.category} else next(iter(heard.analysis.also), "")

    def _recategorise(self, ticket: Ticket, category: str) -> None:
        regulators = self._zone.category(category).departments
        ticket.category, ticket.confidence = category, 1.0
        ticket.also = [code for code in ticket.also if code != category]
        ticket.industry, ticket.comprehensive = regulators.industry, regulators.comprehensive

    def _move_on(self, unit: Unit, ticket: Ticket, heard: Heard, now: datetime) -> str:
        """Give the ticket to the office of the place that was named now."""
        place = next(iter(heard.analysis.places), None) if heard.analysis else None
        if place is None or not (place.office or place.community):
            return ""
        way = self._filing.route(place.office, place.community, place.district, None, ticket.category)
        if way.owner == ticket.owner or way.outside is not None:
            return ""
        return self._filing.hand_to(unit, ticket, way, now)


def _replace_place(ticket: Ticket, place: Place) -> None:
    ticket.place, ticket.place_key = place.text, place.name or place.text
    ticket.latitude = ticket.longitude = None
    ticket.datum = ""
