"""Forgetting who somebody is: the person, and the numbers by which their cases would still lead to them."""

from collections.abc import Iterable
from datetime import datetime

from handlers.discretion import discreet
from storage.models import Ticket
from storage.unit import Unit

EVERY = 1_000_000
"""Tickets of one resident: more than anybody files."""


def forget(unit: Unit, resident_id: int, now: datetime) -> None:
    """Forget who a resident is (个人信息保护法 §47); the cases stay, without phone and identity numbers."""
    unit.residents.erase(resident_id, now)
    mask(unit, unit.tickets.of_resident(resident_id, EVERY))


def mask(unit: Unit, tickets: Iterable[Ticket]) -> None:
    """Hide the numbers in what residents said of some tickets; what offices told the public stays."""
    for ticket in tickets:
        ticket.text, ticket.place = discreet(ticket.text), discreet(ticket.place)
        ticket.rating_words = discreet(ticket.rating_words)
        unit.tickets.save(ticket)
        _mask_record(unit, ticket.id or 0)


def _mask_record(unit: Unit, ticket_id: int) -> None:
    for entry in unit.tickets.history(ticket_id):
        entry.internal_note = discreet(entry.internal_note)
        unit.tickets.record(entry)
    for message in unit.messages.of_ticket(ticket_id):
        message.text, message.reply = discreet(message.text), discreet(message.reply)
        unit.messages.add(message)
