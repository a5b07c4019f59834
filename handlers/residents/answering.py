"""A text while a report is being told: an answer to the question, or something in between. Pure."""

from datetime import datetime

from handlers.residents import commands, reading
from handlers.residents.known import Known
from handlers.residents.picking import Picking
from handlers.residents.reporting import Reporting
from handlers.residents.services import Services
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.residents.wishes import Wishes, names_place, tells
from handlers.texts import dialogue as texts

ASIDE = frozenset({"help", "privacy", "progress", "urge", "thanks", "greeting", "rate"})
"""What is answered in between, without losing the question that was put."""


class Answers:
    """Takes a text as the answer to a question, unless it is plainly something else."""

    def __init__(self, picking: Picking, reporting: Reporting, services: Services, wishes: Wishes) -> None:
        self._picking = picking
        self._reporting = reporting
        self._services = services
        self._wishes = wishes

    def answer(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """An answer to a question; what is plainly something else is taken as that."""
        return (
            self._picking.picked(talk, heard, now)
            or self._something_else(talk, heard, known, now)
            or self._in_reply(talk, heard, known, now)
        )

    def _something_else(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step | None:
        if heard.intent == "withdraw" and not heard.number:
            return Step(commands.Say(texts.DRAFT_DROPPED), talk.idle())
        if heard.intent == "human":
            return self._services.human(talk, known, now)
        if heard.number or (heard.intent in ASIDE and not tells(heard)):
            return self._services.aside(talk, heard, known, now)
        return None

    def _in_reply(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if talk.state.informed and (heard.intent == "report" or talk.state is State.ELSEWHERE):
            return self._after_informed(talk, heard, known, now)
        if heard.intent == "not_ours":
            return self._not_ours_in_between(talk, heard, now)
        if reading.bare_correction(heard.text):
            return self._reporting.wrong_place(talk, heard, now)
        return self._reporting.answer(talk, heard, now)

    def _after_informed(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Told who answers, the resident goes on: with a report of its own, or with something else."""
        if heard.intent == "report" and talk.state is State.ELSEWHERE and not names_place(heard):
            return self._reporting.begin(talk, heard, known, now)
        if talk.state is State.OUTSIDE and not names_place(heard):
            return self._reporting.answer(talk, heard, now)
        return self._wishes.wish(talk.idle(), heard, known, now)

    def _not_ours_in_between(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        draft = talk.draft
        if draft.category or draft.human or talk.state is State.OUTSIDE:
            return self._reporting.answer(talk, heard, now)
        return self._reporting.not_ours(talk, heard, now)
