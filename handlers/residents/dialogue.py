"""The dialogue: one message in, one order out. Pure; the transaction around it is intake's."""

from dataclasses import replace
from datetime import datetime

from handlers.residents import commands
from handlers.residents.asking import Asker
from handlers.residents.casetalk import CaseTalk
from handlers.residents.commands import Command
from handlers.residents.incoming import Kind
from handlers.residents.known import Known
from handlers.residents.reporting import Reporting
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import Draft, State, Talk
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts

WORDS_ON_A_CASE = frozenset({"report", "unclear", "supplement", "not_ours", "rate", "urge"})
"""After a bad verdict, what may be its reason rather than a new matter."""
ASIDE = frozenset({"help", "privacy"})
"""What is answered in between, without losing the question that was put."""


class Dialogue:
    """Decides what a message means for the talk."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._ask = Asker(zone)
        self._reporting = Reporting(zone, self._ask)
        self._cases = CaseTalk(zone, self._reporting)

    def step(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Return the order that a message amounts to, and the talk after it."""
        match heard.incoming.kind:
            case Kind.TEXT | Kind.LINK:
                return self._text(talk, heard, known, now)
            case Kind.VOICE if heard.text:
                return self._text(talk, heard, known, now)
            case Kind.PHOTO | Kind.VIDEO | Kind.VOICE | Kind.LOCATION:
                return self._thing(talk, heard, known, now)
            case Kind.FOLLOW | Kind.SCAN:
                return Step(commands.Say(self._welcome(known)), talk)
            case Kind.MENU:
                return self._menu(talk, heard.incoming.event_key, known, now)
        return Step(commands.Nothing(), talk)

    def silence(self, talk: Talk) -> Step:
        """Return what to do when a question was not answered in time."""
        if talk.state.drafts and talk.state is not State.OUTSIDE and not talk.draft.empty:
            return self._reporting.give_up(talk)
        return Step(commands.Nothing(), talk.idle())

    def _thing(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        joined = None if talk.state.drafts else self._cases.follow(talk, known, now)
        return joined or self._reporting.thing(talk, heard, known, now)

    def _text(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if talk.state in (State.ERASE, State.WITHDRAW):
            return self._confirmed(talk, heard, known, now)
        if heard.intent == "emergency":
            return self._emergency(talk, heard, known, now)
        if talk.state.drafts:
            return self._answer(talk, heard, known, now)
        if talk.state is State.WHY and heard.intent in WORDS_ON_A_CASE:
            return self._cases.why(talk, known) or self._wish(talk.idle(), heard, known, now)
        if talk.state is State.CORRECT and heard.intent in {"report", "unclear", "supplement", "not_ours"}:
            return Step(commands.Correct(talk.ticket_id or 0), talk.idle())
        return self._wish(talk, heard, known, now)

    def _answer(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """An answer to a question; what is plainly something else is taken as that."""
        if heard.intent == "withdraw":
            return Step(commands.Say(texts.DRAFT_DROPPED), talk.idle())
        aside = heard.intent in ASIDE or (heard.intent == "progress" and heard.number)
        if aside or (talk.state is State.OUTSIDE and heard.intent in {"thanks", "greeting", "not_ours"}):
            return replace(self._service(talk, heard, known, now), talk=talk)
        if heard.intent == "human":
            return self._human(talk, known, now)
        return self._reporting.answer(talk, heard, known, now)

    def _wish(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Something new: the intent decides."""
        match heard.intent:
            case "report":
                return self._reporting.begin(talk, heard, known, now)
            case "unclear" if heard.analysis and heard.analysis.places:
                return self._reporting.begin(talk, heard, known, now)
            case "rate":
                return self._cases.rate(talk, heard, known)
            case "supplement" | "correction":
                return self._cases.add(talk, heard, known, now)
            case "urge":
                return self._cases.urge(talk, heard, known, now)
        return self._service(talk, heard, known, now)

    def _service(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """What is asked of us that is neither a report nor a word on one."""
        match heard.intent:
            case "progress":
                return Step(commands.Progress(heard.number), talk)
            case "withdraw":
                return self._cases.withdraw(talk, heard, known, now)
            case "human":
                return self._human(talk, known, now)
            case "privacy":
                return self._privacy(talk, heard.text, now)
        return Step(commands.Say(self._said(heard)), talk)

    def _said(self, heard: Heard) -> str:
        match heard.intent:
            case "help":
                return texts.help_text(self._zone.name)
            case "greeting":
                return texts.greeting(self._zone.name)
            case "thanks":
                return texts.THANKS
            case "not_ours":
                return texts.not_ours(self._zone.hotlines.government.number)
        return texts.WEBSITE if heard.incoming.kind is Kind.LINK else texts.UNCLEAR

    def _confirmed(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        erase = talk.state is State.ERASE
        answer = self._ask.confirmation(heard.text)
        if answer is None:
            return self._text(talk.idle(), heard, known, now)
        if not answer:
            return Step(commands.Say(texts.NOT_ERASED if erase else texts.KEPT_GOING), talk.idle())
        command: Command = commands.Erase() if erase else commands.Withdraw(talk.ticket_id or 0)
        return Step(command, talk.idle())

    def _emergency(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """The numbers to call come first; a pollution told with it is filed as well."""
        numbers = self._ask.emergency(heard.text)
        if heard.category == NONE:
            return Step(commands.Say(numbers), talk)
        draft = talk.draft if talk.state.drafts else Draft()
        return replace(self._reporting.begin(talk, heard, known, now, draft), prefix=numbers)

    def _human(self, talk: Talk, known: Known, now: datetime) -> Step:
        desk = self._zone.desk
        case = known.latest_open()
        if case:
            words = texts.human_on(case.number, desk.name, desk.phone)
            return Step(commands.Join(case.id, words, for_desk=True), talk.idle(case.id))
        draft = replace(talk.draft, category=talk.draft.category or NONE, asked_nearer=True, choices=())
        waiting = self._reporting.waiting(talk, State.WHERE, draft, now)
        return Step(commands.Say(texts.human(desk.name, desk.phone)), waiting)

    def _privacy(self, talk: Talk, text: str, now: datetime) -> Step:
        if not any(word in text for word in ("删", "注销", "清除", "抹")):
            return Step(commands.Export(), talk)
        waiting = self._reporting.waiting(talk.idle(), State.ERASE, Draft(), now)
        return Step(commands.Say(texts.ERASE_SURE), waiting)

    def _welcome(self, known: Known) -> str:
        if known.scene_place:
            return texts.scanned(self._zone.name, known.scene_place)
        return texts.greeting(self._zone.name)

    def _menu(self, talk: Talk, key: str, known: Known, now: datetime) -> Step:
        match key:
            case "progress":
                return Step(commands.Progress(), talk)
            case "urge":
                return self._cases.urge_latest(talk, known)
            case "human":
                return self._human(talk, known, now)
            case "privacy":
                return Step(commands.Export(), talk)
            case "report":
                return Step(commands.Say(texts.REPORT_HOW), talk)
        return Step(commands.Say(texts.help_text(self._zone.name)), talk)
