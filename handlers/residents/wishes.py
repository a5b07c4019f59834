"""Something new that a resident writes: a report, a word on a ticket, a question. Pure."""

from datetime import datetime

from handlers.residents import commands
from handlers.residents.casetalk import CaseTalk
from handlers.residents.known import Known
from handlers.residents.reporting import Reporting
from handlers.residents.services import Services
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import Talk
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts

CHAT_CHARACTERS = 20
"""Longer texts tell of something, whatever polite or asking words they hold."""


class Wishes:
    """Decides what is wanted."""

    def __init__(self, zone: Zone, reporting: Reporting, cases: CaseTalk, services: Services) -> None:
        self._zone = zone
        self._reporting = reporting
        self._cases = cases
        self._services = services

    def wish(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Something new: the intent decides, and for longer texts what they tell of."""
        match self._meaning(heard, known):
            case "report":
                return self._told(talk, heard, known, now)
            case "unclear":
                return self._unclear(talk, heard, known, now)
            case "not_ours":
                return self._reporting.not_ours(talk, heard, now)
            case "supplement" | "correction":
                return self._cases.add(talk, heard, known, now)
        return self._services.service(talk, heard, known, now)

    def _meaning(self, heard: Heard, known: Known) -> str:
        if heard.intent == "progress" and heard.number and known.numbered(heard.number) and tells(heard):
            return "supplement"  # a number, and then what is going on there
        if heard.intent in {"progress", "rate"} and not known.cases and not heard.number:
            return "unclear" if tells(heard) or heard.text.isdecimal() else heard.intent
        if heard.intent in {"greeting", "thanks", "help"} and tells(heard):
            return "report" if heard.category != NONE else "unclear"
        if heard.intent == "privacy" and heard.category != NONE and names_place(heard):
            return "report"  # "anonymously, please", and then the matter
        return heard.intent

    def _unclear(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if len(heard.text) < self._zone.dialogue.minimum_characters and not names_place(heard):
            return Step(commands.Say(texts.UNCLEAR), talk)
        return self._told(talk, heard, known, now)

    def _told(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        joined = self._cases.follow_on(talk, heard, known, now)
        return joined or self._reporting.begin(talk, heard, known, now)


def names_place(heard: Heard) -> bool:
    """Whether a text names a place."""
    return bool(heard.analysis and heard.analysis.places)


def tells(heard: Heard) -> bool:
    """Whether a text tells of something, beside what it asks or politely says."""
    return len(heard.text) > CHAT_CHARACTERS or heard.category != NONE or names_place(heard)
