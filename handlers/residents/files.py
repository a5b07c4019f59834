"""Adding to a ticket what its resident sends afterwards."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cases import RESIDENT, Casebook, Move
from handlers.discretion import discreet
from handlers.residents import commands
from handlers.residents.draft import Draft, brief_report
from handlers.residents.drafting import SURE
from handlers.residents.filing import SUMMARY_CHARACTERS, Filing
from handlers.residents.incoming import Incoming, Kind
from handlers.residents.steps import Heard
from handlers.rules.lifecycle import OPEN, Action, Status
from handlers.rules.zone import DESK, NONE, Zone
from handlers.telling import Teller
from handlers.texts import dialogue as texts
from handlers.texts import offices as office_texts
from handlers.texts.moments import brief
from storage.models import Ticket
from storage.unit import Unit

_NAMES = {
    Kind.PHOTO: "照片",
    Kind.VOICE: "语音",
    Kind.VIDEO: "视频",
    Kind.LOCATION: "定位",
    Kind.LINK: "链接",
}


class Joiner:
    """Joins messages, files and positions to tickets and tells the owner."""

    def __init__(self, zone: Zone, book: Casebook, teller: Teller, filing: Filing) -> None:
        self._zone = zone
        self._book = book
        self._teller = teller
        self._filing = filing

    def join(self, unit: Unit, ticket: Ticket, heard: Heard, command: commands.Join, now: datetime) -> str:
        """Add a message to a ticket and return what to say."""
        assert ticket.id is not None
        what = _NAMES.get(heard.incoming.kind, "补充内容")
        unit.messages.give([heard.message_id], ticket.id)
        kept = self._take(unit, ticket, heard.attachment_ids)
        if Status(ticket.status) not in OPEN:
            self._note(unit, ticket, heard, now)
            return command.answer or texts.joined_ended(ticket.number, what)
        if command.for_desk:
            self._call(unit, ticket, now)
        else:
            self._add(unit, ticket, heard, what, now)
        if not kept:
            return texts.photos_full(ticket.number, self._zone.limits.photos_per_ticket)
        answer = self._place(unit, ticket, heard.incoming, now)
        return command.answer or answer or texts.joined(ticket.number, what)

    def hand_over(self, unit: Unit, ticket: Ticket, draft: Draft) -> None:
        """Give the draft's messages and files to its ticket."""
        assert ticket.id is not None
        unit.messages.give(draft.messages, ticket.id)
        self._take(unit, ticket, draft.attachments)

    def same_again(self, unit: Unit, ticket: Ticket, draft: Draft, now: datetime) -> str:
        """Add a report of a matter that is under way already to its ticket."""
        self._supplement(unit, ticket, draft.text, now)
        return texts.same_again(ticket.number, self._zone.owner_name(ticket.owner))

    def tell(self, unit: Unit, ticket: Ticket, kind: str, text: str, now: datetime, *, note: str) -> None:
        """Tell the resident something that answers no message of this moment; ``note`` is its short form."""
        self._teller.resident(unit, ticket, kind, text, now, fact=f"{kind}:{ticket.version}", note=note)

    def _take(self, unit: Unit, ticket: Ticket, files: Sequence[int]) -> bool:
        """Hand files over while the ticket has room for them; False where some found none."""
        if not files:
            return True
        assert ticket.id is not None
        room = self._zone.limits.photos_per_ticket - len(unit.attachments.of_ticket(ticket.id))
        taken = files[: max(room, 0)]
        unit.attachments.hand_over(taken, ticket.id)
        return len(taken) == len(files)

    def _call(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Call the desk to a ticket whose resident wants a person; once a day is enough."""
        move = Move(Action.SUPPLEMENT, RESIDENT, internal="居民要求人工处理")
        self._book.record(unit, ticket, move, ticket.status, now)
        line = office_texts.wants_person(ticket.number)
        self._teller.desk(unit, ticket, "human", line, now, fact=f"human:{now:%Y%m%d}")

    def _add(self, unit: Unit, ticket: Ticket, heard: Heard, what: str, now: datetime) -> None:
        others = {NONE, ticket.category, *ticket.also}
        if heard.incoming.kind is not Kind.LINK and heard.category not in others and _sure(heard):
            ticket.also = [*ticket.also, heard.category]
        self._supplement(unit, ticket, heard.text, now, what=what)

    def _supplement(self, unit: Unit, ticket: Ticket, words: str, now: datetime, *, what: str = "") -> None:
        longest = self._zone.limits.text_characters
        words = brief_report(words, longest)
        ticket.supplements += 1
        ticket.text = brief_report(f"{ticket.text}\n{words}".strip(), longest)
        move = Move(Action.SUPPLEMENT, RESIDENT, internal=words or what)
        self._book.move(unit, ticket, move, now)
        summary = brief(discreet(words or what), SUMMARY_CHARACTERS)
        line = office_texts.supplemented_ticket(ticket.number, summary)
        self._teller.owner(unit, ticket, "supplement", line, now, fact=f"supplement:{ticket.supplements}")

    def _note(self, unit: Unit, ticket: Ticket, heard: Heard, now: datetime) -> None:
        words = heard.text or _NAMES.get(heard.incoming.kind, "")
        self._book.record(unit, ticket, Move(Action.SUPPLEMENT, RESIDENT, internal=words), ticket.status, now)

    def _place(self, unit: Unit, ticket: Ticket, incoming: Incoming, now: datetime) -> str:
        """Let a position settle where a ticket belongs; return what to say if it did."""
        if incoming.kind is not Kind.LOCATION or incoming.point is None:
            return ""
        ticket.latitude, ticket.longitude = incoming.point.latitude, incoming.point.longitude
        ticket.datum = incoming.point.datum.value
        ticket.place = ticket.place or incoming.point.label
        way = self._filing.route("", "", "", incoming.point, ticket.category)
        if ticket.owner != DESK or way.owner == DESK or ticket.status != Status.DISPATCHED:
            unit.tickets.save(ticket)
            return ""
        return self._filing.hand_to(unit, ticket, way, now)


def _sure(heard: Heard) -> bool:
    return heard.analysis is not None and heard.analysis.confidence >= SURE
