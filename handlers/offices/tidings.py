"""Who hears of an officer's action, and in which words."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from handlers import texts
from handlers.cases import merged_into
from handlers.discretion import discreet
from handlers.offices.command import Step
from handlers.rules.lifecycle import Action, Status
from handlers.rules.zone import DESK, Zone
from handlers.telling import Teller, rating_choices
from storage.models import Ticket

SUMMARY_CHARACTERS = 60
"""How much of a report an office reads in the notice of its new ticket."""
_NEVER = frozenset({Action.RETURN})
"""What residents never hear of: that offices argue whose matter it is does not help them."""


class Tidings:
    """Tells residents, owners and the desk of a step that was done, with a fact of its own each time."""

    def __init__(self, zone: Zone, teller: Teller) -> None:
        self._zone = zone
        self._teller = teller
        self._clock_of = ZoneInfo(zone.timezone)
        self._words: Mapping[Action, Callable[[Step], str]] = {
            Action.ACCEPT: self._accepted,
            Action.PROGRESS: self._progressed,
            Action.REASSIGN: self._reassigned,
            Action.EXTEND: self._extended,
            Action.HOLD: self._parked,
            Action.RESUME: self._resumed,
            Action.RESOLVE: self._resolved,
            Action.CLOSE: lambda step: texts.closed(step.ticket.number),
            Action.REOPEN: self._reopened,
            Action.REJECT: lambda step: texts.rejected(step.ticket.number, step.command.note),
            Action.MERGE: lambda step: texts.merged(step.ticket.number, step.command.into),
            Action.CORRECT: self._corrected,
        }
        self._others: Mapping[Action, Callable[[Step, str], None]] = {
            Action.RETURN: self._tell_desk,
            Action.REASSIGN: self._tell_owners,
            Action.RESOLVE: self._tell_merged,
            Action.REJECT: self._tell_merged,
            Action.REOPEN: self._tell_reopened,
            Action.MERGE: self._tell_target,
        }

    def reaches_resident(self, step: Step) -> bool:
        """Tell whether the resident will hear of this step, as far as there is one."""
        action = step.command.action
        if action is Action.CORRECT:
            return "category" in step.data
        return action not in _NEVER

    def tell(self, step: Step) -> None:
        """Put everybody's notices into the outbox. A promise that the words name becomes the promise."""
        action, ticket = step.command.action, step.ticket
        fact = f"{action}:{ticket.version}"
        if self.reaches_resident(step):
            self._tell_resident(step, self._words[action](step), fact)
        others = self._others.get(action)
        if others is not None:
            others(step, fact)

    def _tell_resident(self, step: Step, words: str, fact: str) -> None:
        ticket, action = step.ticket, step.command.action
        choices = rating_choices(ticket.id or 0) if action is Action.RESOLVE else ()
        note = step.command.note or action.label
        self._teller.resident(
            step.unit,
            ticket,
            _KINDS.get(action, action.value),
            words,
            step.now,
            fact=fact,
            note=note,
            choices=choices,
        )

    # --- the resident's words --------------------------------------------------------------------

    def _accepted(self, step: Step) -> str:
        return self._promised(step, texts.accepted, texts.accepted_late)

    def _progressed(self, step: Step) -> str:
        return texts.progressed(step.ticket.number, self._owner(step.ticket), step.command.note)

    def _reassigned(self, step: Step) -> str:
        ticket = step.ticket
        if step.from_desk:
            return self._promised(step, texts.assigned, texts.assigned_late)
        return texts.reassigned(ticket.number, self._owner(ticket))

    def _extended(self, step: Step) -> str:
        ticket = step.ticket
        return texts.extended(ticket.number, self._owner(ticket), self._due(ticket), step.command.note)

    def _parked(self, step: Step) -> str:
        return texts.parked(step.ticket.number, self._owner(step.ticket), step.command.note)

    def _resumed(self, step: Step) -> str:
        return self._promised(step, texts.resumed, texts.resumed_late)

    def _resolved(self, step: Step) -> str:
        return texts.resolved(step.ticket.number, self._owner(step.ticket), step.command.note)

    def _reopened(self, step: Step) -> str:
        ticket = step.ticket
        if Status(ticket.status) is Status.RETURNED:
            return texts.reopened_desk(ticket.number)
        return texts.reopened(ticket.number, self._owner(ticket), self._due(ticket))

    def _corrected(self, step: Step) -> str:
        return texts.corrected(step.ticket.number, self._zone.category_name(step.ticket.category))

    def _promised(
        self, step: Step, in_time: Callable[[str, str, str], str], late: Callable[[str, str], str]
    ) -> str:
        """Return the words with the running limit, or those for one that has passed: it is no promise."""
        ticket, owner = step.ticket, self._owner(step.ticket)
        if ticket.due_at is None or ticket.due_at <= step.now:
            return late(ticket.number, owner)
        return in_time(ticket.number, owner, self._due(ticket))

    # --- what others hear ------------------------------------------------------------------------

    def _tell_desk(self, step: Step, fact: str) -> None:
        words = texts.returned_ticket(
            step.ticket.number, self._zone.owner_name(step.from_owner), discreet(step.command.note)
        )
        self._teller.desk(step.unit, step.ticket, "returned", words, step.now, fact=fact)

    def _tell_owners(self, step: Step, fact: str) -> None:
        ticket = step.ticket
        words = texts.new_ticket(
            ticket.number,
            self._zone.category_name(ticket.category),
            discreet(ticket.place) or "地点不详",
            self._due(ticket),
            texts.brief(discreet(ticket.text), SUMMARY_CHARACTERS),
        )
        self._teller.owner(step.unit, ticket, "assigned", words, step.now, fact=fact)
        if step.from_owner != DESK:
            gone = texts.taken_away(ticket.number, self._owner(ticket))
            self._teller.unit_of(
                step.unit, step.from_owner, ticket, "taken_away", gone, step.now, fact=f"{fact}:gone"
            )

    def _tell_merged(self, step: Step, fact: str) -> None:
        """Tell whose reports went on as this one what came of it."""
        ticket, note, rejected = step.ticket, step.command.note, step.command.action is Action.REJECT
        kind = _KINDS[step.command.action]
        for other in merged_into(step.unit, ticket):
            words = (
                texts.rejected(other.number, note)
                if rejected
                else texts.merged_result(other.number, ticket.number, self._owner(ticket), note)
            )
            self._teller.resident(
                step.unit, other, kind, words, step.now, fact=f"{ticket.id}:{fact}", note=note
            )

    def _tell_reopened(self, step: Step, fact: str) -> None:
        ticket = step.ticket
        if ticket.owner == DESK:
            return
        words = texts.reopened_by_desk(ticket.number, step.command.note, self._due(ticket))
        self._teller.owner(step.unit, ticket, "reopened", words, step.now, fact=fact)

    def _tell_target(self, step: Step, fact: str) -> None:
        target = step.target
        assert target is not None
        words = texts.merged_ticket(step.ticket.number, target.number)
        self._teller.owner(step.unit, target, "merged", words, step.now, fact=f"{step.ticket.id}:{fact}")

    def _owner(self, ticket: Ticket) -> str:
        return self._zone.owner_name(ticket.owner)

    def _due(self, ticket: Ticket) -> str:
        return texts.day_and_time(ticket.due_at, self._clock_of) if ticket.due_at else ""


_KINDS = {
    Action.ACCEPT: "accepted",
    Action.REASSIGN: "reassigned",
    Action.EXTEND: "extended",
    Action.HOLD: "on_hold",
    Action.RESUME: "resumed",
    Action.RESOLVE: "resolved",
    Action.CLOSE: "closed",
    Action.REOPEN: "reopened",
    Action.REJECT: "rejected",
    Action.MERGE: "merged",
    Action.CORRECT: "corrected",
}
"""Notices are named for what happened; ``progress`` is its own name."""
