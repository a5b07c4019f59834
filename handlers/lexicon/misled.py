"""Which words led to a category that people had to put right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.discretion import discreet
from handlers.texts.moments import brief
from storage.models import Ticket
from storage.unit import Unit

MOST_TICKETS = 500
SUMMARY_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Corrected:
    """A ticket whose category was put right."""

    number: str
    first: str
    category: str
    text: str
    """Without numbers that lead to a person."""
    lexicon: int
    """The version that read it."""
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class Misleading:
    """A word ("" where none was known), the category it spoke for, and the tickets that it led astray."""

    word: str
    code: str
    tickets: tuple[Corrected, ...]

    @property
    def truths(self) -> list[tuple[str, int]]:
        """What was right instead, the most frequent first."""
        return Counter(ticket.category for ticket in self.tickets).most_common()


def misled(unit: Unit, since: datetime) -> Sequence[Misleading]:
    """Return the words that misled in tickets corrected since a moment, the worst first."""
    found: dict[tuple[str, str], list[Corrected]] = {}
    for ticket in unit.tickets.corrected_since(since, MOST_TICKETS):
        for key in _words(ticket):
            found.setdefault(key, []).append(_corrected(ticket))
    listed = [Misleading(word, code, tuple(tickets)) for (word, code), tickets in found.items()]
    return sorted(listed, key=lambda one: (one.word == "", -len(one.tickets)))


def _words(ticket: Ticket) -> list[tuple[str, str]]:
    """The words that spoke for another category than the right one; none are known for ("", first)."""
    if not ticket.why:
        return [("", ticket.first_category)]
    return list(dict.fromkeys((word, code) for word, code, _ in ticket.why if code != ticket.category))


def _corrected(ticket: Ticket) -> Corrected:
    assert ticket.corrected_at is not None
    return Corrected(
        number=ticket.number,
        first=ticket.first_category,
        category=ticket.category,
        text=brief(discreet(ticket.text), SUMMARY_CHARACTERS),
        lexicon=ticket.lexicon_version,
        corrected_at=ticket.corrected_at,
    )
