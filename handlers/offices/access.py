"""Who may see which ticket, and who may do what with it. No input, no output."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.rules.lifecycle import RESIDENT_ACTIONS, Action, Status, allowed
from handlers.rules.zone import DESK
from handlers.telling import LEADERS
from storage.models import Ticket
from storage.tickets import TicketFilter


class Role(StrEnum):
    """What somebody is in the service."""

    DISPATCHER = "dispatcher"
    OFFICE = "office"
    DEPARTMENT = "department"
    LEADER = "leader"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Role.DISPATCHER: "调度员",
    Role.OFFICE: "街道办",
    Role.DEPARTMENT: "部门",
    Role.LEADER: "领导",
    Role.ADMIN: "管理员",
}
DESK_ROLES = frozenset({Role.DISPATCHER, Role.ADMIN})
"""Who works for the district desk."""
UNIT_ROLES = frozenset({Role.OFFICE, Role.DEPARTMENT})
"""Who belongs to a unit and sees its tickets only."""
OWNER_ACTIONS = frozenset(
    {
        Action.ACCEPT,
        Action.RETURN,
        Action.PROGRESS,
        Action.EXTEND,
        Action.HOLD,
        Action.RESUME,
        Action.RESOLVE,
        Action.CORRECT,
        Action.MERGE,
    }
)
"""What a unit does with a ticket of its own; the rest (reassign, reject, close, reopen) is the desk's."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who is signed in; ``unit`` is the code of the office or department, "" for the others."""

    id: int
    name: str
    role: Role
    unit: str = ""

    @property
    def is_desk(self) -> bool:
        """Whether the officer works for the district desk."""
        return self.role in DESK_ROLES

    @property
    def mailbox(self) -> str:
        """The address at which notices for the officer's unit are."""
        if self.is_desk:
            return DESK
        return LEADERS if self.role is Role.LEADER else self.unit


def scope(officer: Officer) -> TicketFilter:
    """Return the filter that shows all that the officer may see, and nothing else."""
    if officer.role is Role.OFFICE:
        return TicketFilter(owners=(officer.unit,), ground=officer.unit)
    if officer.role is Role.DEPARTMENT:
        return TicketFilter(owners=(officer.unit,), department=officer.unit)
    return TicketFilter()


def may_see(officer: Officer, ticket: Ticket) -> bool:
    """Tell whether the officer may see the ticket; ``scope`` says the same to the database."""
    if officer.role not in UNIT_ROLES:
        return True
    if officer.role is Role.OFFICE:
        return officer.unit in {ticket.owner, ticket.office}
    return officer.unit in {ticket.owner, ticket.industry, ticket.comprehensive}


def may_act(officer: Officer, ticket: Ticket, action: Action) -> bool:
    """Tell whether it is for this officer to do this, whatever state the ticket is in."""
    if action in RESIDENT_ACTIONS or (action is Action.RETURN and ticket.owner == DESK):
        return False
    if officer.is_desk:
        return True
    owns = officer.role in UNIT_ROLES and ticket.owner == officer.unit
    return owns and action in OWNER_ACTIONS


def returns_left(officer: Officer, ticket: Ticket, limit: int) -> bool:
    """Tell whether the ticket may still be returned: once the desk has ruled, only the desk moves it on."""
    return officer.is_desk or ticket.returned < limit


def offered(officer: Officer, ticket: Ticket, returns: int) -> tuple[Action, ...]:
    """Return what the officer may do with the ticket now, in the order in which it is shown."""
    return tuple(
        action
        for action in allowed(Status(ticket.status))
        if may_act(officer, ticket, action)
        and (action is not Action.RETURN or returns_left(officer, ticket, returns))
    )
