"""Rows with whatever a test does not care about filled in."""

from typing import Any

from storage.models import Attachment, Message, Notice, Ticket
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW


def ticket(number: str = "GX20261124-0001", **values: Any) -> Ticket:
    given = {"status": "dispatched", "category": "oil_fume", "owner": "430476001", "created_at": NOW}
    given |= {"moved_at": NOW, "limit_from": NOW}
    return Ticket(number=number, **{**given, **values})


def notice(dedupe: str, lane: str = "ticket:1", **values: Any) -> Notice:
    given = {"channel": "resident", "address": "1", "kind": "progress", "created_at": NOW, "next_at": NOW}
    return Notice(dedupe=dedupe, lane=lane, **{**given, **values})


def attachment(**values: Any) -> Attachment:
    return Attachment(**{"kind": "photo", "received_at": NOW, "next_at": NOW, **values})


def message(resident_id: int, text: str, **values: Any) -> Message:
    return Message(resident_id=resident_id, text=text, **{"kind": "text", "at": NOW, **values})


def resident(unit: Unit, openid: str = "o-resident") -> int:
    found = unit.residents.met(openid, "gh_zone", NOW).id
    assert found is not None
    return found


def filed(unit: Unit, number: str = "GX20261124-0001", **values: Any) -> int:
    found = unit.tickets.add(ticket(number, **values)).id
    assert found is not None
    return found
