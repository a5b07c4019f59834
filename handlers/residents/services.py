"""What is asked of the chat that is neither a report nor a word on one: help, progress, a person. Pure."""

from dataclasses import replace
from datetime import datetime

from handlers.residents import commands
from handlers.residents.casetalk import CaseTalk
from handlers.residents.draft import Draft
from handlers.residents.known import Known
from handlers.residents.reporting import Reporting
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.rules.zone import Zone
from handlers.texts import dialogue as texts

_FORGET = ("删", "注销", "清除", "抹", "撤回同意", "撤回授权", "取消授权")
_SHOW = ("导出", "查看", "看看", "存了", "有我", "有哪些", "什么信息", "哪些信息")


class Services:
    """Answers what is asked."""

    def __init__(self, zone: Zone, reporting: Reporting, cases: CaseTalk) -> None:
        self._zone = zone
        self._reporting = reporting
        self._cases = cases

    def service(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Answer one wish."""
        return self._of_tickets(talk, heard, known, now) or self._of_us(talk, heard, known, now)

    def _of_tickets(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step | None:
        match heard.intent:
            case "progress":
                return self._progress(talk, heard, known)
            case "rate":
                return self._cases.rate(talk, heard, known, now)
            case "urge":
                return self._cases.urge(talk, heard, known, now)
            case "withdraw":
                return self._cases.withdraw(talk, heard, known, now)
        return None

    def _of_us(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        match heard.intent:
            case "human":
                return self.human(talk, known, now)
            case "privacy":
                return self._privacy(talk, heard.text, now)
        return Step(commands.Say(self._said(heard, known)), talk)

    def aside(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Answer in between, and put the question that waits once more."""
        step = self._aside(talk, heard, known, now)
        if step.talk.state in (State.ERASE, State.WITHDRAW):
            return step  # the draft waits behind the question that is put now
        return replace(step, talk=talk, suffix=self._reporting.pending(talk))

    def _aside(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if heard.intent == "urge":
            return self._cases.urge_in_between(talk, heard, known)
        if heard.intent in {"thanks", "greeting"}:
            polite = texts.WELCOME if talk.state.informed else texts.WAITING
            return Step(commands.Say(polite), talk)
        if heard.intent in {"supplement", "correction"}:
            return self._cases.add(talk, heard, known, now)
        return self.service(talk, heard, known, now)

    def human(self, talk: Talk, known: Known, now: datetime) -> Step:
        """Call a person: with what is being told, else with the open ticket, else with the next words."""
        desk = self._zone.desk
        if talk.state.drafts and not talk.draft.empty:
            return self._reporting.ask_or_file(talk, replace(talk.draft, human=True), now)
        case = known.latest_open()
        if case:
            words = texts.human_on(case.number, desk.name, desk.phone)
            after = self._reporting.waiting(talk.idle(case.id), State.MORE, Draft(), now)
            return Step(commands.Join(case.id, words, for_desk=True), after)
        waiting = self._reporting.waiting(talk.idle(), State.WHAT, replace(talk.draft, human=True), now)
        return Step(commands.Say(texts.human(desk.name, desk.phone)), waiting)

    def menu(self, talk: Talk, key: str, known: Known, now: datetime) -> Step:
        """Answer a press on the account's menu; a question that waits is put once more."""
        match key:
            case "human":
                return self.human(talk, known, now)
            case "report" if self._reporting.pending(talk):
                return Step(commands.Say(self._reporting.pending(talk)), talk)
            case "report":
                return Step(commands.Say(texts.REPORT_HOW), talk)
        return replace(self._pressed(talk, key, known), suffix=self._reporting.pending(talk))

    def _pressed(self, talk: Talk, key: str, known: Known) -> Step:
        match key:
            case "progress":
                return Step(commands.Progress(), talk)
            case "urge":
                return replace(self._cases.urge_latest(talk, known), talk=talk)
            case "privacy":
                return Step(commands.Export(), talk)
        return Step(commands.Say(texts.help_text(self._zone.name)), talk)

    def _progress(self, talk: Talk, heard: Heard, known: Known) -> Step:
        case = known.numbered(heard.number)
        return Step(commands.Progress(heard.number), talk.about(case.id) if case else talk)

    def _privacy(self, talk: Talk, text: str, now: datetime) -> Step:
        if any(word in text for word in _FORGET):
            waiting = self._reporting.waiting(talk, State.ERASE, talk.draft, now)
            return Step(commands.Say(texts.ERASE_SURE), waiting)
        if any(word in text for word in _SHOW):
            return Step(commands.Export(), talk)
        return Step(commands.Say(texts.CONFIDENTIAL), talk)

    def _said(self, heard: Heard, known: Known) -> str:
        match heard.intent:
            case "help":
                return texts.help_text(self._zone.name)
            case "greeting":
                return texts.greeting(self._zone.name)
            case "thanks":
                return texts.THANKS if known.latest_open() else texts.WELCOME
        return texts.UNCLEAR
