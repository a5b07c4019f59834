"""What a draft would make of stored tickets: which change, and whether that is better."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from handlers.residents.drafting import DOUBTFUL, SURE
from handlers.rules.lifecycle import Status
from handlers.rules.zone import NONE
from nlp.explaining import Explainer
from storage.models import Ticket
from storage.unit import Unit

MOST_TICKETS = 2000
BATCH = 100
SHOWN = 200
"""Changes that are kept for the page, the bad ones first."""
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


class Outcome(StrEnum):
    """What a change means for one ticket, in the order in which they are shown."""

    WORSE = "worse"
    """It was right and would be wrong."""
    BETTER = "better"
    """It was wrong and would be right."""
    WRONG = "wrong"
    """It was wrong and would be wrong otherwise."""
    OPEN = "open"
    """Nobody has said yet what is right."""


@dataclass(frozen=True, slots=True)
class Case:
    """A stored ticket: its words, and its right category, "" while nobody has confirmed one."""

    id: int
    number: str
    text: str
    truth: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a lexicon makes of a text, and whether the resident would be asked."""

    category: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A ticket that would be read otherwise; without its words, of which no copy is kept."""

    number: str
    before: str
    after: str
    truth: str
    outcome: Outcome


@dataclass(slots=True)
class Tally:
    """The sum over many tickets; grows batch by batch."""

    done: int = 0
    judged: int = 0
    """Tickets whose right category is known."""
    right_before: int = 0
    right_after: int = 0
    asks_before: int = 0
    asks_after: int = 0
    changes: list[Change] = field(default_factory=list)

    def add(self, case: Case, before: Reading, after: Reading) -> None:
        """Count one ticket."""
        self.done += 1
        self.asks_before += before.asks
        self.asks_after += after.asks
        if case.truth:
            self.judged += 1
            self.right_before += before.category == case.truth
            self.right_after += after.category == case.truth
        if before.category != after.category:
            outcome = _outcome(case.truth, before.category, after.category)
            change = Change(case.number, before.category, after.category, case.truth, outcome)
            self.changes.append(change)

    def count(self, outcome: Outcome) -> int:
        """Return how many changes are of one kind."""
        return sum(change.outcome is outcome for change in self.changes)

    def shown(self, most: int = SHOWN) -> list[Change]:
        """Return the changes that matter most, the bad ones first."""
        order = list(Outcome)
        return sorted(self.changes, key=lambda change: order.index(change.outcome))[:most]


def compare(before: Explainer, after: Explainer, cases: Iterable[Case], tally: Tally) -> Tally:
    """Read tickets with both lexicons and add them to the tally. Takes about a millisecond a ticket."""
    for case in cases:
        tally.add(case, reading(before, case.text), reading(after, case.text))
    return tally


def reading(explainer: Explainer, text: str) -> Reading:
    """Return what a report of these words would be filed as."""
    verdict = explainer.verdict(text)
    spoken = verdict.why and verdict.confidence >= DOUBTFUL
    asks = bool(verdict.why) and verdict.confidence < min(SURE, explainer.lexicon.ask_below)
    return Reading(verdict.primary if spoken else NONE, asks)


def cases(unit: Unit, before_id: int | None, limit: int) -> Sequence[Case]:
    """Return tickets filed before one (None: the latest), newest first."""
    return [_case(ticket) for ticket in unit.tickets.before(before_id, limit)]


def _case(ticket: Ticket) -> Case:
    assert ticket.id is not None
    corrected = ticket.corrected_at is not None
    confirmed = corrected or Status(ticket.status) in _SETTLED
    return Case(ticket.id, ticket.number, ticket.text, ticket.category if confirmed else "")


def _outcome(truth: str, before: str, after: str) -> Outcome:
    if not truth:
        return Outcome.OPEN
    if truth == before:
        return Outcome.WORSE
    return Outcome.BETTER if truth == after else Outcome.WRONG


def dumped(tally: Tally) -> dict[str, Any]:
    """Return a tally as JSON values, with the changes that matter most."""
    numbers = ("done", "judged", "right_before", "right_after", "asks_before", "asks_after")
    return {
        **{name: getattr(tally, name) for name in numbers},
        "changed": len(tally.changes),
        "counts": {outcome.value: tally.count(outcome) for outcome in Outcome},
        "changes": [
            {name: str(getattr(change, name)) for name in Change.__dataclass_fields__}
            for change in tally.shown()
        ],
    }
