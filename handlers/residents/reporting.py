"""Telling a report: from the first words to what can be filed, one question at a time. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.residents import commands
from handlers.residents.asking import Asker
from handlers.residents.drafting import Lack, chosen, grown, lack
from handlers.residents.incoming import Kind
from handlers.residents.known import Known
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import Draft, State, Talk
from handlers.rules.zone import NONE, Zone


class Reporting:
    """Grows a draft and asks for the one thing that it lacks."""

    def __init__(self, zone: Zone, asker: Asker) -> None:
        self._zone = zone
        self._ask = asker

    def begin(
        self, talk: Talk, heard: Heard, known: Known, now: datetime, draft: Draft | None = None
    ) -> Step:
        """Begin a report with this message, or go on with ``draft``."""
        return self.ask_or_file(talk, self._scened(self._grown(draft or Draft(), heard), known), now)

    def answer(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Take a text as the answer to the question that was put."""
        draft = talk.draft
        if talk.state is State.CATEGORY:
            picked = self._ask.category_picked(draft, heard.text)
            if picked is not None:
                return self.ask_or_file(talk, self._picked(draft, heard, picked), now)
        if talk.state is State.SPOT:
            office = self._ask.spot_picked(draft, heard.text)
            if office:
                found = replace(self._kept(draft, heard), office=office, offices=())
                return self.ask_or_file(talk, found, now)
        if talk.state is State.OUTSIDE:
            return self._outside(talk, heard, known, now)
        return self._more(talk, heard, now)

    def thing(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Take a photo, voice, video or position without words."""
        if not talk.state.drafts:
            draft = self._scened(self._grown(Draft(), heard), known)
            question = self._ask.about_thing(heard.incoming.kind, draft)
            return Step(commands.Say(question), self.waiting(talk, State.WHAT, draft, now))
        draft = self._grown(talk.draft, heard)
        if heard.incoming.kind is Kind.LOCATION:
            return self.ask_or_file(talk, replace(draft, asked=0, district=""), now)
        state, question = self._ask.question(lack(draft) or Lack.WHAT, draft)
        return Step(commands.Say(question), self.waiting(talk, state, draft, now))

    def ask_or_file(self, talk: Talk, draft: Draft, now: datetime) -> Step:
        """Ask for what is missing, or file the draft; after some tries it is filed as it is."""
        outside = self._ask.outside(draft)
        if outside:
            return Step(commands.Say(outside), self.waiting(talk, State.OUTSIDE, draft, now))
        missing = lack(draft)
        if missing is None:
            return Step(commands.File(draft), talk.idle())
        if draft.asked >= self._zone.dialogue.ask_times:
            return Step(commands.File(settled(draft), complete=False), talk.idle())
        state, question = self._ask.question(missing, draft)
        nearer = draft.asked_nearer or missing is Lack.NEARER
        asked = replace(draft, asked=draft.asked + 1, asked_nearer=nearer)
        return Step(commands.Say(question), self.waiting(talk, state, asked, now))

    def give_up(self, talk: Talk) -> Step:
        """File what was told so far: nobody answered."""
        return Step(commands.File(settled(talk.draft), complete=False), talk.idle())

    def waiting(self, talk: Talk, state: State, draft: Draft, now: datetime) -> Talk:
        """Return the talk that waits for an answer, as long as silence is allowed to last."""
        return talk.waiting(state, draft, now + timedelta(hours=self._zone.dialogue.silence_hours))

    def _more(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        as_place = talk.state in (State.WHERE, State.NEARER)
        draft = self._grown(talk.draft, heard, as_place=as_place)
        if talk.state is State.CATEGORY and heard.category == NONE:
            draft = replace(draft, choices=talk.draft.choices)
        helped = lack(draft) is not lack(talk.draft)
        return self.ask_or_file(talk, replace(draft, asked=0) if helped else draft, now)

    def _picked(self, draft: Draft, heard: Heard, category: str) -> Draft:
        kept = self._kept(draft, heard)
        if not category:  # none of those that were offered
            return replace(kept, choices=(), category="", why=(), confidence=0.0)
        return chosen(kept, category)

    def _outside(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        if heard.intent == "report" and heard.category != NONE:
            return self.begin(talk.idle(), heard, known, now)
        blank = replace(
            talk.draft, place="", place_name="", office="", community="", district="", offices=(), asked=0
        )
        return self.ask_or_file(talk, self._grown(blank, heard, as_place=True), now)

    def _grown(self, draft: Draft, heard: Heard, *, as_place: bool = False) -> Draft:
        return grown(self._kept(draft, heard), heard.incoming, heard.analysis, as_place=as_place)

    @staticmethod
    def _kept(draft: Draft, heard: Heard) -> Draft:
        return replace(
            draft,
            messages=(*draft.messages, heard.message_id),
            attachments=(*draft.attachments, *heard.attachment_ids),
        )

    @staticmethod
    def _scened(draft: Draft, known: Known) -> Draft:
        """Where a scanned poster hangs is where the matter is, unless the resident names a place."""
        if draft.placed or not known.scene_place:
            return draft
        return replace(
            draft,
            place=known.scene_place,
            place_name=known.scene_place,
            office=known.scene_office,
            community=known.scene_community,
        )


def settled(draft: Draft) -> Draft:
    """Return a draft as it is filed although something stayed open: the likeliest category stands."""
    return replace(draft, category=draft.category or next(iter(draft.choices), NONE), choices=())
