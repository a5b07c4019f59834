"""Who is told what: rows of the outbox, committed together with what they tell of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Status
from handlers.rules.zone import DESK, Zone
from handlers.texts.notices import SATISFIED, UNSATISFIED
from storage.models import Notice, Ticket
from storage.unit import Unit

LEADERS = "leaders"
"""Address of notices to the leaders (console only, unless a robot of that name is configured)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One tappable answer of a menu message; ids are digits, since letters get lost on the way."""

    id: str
    label: str


def rating_choices(ticket_id: int) -> tuple[Choice, ...]:
    """Return the verdicts that a resident may tap; the ids lead back to the ticket: its own and one digit."""
    return Choice(f"{ticket_id}2", SATISFIED), Choice(f"{ticket_id}1", UNSATISFIED)


class Teller:
    """Puts notices into the outbox for residents, offices, the desk and the leaders.

    ``robots`` names the group robots that have a key; None takes every robot of the zone as usable.
    """

    def __init__(self, zone: Zone, calendar: WorkingCalendar, robots: Collection[str] | None = None) -> None:
        self._zone = zone
        self._calendar = calendar
        self._robots = robots

    def resident(
        self,
        unit: Unit,
        ticket: Ticket,
        kind: str,
        text: str,
        now: datetime,
        *,
        fact: str,
        note: str = "",
        choices: Sequence[Choice] = (),
    ) -> bool:
        """Tell the resident of a ticket; False where there is nobody to tell or ``fact`` was told before.

        ``note`` is the short form for a template message, which has room for 20 characters a field.
        """
        if ticket.resident_id is None or ticket.id is None:
            return False
        data = {**self._fields(ticket, note or text, now), "choices": [[c.id, c.label] for c in choices]}
        notice = Notice(
            channel="resident",
            address=str(ticket.resident_id),
            lane=f"ticket:{ticket.id}",
            ticket_id=ticket.id,
            kind=kind,
            text=text,
            data=data,
            dedupe=f"resident:{ticket.id}:{fact}",
            created_at=now,
            next_at=now,
        )
        told = unit.outbox.add(notice)
        if told:
            ticket.told_at = now
        return told

    def owner(self, unit: Unit, ticket: Ticket, kind: str, text: str, now: datetime, *, fact: str) -> bool:
        """Tell whoever must act on the ticket."""
        return self.unit_of(unit, ticket.owner, ticket, kind, text, now, fact=fact)

    def desk(self, unit: Unit, ticket: Ticket, kind: str, text: str, now: datetime, *, fact: str) -> bool:
        """Tell the district desk."""
        return self.unit_of(unit, DESK, ticket, kind, text, now, fact=fact)

    def leaders(self, unit: Unit, ticket: Ticket, kind: str, text: str, now: datetime, *, fact: str) -> bool:
        """Tell the leaders."""
        return self.unit_of(unit, LEADERS, ticket, kind, text, now, fact=fact)

    def unit_of(
        self, unit: Unit, code: str, ticket: Ticket, kind: str, text: str, now: datetime, *, fact: str
    ) -> bool:
        """Tell a unit (office, department, desk, leaders) in the console, and by robot if it has one."""
        told = unit.outbox.add(self._office_notice(code, ticket, kind, text, now, fact, "console"))
        robot = self._robot(code)
        if robot and told:
            notice = self._office_notice(code, ticket, kind, text, now, fact, "robot")
            notice.address = robot
            unit.outbox.add(notice)
        return told

    def at_large(self, unit: Unit, code: str, kind: str, text: str, now: datetime, *, fact: str) -> bool:
        """Tell a unit, in the console alone, of something that is no single ticket's."""
        notice = Notice(
            channel="console",
            address=code,
            lane=f"console:{code}",
            kind=kind,
            text=text,
            dedupe=f"console:{code}:{fact}",
            created_at=now,
            state="sent",
            sent_at=now,
            way="console",
        )
        return unit.outbox.add(notice)

    def _robot(self, code: str) -> str:
        """Name of the unit's group robot, "" where it has none or the operator gave it no key."""
        name = self._zone.robot(code)
        return name if self._robots is None or name in self._robots else ""

    def _office_notice(
        self, code: str, ticket: Ticket, kind: str, text: str, now: datetime, fact: str, channel: str
    ) -> Notice:
        done = channel == "console"  # the console reads the outbox itself: nothing is left to send
        return Notice(
            channel=channel,
            address=code,
            lane=f"{channel}:{code}:{ticket.id}",
            ticket_id=ticket.id,
            kind=kind,
            text=text,
            data={"number": ticket.number},
            dedupe=f"{channel}:{code}:{ticket.id}:{fact}",
            created_at=now,
            state="sent" if done else "pending",
            next_at=None if done else now,
            sent_at=now if done else None,
            way="console" if done else "",
        )

    def _fields(self, ticket: Ticket, note: str, now: datetime) -> Mapping[str, str]:
        return {
            "number": ticket.number,
            "category": self._zone.category_name(ticket.category),
            "status": Status(ticket.status).label,
            "owner": self._zone.owner_name(ticket.owner),
            "note": note,
            "time": self._calendar.local(now).strftime("%Y-%m-%d %H:%M"),
        }
