"""An officer works a ticket: may they, does it fit, what changes, who hears of it. One transaction."""

import re
from datetime import datetime

from handlers.cases import Actor, Casebook, Move
from handlers.offices.access import DESK_ROLES, Officer, may_act, may_see
from handlers.offices.command import Command, Photo, Step
from handlers.offices.deeds import Deeds
from handlers.offices.errors import Conflict, Forbidden, Invalid, Outdated, Unknown
from handlers.offices.privacy import personal
from handlers.offices.tidings import Tidings
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action, NotAllowed, Status, after, needs
from handlers.rules.zone import DESK, Zone
from handlers.telling import Teller
from storage.errors import Stale
from storage.models import Attachment, HistoryEntry, Ticket
from storage.unit import Unit

_NUMBER = re.compile(r"[A-Z]{1,4}[0-9]{8}-[0-9]{4,9}")
"""What a ticket's number looks like (design of the zone: prefix, date, serial)."""
_MISSING = {
    "note": "请填写说明。",
    "office": "请选择办理单位。",
    "outcome": "请选择办理结果。",
    "into": "请填写并入的工单编号。",
}
_PROMISING = frozenset({Action.ACCEPT, Action.EXTEND, Action.RESUME, Action.REASSIGN, Action.REOPEN})
"""After these the resident was told of the running limit, so it is what is promised."""
_ROLES_OF_PHOTOS = {Action.RESOLVE: "after", Action.PROGRESS: "before"}


class Casework:
    """What officers do with tickets, the same for the console and the API."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar, book: Casebook, teller: Teller) -> None:
        self._zone = zone
        self._book = book
        self._deeds = Deeds(zone, calendar)
        self._tidings = Tidings(zone, teller)

    def act(self, unit: Unit, user: Officer, number: str, command: Command, now: datetime) -> Ticket:
        """Do one action and return the ticket as it is then.

        Raises Unknown (no such ticket for this officer), Forbidden, Outdated (the version seen is not the
        present one), Conflict (the state does not allow it), Invalid (a field); then nothing is kept.
        """
        ticket = found(unit, user, number)
        step = Step(unit, user, ticket, command, now, from_owner=ticket.owner, from_desk=ticket.owner == DESK)
        self._check(step)
        self._deeds.prepare(step)
        self._move(step)
        self._keep_photos(step)
        self._tidings.tell(step)
        return ticket

    def _check(self, step: Step) -> None:
        ticket, command = step.ticket, step.command
        if not may_act(step.officer, ticket, command.action):
            raise Forbidden(_forbidden(step.officer, ticket, command.action))
        if command.version != ticket.version:
            raise Outdated(ticket.version)
        try:
            after(Status(ticket.status), command.action)
        except NotAllowed as error:
            raise Conflict(str(error)) from error
        self._check_fields(command)

    @staticmethod
    def _check_fields(command: Command) -> None:
        for field in needs(command.action):
            if not str(getattr(command, field)).strip():
                raise Invalid(field, _MISSING[field])
        kind = "" if command.action is Action.RETURN else personal(command.note)
        if kind:
            raise Invalid("note", f"给居民的说明里有{kind}，请删去；需要内部记录的写到内部备注。")

    def _move(self, step: Step) -> None:
        ticket, command = step.ticket, step.command
        if self._tidings.reaches_resident(step) and ticket.resident_id is not None:
            ticket.told_at = step.now  # before the reminders are planned, which go by it
        move = Move(
            command.action,
            Actor("officer", step.officer.name),
            public="" if command.action is Action.RETURN else command.note,
            internal=_internal(command),
            data=step.data,
            seen_version=command.version,
        )
        try:
            self._book.move(step.unit, ticket, move, step.now)
        except Stale as error:
            raise Outdated(ticket.version) from error
        if command.action in _PROMISING and ticket.due_at is not None:
            self._promise(step)

    def _promise(self, step: Step) -> None:
        step.ticket.promised_at = step.ticket.due_at
        step.unit.tickets.save(step.ticket)

    def _keep_photos(self, step: Step) -> None:
        role = _ROLES_OF_PHOTOS.get(step.command.action, "")
        if role and step.command.photos:
            self._attach(step.unit, step.officer, step.ticket, role, step.command.photos, step.now)
        if step.target is not None:
            step.unit.tickets.record(_merged_in(step, step.target))

    def attach(
        self, unit: Unit, user: Officer, number: str, role: str, photos: tuple[Photo, ...], now: datetime
    ) -> Ticket:
        """Add an officer's photos ("before" or "after" the work). Raises like ``act``."""
        ticket = found(unit, user, number)
        if not may_act(user, ticket, Action.PROGRESS):
            raise Forbidden(_forbidden(user, ticket, Action.PROGRESS))
        self._attach(unit, user, ticket, role, photos, now)
        return ticket

    def _attach(
        self, unit: Unit, user: Officer, ticket: Ticket, role: str, photos: tuple[Photo, ...], now: datetime
    ) -> None:
        assert ticket.id is not None
        limit = self._zone.limits.photos_per_ticket
        held = sum(found.role == role for found in unit.attachments.of_ticket(ticket.id))
        if held + len(photos) > limit:
            raise Invalid("photos", f"一件工单最多{limit}张这类照片，已有{held}张。")
        for photo in photos:
            unit.attachments.add(_attachment(ticket.id, role, user, photo, now))


def found(unit: Unit, user: Officer, number: str) -> Ticket:
    """Return the ticket of that number; Unknown where there is none that the officer may see."""
    ticket = unit.tickets.by_number(number) if _NUMBER.fullmatch(number) else None
    if ticket is None or not may_see(user, ticket):
        raise Unknown("没有这个编号的工单，或不归本单位查看。")
    return ticket


def _forbidden(user: Officer, ticket: Ticket, action: Action) -> str:
    if action is Action.RETURN and ticket.owner == DESK:
        return "工单就在调度台，不用退单，请直接改派。"
    if user.unit and user.unit == ticket.owner:
        return f"{action.label}由调度台办理；不归本单位的，请退单并说明理由。"
    if user.role not in DESK_ROLES and not user.unit:
        return "领导账号只能查看，不能办理工单。"
    return "工单不在本单位名下，只能查看。"


def _internal(command: Command) -> str:
    if command.action is not Action.RETURN:
        return command.internal
    return "\n".join(part for part in (command.note, command.internal) if part)


def _attachment(ticket_id: int, role: str, user: Officer, photo: Photo, now: datetime) -> Attachment:
    return Attachment(
        ticket_id=ticket_id,
        kind="photo",
        role=role,
        by=user.name,
        state="kept",
        received_at=now,
        content_type=photo.content_type,
        size=photo.size,
        digest=photo.digest,
        shown_digest=photo.shown_digest,
    )


def _merged_in(step: Step, target: Ticket) -> HistoryEntry:
    """The target's history says what came to it; its own state does not change."""
    assert target.id is not None
    return HistoryEntry(
        ticket_id=target.id,
        at=step.now,
        actor_kind="officer",
        actor=step.officer.name,
        action="merged_in",
        from_status=target.status,
        to_status=target.status,
        internal_note=f"{step.ticket.number} 并入本工单",
        data={"from": step.ticket.number},
    )
