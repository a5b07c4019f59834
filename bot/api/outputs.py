"""What the API answers with. A resident's identity has no field here."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from handlers.offices.access import Role
from handlers.rules.lifecycle import Action, Status


class Named(BaseModel):
    """Something with a code; an office's is its official statistical code. Empty where it is not known."""

    code: str
    name: str


class Step(BaseModel):
    """One step of a ticket's history. Residents read ``public_note``; officers read both."""

    at: datetime
    action: str
    action_label: str
    actor_kind: str = Field(description="resident, officer, clock or system")
    by: str = Field(description="The officer's name, or what kind of actor it was")
    from_status: str
    to_status: str
    public_note: str
    internal_note: str
    details: str = Field(description="What the step changed, in a sentence")


class File(BaseModel):
    """A photo or recording; its content is at ``url`` once ``state`` is kept."""

    id: int
    kind: Literal["photo", "voice", "video"]
    role: str = Field(description="report (the resident's), before or after the work")
    by: str
    state: str = Field(description="wanted (still being fetched), kept or lost")
    content_type: str
    size: int
    received_at: datetime
    url: str


class Word(BaseModel):
    """A word that decided the category, and how much it weighed."""

    word: str
    category: str
    weight: float


class Measure(BaseModel):
    """A result with its quantity."""

    code: str
    label: str
    amount: float | None
    unit: str


class TicketSummary(BaseModel):
    """A ticket as it stands in a list. Moments carry the zone's own offset (+08:00)."""

    number: str
    status: Status
    status_label: str
    category: str
    category_name: str
    also: list[Named]
    office: Named = Field(description="The street office on whose ground the place lies")
    owner: Named = Field(description="Who must act: an office, a department, or the desk")
    community: Named
    place: str
    text: str = Field(description="The report, word for word")
    urgency: int = Field(description="0 ordinary, 1 urgent, 2 danger")
    flags: list[str]
    accused: str
    version: int = Field(description="Give it back with an action; it must still be the present one")
    created_at: datetime
    sign_for_at: datetime | None
    due_at: datetime | None = Field(description="The running limit; null while paused or over")
    promised_at: datetime | None = Field(description="What the resident was told")
    overdue: bool
    rating: int | None = Field(description="1 unsatisfied, 2 satisfied, null unrated")
    reopened: int
    urged: int
    actions: list[Action] = Field(description="What you may do with it now")


class Ticket(TicketSummary):
    """A ticket with all that belongs to it."""

    why: list[Word]
    lexicon_version: int = Field(
        description="The published lexicon that read the report; 0 is the packaged one"
    )
    first_category: str = Field(description="The category at filing")
    industry: Named
    comprehensive: Named
    latitude: float | None
    longitude: float | None
    datum: str
    channel: str
    hold_until: datetime | None
    outcome: str
    outcomes: list[Measure]
    answer: str
    rating_words: str
    returned: int
    supplements: int
    merged_into: str
    resolved_at: datetime | None
    closed_at: datetime | None
    history: list[Step]
    attachments: list[File]
    same_place: list[str] = Field(description="Numbers of other tickets of the same place that you may see")


class Tickets(BaseModel):
    """A page of tickets, the nearest limit first."""

    items: list[TicketSummary]
    total: int
    page: int


class Me(BaseModel):
    """Whose token this is."""

    name: str
    role: Role
    role_label: str
    unit: Named


class Unit(BaseModel):
    """Whoever may own a ticket."""

    code: str
    name: str
    kind: Literal["desk", "office", "department"]
    communities: list[Named]


class Units(BaseModel):
    """All owners."""

    items: list[Unit]
    total: int


class OutcomeChoice(BaseModel):
    """A way a matter of a category may end."""

    code: str
    label: str
    unit: str


class Category(BaseModel):
    """A category with its regulators, limits and outcomes."""

    code: str
    name: str
    industry: Named
    comprehensive: Named
    sign_for_hours: float = Field(description="Working hours")
    resolve_days: int = Field(description="Working days")
    after_photo: bool
    outcomes: list[OutcomeChoice]
    checklist: list[str]


class Categories(BaseModel):
    """All categories."""

    items: list[Category]
    total: int


class Notice(BaseModel):
    """A notice that could not be delivered. To whom it goes is not shown where it is a resident."""

    id: int
    channel: str
    kind: str
    ticket: str
    text: str
    state: str
    attempts: int
    error: str
    created_at: datetime


class Notices(BaseModel):
    """Dead letters, newest first (at most 200 are shown)."""

    items: list[Notice]
    total: int
    page: int


class Mistake(BaseModel):
    """A field and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """Why something was not done (RFC 9457, ``application/problem+json``)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = Field(default=None, description="The first field that is wrong")
    errors: list[Mistake] | None = None
    version: int | None = Field(default=None, description="The present version, where yours was old")
