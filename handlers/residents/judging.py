"""What a resident may do to a ticket: urge it, take it back, judge it."""

from datetime import datetime, timedelta

from handlers.cases import RESIDENT, SYSTEM, Casebook, Move
from handlers.discretion import discreet
from handlers.residents.filing import SUMMARY_CHARACTERS, Filing
from handlers.residents.steps import Heard
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import OPEN, Action, Status
from handlers.rules.zone import Zone
from handlers.telling import Teller
from handlers.texts import dialogue as texts
from handlers.texts import offices as office_texts
from handlers.texts.moments import brief
from handlers.texts.notices import reopened_desk
from storage.models import Ticket
from storage.unit import Unit

SATISFIED, UNSATISFIED = 2, 1
"""Values of a ticket's rating."""


class Judge:
    """Urging, withdrawal, verdict."""

    def __init__(
        self, zone: Zone, calendar: WorkingCalendar, book: Casebook, teller: Teller, filing: Filing
    ) -> None:
        self._zone = zone
        self._calendar = calendar
        self._book = book
        self._teller = teller
        self._filing = filing

    def urge(self, unit: Unit, ticket: Ticket, now: datetime) -> str:
        """Urge a ticket, at most once in the zone's ``urge_hours``, and return what to say."""
        owner = self._zone.owner_name(ticket.owner)
        hours = self._zone.limits.urge_hours
        last = self._last_urged(unit, ticket)
        if last is not None and now - last < timedelta(hours=hours):
            return texts.urged_already(ticket.number, owner, hours)
        today = self._calendar.local_date(now).isoformat()
        ticket.urged, ticket.urged_on = ticket.urged + 1, today
        self._book.move(unit, ticket, Move(Action.URGE, RESIDENT), now)
        line = office_texts.urged_ticket(ticket.number, ticket.urged)
        self._teller.owner(unit, ticket, "urge", line, now, fact=f"urge:{ticket.urged}")
        return texts.urged(ticket.number, owner)

    @staticmethod
    def _last_urged(unit: Unit, ticket: Ticket) -> datetime | None:
        if not ticket.urged or ticket.id is None:
            return None
        steps = unit.tickets.history(ticket.id)
        return max((step.at for step in steps if step.action == Action.URGE), default=None)

    def withdraw(self, unit: Unit, ticket: Ticket, now: datetime) -> str:
        """Take a ticket back and return what to say."""
        owner, status = ticket.owner, Status(ticket.status)
        if status not in OPEN:  # the office was faster than the yes
            return texts.withdraw_too_late(ticket.number, status.label)
        self._book.move(unit, ticket, Move(Action.WITHDRAW, RESIDENT, public="居民撤回"), now)
        line = office_texts.withdrawn_ticket(ticket.number)
        self._teller.unit_of(unit, owner, ticket, "withdrawn", line, now, fact="withdrawn")
        self._free(unit, ticket, now)
        return texts.withdrawn(ticket.number)

    def _free(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Take up again what others reported and was merged into a ticket that its resident took back."""
        assert ticket.id is not None
        for other in unit.tickets.merged_into(ticket.id):
            if other.resident_id != ticket.resident_id:
                self._take_up(unit, other, ticket.number, now)

    def _take_up(self, unit: Unit, other: Ticket, into: str, now: datetime) -> None:
        line, words = office_texts.freed_ticket(other.number, into), reopened_desk(other.number)
        self._book.move(unit, other, Move(Action.REOPEN, SYSTEM, internal=line), now)
        fact = f"freed:{other.version}"
        self._teller.desk(unit, other, "freed", line, now, fact=fact)
        self._teller.resident(unit, other, "reopened", words, now, fact=fact, note=Action.REOPEN.label)

    def rate(self, unit: Unit, ticket: Ticket, heard: Heard, now: datetime, *, satisfied: bool) -> str:
        """Keep a verdict: a good one closes the file, a bad one takes the matter up again."""
        words = heard.text
        if satisfied:
            self._keep(ticket, SATISFIED, words)
            return self._close(unit, ticket, words, now)
        move = Move(Action.RATE, RESIDENT, internal=words, data={"rating": UNSATISFIED})
        self._book.record(unit, ticket, move, ticket.status, now)
        self._book.move(unit, ticket, Move(Action.REOPEN, RESIDENT, public="居民反映没有解决"), now)
        return self._reopened(unit, ticket, words, now)

    @staticmethod
    def _keep(ticket: Ticket, rating: int, words: str) -> None:
        ticket.rating, ticket.rating_words = rating, words

    def _close(self, unit: Unit, ticket: Ticket, words: str, now: datetime) -> str:
        move = Move(Action.RATE, RESIDENT, internal=words, data={"rating": SATISFIED})
        self._book.record(unit, ticket, move, ticket.status, now)
        if Status(ticket.status) is Status.RESOLVED:
            self._book.move(unit, ticket, Move(Action.CLOSE, RESIDENT, public="居民评价满意"), now)
        return texts.thanks_satisfied(ticket.number)

    def _reopened(self, unit: Unit, ticket: Ticket, words: str, now: datetime) -> str:
        ticket.rating_words = words
        ticket.promised_at = ticket.due_at
        unit.tickets.save(ticket)
        due = self._filing.due(ticket)
        summary = brief(discreet(words), SUMMARY_CHARACTERS)
        line = office_texts.reopened_ticket(ticket.number, summary, due)
        self._teller.owner(unit, ticket, "reopened", line, now, fact=f"reopened:{ticket.reopened}")
        return texts.sorry_reopened(ticket.number, self._zone.owner_name(ticket.owner), due)
