"""What officers look at: lists, a ticket with all that belongs to it, messages, dead letters, photos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.offices.access import Officer, may_see, scope
from handlers.offices.casework import found
from handlers.offices.errors import Forbidden, Unknown
from storage.models import Attachment, HistoryEntry, Notice, Ticket
from storage.tickets import Page, TicketFilter
from storage.unit import Unit

NEIGHBOURS = 6
"""Other tickets of the same place that are shown beside one."""
DEAD_LETTERS = 200
MESSAGES = 100


@dataclass(frozen=True, slots=True)
class Dossier:
    """A ticket and what belongs to it (一案一档), as far as one officer may see it."""

    ticket: Ticket
    history: Sequence[HistoryEntry] = ()
    attachments: Sequence[Attachment] = ()
    neighbours: Sequence[Ticket] = ()
    merged_into: str = ""
    """Number of the ticket that went on for this one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice and the number of its ticket."""

    notice: Notice
    number: str


def listed(unit: Unit, user: Officer, wanted: TicketFilter) -> Page:
    """Return a page of the tickets that the officer may see, narrowed by ``wanted``."""
    return unit.tickets.search(narrowed(user, wanted))


def counted(unit: Unit, user: Officer, wanted: Mapping[str, TicketFilter]) -> dict[str, int]:
    """Return how many tickets each of several lists would show the officer."""
    return {name: unit.tickets.count(narrowed(user, one)) for name, one in wanted.items()}


def narrowed(user: Officer, wanted: TicketFilter) -> TicketFilter:
    """Return ``wanted`` within what the officer may see; a unit may choose only itself as owner."""
    mine = scope(user)
    if mine.owners is None:
        return wanted
    if wanted.owners == mine.owners:
        return replace(wanted, department="", ground="")
    return replace(wanted, owners=mine.owners, department=mine.department, ground=mine.ground)


def dossier(unit: Unit, user: Officer, number: str) -> Dossier:
    """Return a ticket with its history and photos. Raises Unknown."""
    return filed(unit, user, found(unit, user, number))


def filed(unit: Unit, user: Officer, ticket: Ticket) -> Dossier:
    """Return what belongs to a ticket that is in hand already."""
    assert ticket.id is not None
    target = unit.tickets.by_id(ticket.merged_into) if ticket.merged_into else None
    near = unit.tickets.same_place(ticket, NEIGHBOURS)
    return Dossier(
        ticket,
        unit.tickets.history(ticket.id),
        [one for one in unit.attachments.of_ticket(ticket.id) if one.state != "unwanted"],
        [other for other in near if may_see(user, other)],
        target.number if target and may_see(user, target) else "",
    )


def attachment(unit: Unit, user: Officer, attachment_id: int) -> Attachment:
    """Return a photo or recording that is kept. Raises Unknown, also where its ticket is not to be seen."""
    one = unit.attachments.by_id(attachment_id)
    ticket = unit.tickets.by_id(one.ticket_id) if one and one.ticket_id else None
    if one is None or ticket is None or one.state != "kept" or not may_see(user, ticket):
        raise Unknown("没有这个附件，或不归本单位查看。")
    return one


def messages(unit: Unit, user: Officer) -> Sequence[Letter]:
    """Return what the officer's unit was told, newest first."""
    return _lettered(unit, unit.outbox.told_to("console", user.mailbox, MESSAGES))


def dead_letters(unit: Unit, user: Officer) -> Sequence[Letter]:
    """Return what could not be delivered, newest first. Raises Forbidden for all but the desk."""
    _only_desk(user)
    return _lettered(unit, unit.outbox.dead(DEAD_LETTERS))


def resend(unit: Unit, user: Officer, notice_id: int, now: datetime) -> Letter:
    """Put a dead letter back into the outbox. Raises Forbidden, Unknown where it is no dead letter."""
    _only_desk(user)
    if not unit.outbox.revive([notice_id], now):
        raise Unknown("没有这封发送失败的通知，可能已经重发。")
    notice = unit.outbox.by_id(notice_id)
    assert notice is not None
    return _lettered(unit, [notice])[0]


def dead_count(unit: Unit, user: Officer) -> int:
    """Return how many dead letters wait for the desk; 0 for everybody else."""
    return unit.outbox.counts().get("failed", 0) if user.is_desk else 0


def _only_desk(user: Officer) -> None:
    if not user.is_desk:
        raise Forbidden("发送失败的通知由调度台处理。")


def _lettered(unit: Unit, notices: Sequence[Notice]) -> list[Letter]:
    found_numbers: dict[int, str] = {}
    for notice in notices:
        if notice.ticket_id is not None and notice.ticket_id not in found_numbers:
            ticket = unit.tickets.by_id(notice.ticket_id)
            found_numbers[notice.ticket_id] = ticket.number if ticket else ""
    return [Letter(notice, found_numbers.get(notice.ticket_id or 0, "")) for notice in notices]
