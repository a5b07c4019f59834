"""Carrying out what the dialogue decided, in the transaction of the message."""

from datetime import datetime

from handlers.residents import commands
from handlers.residents.files import Joiner
from handlers.residents.filing import Filing
from handlers.residents.judging import Judge
from handlers.residents.progress import Reporter
from handlers.residents.putting_right import Corrector
from handlers.residents.steps import Heard, Step
from handlers.texts.dialogue import FILED_NOTE
from storage.models import Resident, Ticket
from storage.unit import Unit

Carried = tuple[int | None, str]
"""The ticket that the talk is about from now on, and the answer."""


class Carrier:
    """Matches each command with the part that does it."""

    def __init__(
        self,
        filing: Filing,
        joiner: Joiner,
        judge: Judge,
        corrector: Corrector,
        reporter: Reporter,
    ) -> None:
        self._filing = filing
        self._joiner = joiner
        self._judge = judge
        self._corrector = corrector
        self._reporter = reporter

    def carry(self, unit: Unit, resident: Resident, heard: Heard, step: Step, now: datetime) -> Carried:
        """Carry out a step and return what to say."""
        match step.command:
            case commands.Say(text):
                return None, text
            case commands.File():
                return self._file(unit, resident, step.command, now)
            case commands.Progress() | commands.Export() | commands.Nothing():
                return None, self._about(unit, resident, step.command, now)
        return self._on_ticket(unit, heard, step.command, now)

    def carry_silent(self, unit: Unit, resident: Resident, step: Step, now: datetime) -> Carried:
        """Carry out what silence led to; the answer goes out as a notice, since nobody waits for a reply."""
        if not isinstance(step.command, commands.File):
            return None, ""
        # Nobody would read that it is one too many for the day.
        ticket_id, text = self._file(unit, resident, step.command, now, limited=False)
        ticket = unit.tickets.by_id(ticket_id or 0)
        assert ticket is not None
        self._joiner.tell(unit, ticket, "filed", text, now, note=FILED_NOTE)
        return ticket_id, text

    def _file(
        self, unit: Unit, resident: Resident, command: commands.File, now: datetime, *, limited: bool = True
    ) -> Carried:
        filed = self._filing.file(unit, resident, command.draft, now, limited=limited)
        if filed is None:
            return None, self._filing.full()
        ticket = filed.ticket
        self._joiner.hand_over(unit, ticket, command.draft)
        if filed.again:
            return ticket.id, self._joiner.same_again(unit, ticket, command.draft, now)
        return ticket.id, self._filing.receipt(ticket, complete=command.complete)

    def _about(self, unit: Unit, resident: Resident, command: commands.Command, now: datetime) -> str:
        match command:
            case commands.Progress(number):
                return self._reporter.progress(unit, resident, number, now)
            case commands.Export():
                return self._reporter.export(unit, resident)
        return ""

    def _on_ticket(self, unit: Unit, heard: Heard, command: commands.Command, now: datetime) -> Carried:
        ticket = _ticket(unit, command)
        match command:
            case commands.Join():
                answer = self._joiner.join(unit, ticket, heard, command, now)
            case commands.Correct():
                answer = self._corrector.correct(unit, ticket, heard, now)
            case commands.Urge():
                answer = self._judge.urge(unit, ticket, now)
            case commands.Withdraw():
                answer = self._judge.withdraw(unit, ticket, now)
            case _:
                assert isinstance(command, commands.Rate)
                answer = self._judge.rate(unit, ticket, heard, now, satisfied=command.satisfied)
        return ticket.id, answer


def _ticket(unit: Unit, command: commands.Command) -> Ticket:
    ticket = unit.tickets.by_id(getattr(command, "ticket_id", 0))
    assert ticket is not None, "the dialogue names only the resident's own tickets"
    return ticket
