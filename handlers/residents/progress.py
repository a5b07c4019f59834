"""Telling residents where their tickets stand, and what is kept of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.rules.lifecycle import OPEN, PAUSED, Status
from handlers.rules.zone import Zone
from handlers.texts import dialogue as texts
from handlers.texts.moments import brief, day_and_time
from storage.models import Resident, Ticket
from storage.unit import Unit

LISTED = 5


class Reporter:
    """Progress by number or in a list; the resident's own data."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._timezone = ZoneInfo(zone.timezone)

    def progress(self, unit: Unit, resident: Resident, number: str, now: datetime) -> str:
        """Return where one ticket stands, or all of them."""
        assert resident.id is not None
        if number:
            ticket = unit.tickets.by_number(number)
            own = ticket is not None and ticket.resident_id == resident.id
            return self._one(unit, ticket, now) if own and ticket else texts.NOT_YOURS
        tickets = unit.tickets.of_resident(resident.id, LISTED)
        if not tickets:
            return texts.NO_TICKETS
        if len(tickets) == 1:
            return self._one(unit, tickets[0], now)
        return texts.progress_list([self._line(ticket, now) for ticket in tickets])

    def export(self, unit: Unit, resident: Resident) -> str:
        """Return what is kept of a resident (个人信息保护法 §45)."""
        assert resident.id is not None
        tickets = [ticket.number for ticket in unit.tickets.of_resident(resident.id, 20)]
        messages = len(unit.messages.of_resident(resident.id))
        files = len(unit.attachments.of_resident(resident.id))
        first = resident.first_seen_at.astimezone(self._timezone)
        return texts.exported(f"{first:%Y年%m月%d日}", tickets, messages, files)

    def _one(self, unit: Unit, ticket: Ticket, now: datetime) -> str:
        return texts.progress(
            ticket.number,
            self._zone.category_name(ticket.category),
            Status(ticket.status).label,
            self._zone.owner_name(ticket.owner),
            self._when(ticket, now),
            self._latest(unit, ticket),
        )

    def _line(self, ticket: Ticket, now: datetime) -> str:
        name = self._zone.category_name(ticket.category)
        return texts.progress_line(ticket.number, name, Status(ticket.status).label, self._when(ticket, now))

    def _when(self, ticket: Ticket, now: datetime) -> str:
        status = Status(ticket.status)
        if status in PAUSED:
            return texts.paused()
        if status not in OPEN or ticket.due_at is None:
            return ""
        due = day_and_time(ticket.due_at, self._timezone)
        return texts.due_was(due) if ticket.due_at < now else texts.due_by(due)

    def _latest(self, unit: Unit, ticket: Ticket) -> str:
        """The last public word on a ticket, with its day."""
        assert ticket.id is not None
        told = [entry for entry in unit.tickets.history(ticket.id) if entry.public_note]
        if not told:
            return ""
        at = told[-1].at.astimezone(self._timezone)
        return f"{at.month}月{at.day}日 {brief(told[-1].public_note, 120)}"
