"""What the API is asked with: query parameters and bodies, checked before any use case sees them."""

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from handlers.offices.command import Command
from handlers.rules.lifecycle import Action, Status

# Control characters mean nothing in a note, and PostgreSQL cannot keep a NUL.
_PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
Note = Annotated[str, Field(max_length=1000, pattern=_PRINTABLE)]
Code = Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_-]*$")]
Number = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Z]{1,4}[0-9]{8}-[0-9]{4,9}$")]
Amount = Annotated[float, Field(ge=0, le=1e12)]
FARTHEST_PAGE = 1_000_000
MOST_A_PAGE = 100


class TicketQuery(BaseModel):
    """Which tickets are listed; an empty parameter does not narrow."""

    status: Status | None = None
    office: Annotated[Code, Field(description="On whose ground the place lies")] = ""
    category: Code = ""
    overdue: Annotated[bool, Field(description="true: only tickets past their limit")] = False
    q: Annotated[str, Field(max_length=100, pattern=_PRINTABLE, description="In number, text and place")] = ""
    page: Annotated[int, Field(ge=1, le=FARTHEST_PAGE)] = 1
    size: Annotated[int, Field(ge=1, le=MOST_A_PAGE)] = 50


class NoticeQuery(BaseModel):
    """Which notices are listed: dead letters, the only ones that wait for somebody's hand."""

    state: Annotated[str, Field(pattern="^failed$")] = "failed"


class Body(BaseModel):
    """What every action is asked with."""

    model_config = ConfigDict(strict=True)

    version: Annotated[int, Field(ge=1, le=2**31 - 1, description="The version of the ticket that you saw")]
    note: Annotated[Note, Field(description="The resident reads it")] = ""
    internal: Annotated[Note, Field(description="Only officers read it")] = ""

    def command(self, action: Action) -> Command:
        """Return what is asked for as a command."""
        given: dict[str, Any] = {name: _frozen(getattr(self, name)) for name in type(self).model_fields}
        return Command(action=action, **given)


class NotedBody(Body):
    """An action that needs its reason."""

    note: Annotated[Note, Field(min_length=1, description="The resident reads it")]


class ReturnBody(Body):
    """Give a ticket back to the desk; the resident hears nothing of it."""

    note: Annotated[Note, Field(min_length=1, description="The reason; officers read it")]


class ReassignBody(Body):
    """Give a ticket to another owner."""

    office: Annotated[Code, Field(min_length=1, description="Code of an office or a department, or desk")]


class ExtendBody(NotedBody):
    """Move the limit, with the reason."""

    days: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="Working days; left out: the zone's usual extension"
    )


class HoldBody(NotedBody):
    """Park a matter that cannot be settled now, with the reason."""

    until: date | AwareDatetime | None = Field(
        default=None, description="When it is looked at again; left out: the zone's usual time"
    )


class ResolveBody(NotedBody):
    """Say what came of it."""

    outcome: Annotated[Code, Field(min_length=1, description="A code of the category's outcomes")]
    amount: Amount | None = Field(default=None, description="How many, in the outcome's unit")
    outcomes: Annotated[list[tuple[Code, Amount | None]], Field(max_length=20)] = Field(
        default=[], description="Further measures as [code, quantity]"
    )


class MergeBody(Body):
    """Go on with another ticket of the same matter."""

    into: Number


class CorrectBody(Body):
    """Set category or place right; at least one of the fields."""

    category: Code = ""
    also: Annotated[list[Code], Field(max_length=12)] | None = None
    place: Annotated[str, Field(max_length=200, pattern=_PRINTABLE)] = ""
    community: Code = ""


BODIES: dict[Action, type[Body]] = {
    Action.ACCEPT: Body,
    Action.RETURN: ReturnBody,
    Action.REASSIGN: ReassignBody,
    Action.PROGRESS: NotedBody,
    Action.EXTEND: ExtendBody,
    Action.HOLD: HoldBody,
    Action.RESUME: Body,
    Action.RESOLVE: ResolveBody,
    Action.CLOSE: Body,
    Action.REOPEN: NotedBody,
    Action.MERGE: MergeBody,
    Action.REJECT: NotedBody,
    Action.CORRECT: CorrectBody,
}
"""Every action of an officer and what it is asked with."""


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
