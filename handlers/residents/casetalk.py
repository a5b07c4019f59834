"""Talking of tickets that are there: adding, urging, taking back, judging. Pure."""

from datetime import datetime, timedelta

from handlers.residents import commands, reading
from handlers.residents.draft import Draft
from handlers.residents.known import Case, Known
from handlers.residents.placing import unknowing
from handlers.residents.reporting import Reporting
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts

SAME_BREATH = timedelta(minutes=30)
"""How long after filing words without a place of their own still belong to that ticket."""


class CaseTalk:
    """Finds the ticket that is meant and decides what happens with it."""

    def __init__(self, zone: Zone, reporting: Reporting) -> None:
        self._zone = zone
        self._reporting = reporting

    def add(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Add to a ticket, or put it right; without one it is a report."""
        case = self._meant(talk, heard, known)
        if case is None and heard.number:
            return Step(commands.Say(texts.NOT_YOURS), talk)
        if case is None:
            return self._without_case(talk, heard, known, now)
        if heard.intent != "correction":
            bare = reading.bare_supplement(heard.text)
            return self._await(talk, case, State.MORE, now) if bare else _joined(talk, case)
        if reading.bare_correction(heard.text):
            return self._await(talk, case, State.CORRECT, now)
        return Step(commands.Correct(case.id), talk.idle(case.id))

    def _without_case(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if reading.bare_supplement(heard.text) or reading.bare_correction(heard.text):
            return Step(commands.Say(texts.NO_TICKETS), talk)
        return self._reporting.begin(talk, heard, known, now)

    def _await(self, talk: Talk, case: Case, state: State, now: datetime) -> Step:
        words = texts.add_how(case.number) if state is State.MORE else texts.correct_how()
        return Step(commands.Say(words), self._reporting.waiting(talk.idle(case.id), state, Draft(), now))

    def follow(self, talk: Talk, known: Known, now: datetime) -> Step | None:
        """Return the step that joins a thing without words to a ticket; None where it begins a report."""
        talked, latest = known.by_id(talk.ticket_id), known.latest_open()
        found = next((case for case in (talked, latest) if case and self._follows(case, talk, now)), None)
        return _joined(talk, found) if found else None

    def follow_on(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step | None:
        """Return the step that joins words to the ticket that was filed a moment ago.

        People tell in several messages. Words that name a place are a matter of their own.
        """
        case = known.by_id(talk.ticket_id)
        if case is None or not case.open or now - case.created_at > SAME_BREATH:
            return None
        placed = heard.analysis is not None and heard.analysis.places
        short = len(heard.text) < self._zone.dialogue.minimum_characters
        return None if placed or short else _joined(talk, case)

    def located(self, talk: Talk, case: Case, heard: Heard) -> Step | None:
        """Take words that tell where a ticket lies whose place nobody knew; None for other words."""
        if unknowing(heard.text):
            return Step(commands.Say(texts.WILL_FIND), talk.idle(case.id))
        if heard.category == NONE and heard.analysis is not None and heard.analysis.places:
            return Step(commands.Correct(case.id), talk.idle(case.id))
        return None

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

    def urge_in_between(self, talk: Talk, heard: Heard, known: Known) -> Step:
        """Urge while another report is being told; without a ticket there is only that report."""
        case = known.numbered(heard.number) if heard.number else known.latest_open()
        if case is not None and case.open:
            return Step(commands.Urge(case.id), talk)
        return Step(commands.Say(texts.NOT_YOURS if heard.number else texts.NOT_FILED_YET), talk)

    def urge_latest(self, talk: Talk, known: Known) -> Step:
        """Urge the newest open ticket (a press on the menu)."""
        case = known.latest_open()
        return Step(commands.Urge(case.id) if case else commands.Say(texts.NOTHING_TO_URGE), talk)

    def withdraw(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Ask before a ticket is taken back."""
        case = known.numbered(heard.number) if heard.number else self._meant(talk, heard, known)
        if case is None:
            return Step(commands.Say(texts.NOT_YOURS if heard.number else texts.NOTHING_TO_WITHDRAW), talk)
        if not case.open:
            return Step(commands.Say(texts.withdraw_too_late(case.number, case.status.label)), talk)
        question = texts.withdraw_sure(case.number, self._zone.category_name(case.category))
        waiting = self._reporting.waiting(talk.about(case.id), State.WITHDRAW, talk.draft, now)
        return Step(commands.Say(question), waiting)

    def rate(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Take the verdict on a ticket that is resolved."""
        case = _to_rate(heard, known)
        if case is None:
            return self._nothing_to_rate(talk, known)
        if case.open:
            words = texts.heard_early(case.number, case.status.label)
            return Step(commands.Join(case.id, words), talk.idle(case.id))
        if not case.rateable:
            return Step(commands.Say(texts.rated_already(case.number, case.status.label)), talk)
        satisfied = reading.verdict(heard.text)
        if satisfied is None:
            return Step(commands.Say(texts.rate_how(case.number, case.id)), talk)
        why = self._reporting.waiting(talk.idle(case.id), State.WHY, Draft(), now)
        return Step(commands.Rate(case.id, satisfied), talk.idle(case.id) if satisfied else why)

    @staticmethod
    def _nothing_to_rate(talk: Talk, known: Known) -> Step:
        case = known.latest_open()
        if case is None:
            return Step(commands.Say(texts.NOTHING_TO_RATE), talk)
        words = texts.heard_early(case.number, case.status.label)
        return Step(commands.Join(case.id, words), talk.idle(case.id))

    @staticmethod
    def _meant(talk: Talk, heard: Heard, known: Known) -> Case | None:
        """The ticket that is named by number or place, or talked of, or the newest that is open."""
        if heard.number:
            return known.numbered(heard.number)
        places = {place.name or place.text for place in heard.analysis.places} if heard.analysis else set()
        placed = (case for case in known.cases if case.open and case.place_key in places)
        talked = known.by_id(talk.ticket_id)
        return next(placed, None) or (talked if talked and talked.open else known.latest_open())

    def _follows(self, case: Case, talk: Talk, now: datetime) -> bool:
        fresh = now - case.created_at <= timedelta(hours=self._zone.dialogue.follow_on_hours)
        return case.open and (fresh or talk.state in {State.WHY, State.MORE})


def _joined(talk: Talk, case: Case) -> Step:
    return Step(commands.Join(case.id), talk.idle(case.id))


def _to_rate(heard: Heard, known: Known) -> Case | None:
    """The ticket of the tapped choice (its id and one digit more), the named one, or the newest due."""
    tapped = reading.judged(heard.incoming.menu_id)
    if tapped is not None:
        return known.by_id(tapped)
    return known.numbered(heard.number) if heard.number else known.rateable()
