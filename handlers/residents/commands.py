"""What a step of the dialogue decides to do: orders, carried out in the transaction of the message."""

from dataclasses import dataclass

from handlers.residents.draft import Draft


@dataclass(frozen=True, slots=True)
class Say:
    """Only answer."""

    text: str


@dataclass(frozen=True, slots=True)
class File:
    """File the draft; ``complete`` is False where questions stayed unanswered."""

    draft: Draft
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Join:
    """Add this message to a ticket; ``answer`` replaces the usual words, ``for_desk`` calls a person."""

    ticket_id: int
    answer: str = ""
    for_desk: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Show one ticket, or all of the resident's where ``number`` is empty."""

    number: str = ""


@dataclass(frozen=True, slots=True)
class Urge:
    """Urge a ticket."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a ticket back."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep the resident's verdict."""

    ticket_id: int
    satisfied: bool


@dataclass(frozen=True, slots=True)
class Correct:
    """Put the category or the place of a ticket right."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class Export:
    """Tell the resident everything that is kept of them."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Forget who the resident is."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Keep the message, answer nothing."""


Command = Say | File | Join | Progress | Urge | Withdraw | Rate | Correct | Export | Erase | Nothing
