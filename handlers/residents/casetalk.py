"""Talking of tickets that are there: adding, urging, taking back, judging. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.residents import commands
from handlers.residents.asking import bare_correction, verdict
from handlers.residents.known import Case, Known
from handlers.residents.reporting import Reporting
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import Draft, State, Talk
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts


class CaseTalk:
    """Finds the ticket that is meant and decides what happens with it."""

    def __init__(self, zone: Zone, reporting: Reporting) -> None:
        self._zone = zone
        self._reporting = reporting

    def add(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Add to a ticket, or put it right; without one it is a report."""
        case = self._meant(talk, heard, known)
        if case is None:
            return self._reporting.begin(talk, heard, known, now)
        if heard.intent != "correction":
            return Step(commands.Join(case.id), talk.idle(case.id))
        if bare_correction(heard.text):
            return Step(commands.Say(texts.correct_how()), replace(talk.idle(case.id), state=State.CORRECT))
        return Step(commands.Correct(case.id), talk.idle(case.id))

    def follow(self, talk: Talk, known: Known, now: datetime) -> Step | None:
        """Return the step that joins a thing without words to a ticket; None where it begins a report."""
        case = known.by_id(talk.ticket_id) or known.latest_open()
        if case is None or not self._follows(case, talk, now):
            return None
        return Step(commands.Join(case.id), talk.idle(case.id))

    def urge(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Urge the ticket that is meant; "why does nobody come" may also be a first report."""
        case = self._meant(talk, heard, known)
        if case is not None and case.open:
            return Step(commands.Urge(case.id), talk.idle(case.id))
        if case is None and heard.number:
            return Step(commands.Say(texts.NOT_YOURS), talk)
        if case is None and heard.category != NONE:
            return self._reporting.begin(talk, heard, known, now)
        ended = case or next(iter(known.cases), None)
        words = texts.urge_ended(ended.number, ended.status.label) if ended else texts.NOTHING_TO_URGE
        return Step(commands.Say(words), talk)

    def urge_latest(self, talk: Talk, known: Known) -> Step:
        """Urge the newest open ticket (a press on the menu)."""
        case = known.latest_open()
        return Step(commands.Urge(case.id) if case else commands.Say(texts.NOTHING_TO_URGE), talk)

    def withdraw(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Ask before a ticket is taken back."""
        case = known.numbered(heard.number) if heard.number else known.latest_open()
        if case is None:
            return Step(commands.Say(texts.NOT_YOURS if heard.number else texts.NOTHING_TO_WITHDRAW), talk)
        if not case.open:
            return Step(commands.Say(texts.withdraw_too_late(case.number, case.status.label)), talk)
        question = texts.withdraw_sure(case.number, self._zone.category_name(case.category))
        waiting = self._reporting.waiting(talk.idle(case.id), State.WITHDRAW, Draft(), now)
        return Step(commands.Say(question), waiting)

    def rate(self, talk: Talk, heard: Heard, known: Known) -> Step:
        """Take the verdict on a ticket that is resolved."""
        case = _to_rate(heard, known)
        if case is None:
            return Step(commands.Say(_nothing_to_rate(known)), talk)
        if case.open:
            return Step(commands.Say(texts.rate_later(case.number, case.status.label)), talk)
        if not case.rateable:
            return Step(commands.Say(texts.rated_already(case.number)), talk)
        satisfied = verdict(heard.text)
        after = talk.idle(case.id)
        return Step(
            commands.Rate(case.id, satisfied), after if satisfied else replace(after, state=State.WHY)
        )

    def why(self, talk: Talk, known: Known) -> Step | None:
        """Take words after a bad verdict as its reason; None where the ticket is gone."""
        case = known.by_id(talk.ticket_id)
        return Step(commands.Join(case.id), talk.idle(case.id)) if case else None

    @staticmethod
    def _meant(talk: Talk, heard: Heard, known: Known) -> Case | None:
        """The ticket that is named, or talked of, or the newest that is open."""
        if heard.number:
            return known.numbered(heard.number)
        talked = known.by_id(talk.ticket_id)
        return talked if talked and talked.open else known.latest_open()

    def _follows(self, case: Case, talk: Talk, now: datetime) -> bool:
        fresh = now - case.created_at <= timedelta(hours=self._zone.dialogue.follow_on_hours)
        return case.open and (fresh or talk.state is State.WHY)


def _to_rate(heard: Heard, known: Known) -> Case | None:
    """The ticket of the tapped choice (its id and one digit more), the named one, or the newest due."""
    menu_id = heard.incoming.menu_id
    if menu_id.isdecimal() and len(menu_id) > 1:
        return known.by_id(int(menu_id[:-1]))
    return known.numbered(heard.number) if heard.number else known.rateable()


def _nothing_to_rate(known: Known) -> str:
    latest = next(iter(known.cases), None)
    if latest and latest.open:
        return texts.rate_later(latest.number, latest.status.label)
    return texts.NOTHING_TO_RATE
