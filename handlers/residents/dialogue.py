"""The dialogue: one message in, one order out. Pure; the transaction around it is intake's."""

from dataclasses import replace
from datetime import datetime

from handlers.residents import commands, reading
from handlers.residents.answering import Answers
from handlers.residents.asking import Asker
from handlers.residents.casetalk import CaseTalk
from handlers.residents.commands import Command
from handlers.residents.draft import Draft
from handlers.residents.incoming import Kind
from handlers.residents.known import Known
from handlers.residents.picking import Picking
from handlers.residents.reporting import Reporting
from handlers.residents.services import Services
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.residents.wishes import Wishes
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts

WORDS_ON_A_CASE = frozenset({"report", "unclear", "supplement", "not_ours", "rate", "urge", "correction"})
"""After a bad verdict, or "I have something to add", what may be the words that were meant."""
RIGHT_WORDS = frozenset({"report", "unclear", "supplement", "not_ours", "correction"})
"""After "something is wrong", what may say what is right."""
TAPPABLE = frozenset({State.CATEGORY, State.SPOT, State.WHERE, State.NEARER, State.ELSEWHERE})
"""States in which a tap on a choice may be an answer; taps on older questions are none."""


class Dialogue:
    """Decides what a message means for the talk."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._ask = Asker(zone)
        self._reporting = Reporting(zone, self._ask)
        self._cases = CaseTalk(zone, self._reporting)
        self._services = Services(zone, self._reporting, self._cases)
        self._wishes = Wishes(zone, self._reporting, self._cases, self._services)
        self._answers = Answers(
            Picking(self._ask, self._reporting), self._reporting, self._services, self._wishes
        )

    def step(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Return the order that a message amounts to, and the talk after it."""
        match heard.incoming.kind:
            case Kind.TEXT:
                return self._text(talk, heard, known, now)
            case Kind.VOICE if heard.text:
                return self._text(talk, heard, known, now)
            case Kind.PHOTO | Kind.VIDEO | Kind.VOICE | Kind.LOCATION | Kind.LINK:
                return self._thing(talk, heard, known, now)
            case Kind.FOLLOW | Kind.SCAN:
                return self._welcome(talk, known, now)
            case Kind.MENU:
                return self._services.menu(talk, heard.incoming.event_key, known, now)
        return Step(commands.Nothing(), talk)

    def silence(self, talk: Talk) -> Step:
        """Return what to do when a question was not answered in time."""
        draft = talk.draft
        if not talk.state.informed and not draft.empty and self._worth_filing(draft):
            return self._reporting.give_up(talk)
        return Step(commands.Nothing(), talk.idle())

    def _worth_filing(self, draft: Draft) -> bool:
        """Whether somebody could look into it: more was told than a word or two."""
        return draft.substantial or len(draft.text) >= self._zone.dialogue.minimum_characters

    def _welcome(self, talk: Talk, known: Known, now: datetime) -> Step:
        if known.scene:
            return self._reporting.scanned(talk, known.scene, now)
        return Step(commands.Say(texts.greeting(self._zone.name)), talk)

    def _thing(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if talk.state is State.CORRECT and heard.incoming.kind is Kind.LOCATION and talk.ticket_id:
            return Step(commands.Correct(talk.ticket_id), talk.idle())
        if talk.state is State.OUTSIDE and heard.incoming.kind is Kind.LOCATION:
            return self._reporting.inside(talk, heard, now)
        telling = talk.state.drafts and not talk.state.informed
        joined = None if telling else self._cases.follow(talk, known, now)
        return joined or self._reporting.thing(talk, heard, known, now)

    def _text(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if talk.state in (State.ERASE, State.WITHDRAW):
            return self._confirmed(talk, heard, known, now)
        if heard.intent == "emergency":
            return self._emergency(talk, heard, known, now)
        if heard.incoming.menu_id == texts.TAP and talk.state not in TAPPABLE:
            return Step(commands.Say(texts.TAP_LAPSED), talk)
        if reading.only_stickers(heard.text):
            return Step(commands.Say(self._reporting.pending(talk) or texts.STICKER), talk)
        if talk.state.drafts:
            return self._answers.answer(talk, heard, known, now)
        return self._on_case(talk, heard, known) or self._wishes.wish(talk, heard, known, now)

    def _on_case(self, talk: Talk, heard: Heard, known: Known) -> Step | None:
        """Take the words that were asked for; None where these are others."""
        case = known.by_id(talk.ticket_id)
        if case is None or heard.number not in {"", case.number}:
            return None
        if heard.intent == "rate" and (case.rateable or heard.incoming.menu_id):
            return None  # a new verdict, not the reason of the last one
        match talk.state:
            case State.WHY | State.MORE if heard.intent in WORDS_ON_A_CASE:
                return Step(commands.Join(case.id), talk.idle(case.id))
            case State.CORRECT if heard.intent in RIGHT_WORDS:
                return Step(commands.Correct(case.id), talk.idle(case.id))
            case State.LOCATE:
                return self._cases.located(talk, case, heard)
        return None

    def _confirmed(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        erase = talk.state is State.ERASE
        answer = reading.confirmation(heard.text)
        kept = talk.idle() if talk.draft.empty else self._reporting.resumed(talk, now)
        if answer is None:
            return self._text(kept, heard, known, now)
        if not answer:
            words = texts.NOT_ERASED if erase else texts.KEPT_GOING
            return Step(commands.Say(words), kept, suffix=self._reporting.pending(kept))
        command: Command = commands.Erase() if erase else commands.Withdraw(talk.ticket_id or 0)
        return Step(command, talk.idle() if erase else kept)

    def _emergency(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """The numbers to call come first; a pollution told with it is filed as well."""
        numbers = self._ask.emergency(heard.text)
        if heard.category == NONE:
            return Step(commands.Say(numbers), talk, suffix=self._reporting.pending(talk))
        return replace(self._reporting.begin(talk, heard, known, now), prefix=numbers)
