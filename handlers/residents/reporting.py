"""Telling a report: from the first words to what can be filed, one question at a time. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.residents import commands
from handlers.residents.asking import Asker
from handlers.residents.draft import Draft
from handlers.residents.drafting import SURE, Lack, grown, lack, settled, tells
from handlers.residents.incoming import Kind
from handlers.residents.known import Known, Scene
from handlers.residents.placing import unknowing
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts


class Reporting:
    """Grows a draft and asks for the one thing that it lacks."""

    def __init__(self, zone: Zone, asker: Asker) -> None:
        self._zone = zone
        self._ask = asker

    def begin(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Begin a report with this message, or go on with the one that is being told."""
        draft = talk.draft if talk.state.drafts else Draft()
        return self.ask_or_file(talk, replace(_grown(draft, heard), here=known.here), now)

    def scanned(self, talk: Talk, scene: Scene, now: datetime) -> Step:
        """Take the place of a poster: it is where the matter is, unless the resident names another."""
        draft = talk.draft if talk.state.drafts and not talk.state.informed else Draft()
        if not draft.placed:
            draft = replace(
                draft,
                place=scene.place,
                place_name=scene.place,
                office=scene.office,
                community=scene.community,
            )
        if not draft.empty:
            return self.ask_or_file(talk, replace(draft, asked=0), now)
        words = texts.scanned(self._zone.name, scene.place)
        return Step(commands.Say(words), self.waiting(talk.idle(), State.WHAT, draft, now))

    def elsewhere(self, talk: Talk, draft: Draft, now: datetime) -> Step:
        """Say who answers for what we do not, and leave it to the resident to insist."""
        words = self._ask.elsewhere(draft)
        return Step(commands.Say(words), self.waiting(talk, State.ELSEWHERE, draft, now))

    def not_ours(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        """Keep what another authority answers for while the resident may insist."""
        draft = talk.draft if talk.state.drafts else Draft()
        return self.elsewhere(talk, _grown(draft, heard), now)

    def answer(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        """Take a text as the answer to the question that was put."""
        draft = _unplaced(talk.draft) if talk.state is State.OUTSIDE else talk.draft
        as_place = talk.state in (State.WHERE, State.NEARER, State.OUTSIDE) and _may_be_place(draft, heard)
        if talk.state is State.CATEGORY and unknowing(heard.text):
            return self.ask_or_file(talk, settled(kept(draft, heard)), now)
        after = _grown(_before(talk, draft, heard), heard, as_place=as_place)
        if talk.state is State.CATEGORY and (after.choices or heard.category == NONE):
            after = self._all_offered(after, after.choices or draft.choices)
        helped = lack(after) is not lack(talk.draft)
        return self.ask_or_file(talk, replace(after, asked=0) if helped else after, now)

    def _all_offered(self, draft: Draft, choices: tuple[str, ...]) -> Draft:
        """Neither a choice nor other words did: let everything be chosen from, the likeliest first."""
        rest = tuple(code for code in self._ask.categories if code not in choices)
        return replace(draft, choices=(*choices, *rest), offered=True)

    def wrong_place(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        """Forget a place that the resident says is not the one, and ask again."""
        return self.ask_or_file(talk, kept(_unplaced(talk.draft), heard), now)

    def thing(self, talk: Talk, heard: Heard, known: Known, now: datetime) -> Step:
        """Take a photo, voice, video, link or position without words."""
        if not talk.state.drafts or talk.state.informed:
            draft = replace(_grown(Draft(), heard), here=known.here)
            question = self._ask.about_thing(heard.incoming.kind, draft)
            return Step(commands.Say(question), self.waiting(talk.idle(), State.WHAT, draft, now))
        draft = _grown(talk.draft, heard)
        if heard.incoming.kind is Kind.LOCATION:
            return self.ask_or_file(talk, replace(draft, asked=0, district=""), now)
        waiting = self.waiting(talk, talk.state, draft, now)
        if talk.draft.attachments and heard.attachment_ids and not talk.draft.texts:
            return Step(commands.Say(texts.ANOTHER), waiting)  # nine photos need not nine questions
        return Step(commands.Say(self.pending(waiting)), waiting)

    def inside(self, talk: Talk, heard: Heard, now: datetime) -> Step:
        """Take a position as the place of what was thought to lie in the next district."""
        return self.ask_or_file(talk, _grown(_unplaced(talk.draft), heard), now)

    def ask_or_file(self, talk: Talk, draft: Draft, now: datetime) -> Step:
        """Ask for what is missing, or file the draft; after some tries it is filed as it is."""
        outside = self._ask.outside(draft)
        if outside:
            return Step(commands.Say(outside), self.waiting(talk, State.OUTSIDE, draft, now))
        missing = lack(draft)
        if missing is None or (draft.human and draft.texts):
            return self._file(talk, settled(draft), now, complete=True)
        if draft.asked >= self._zone.dialogue.ask_times:
            return self._file(talk, settled(draft), now, complete=False)
        if missing is Lack.WHAT and not draft.offered and (draft.asked or tells(draft)):
            # Words did not do: choosing is easier than finding others.
            draft, missing = replace(draft, choices=self._ask.categories, offered=True), Lack.CATEGORY
        state, question = self._ask.question(missing, draft)
        nearer = draft.asked_nearer or missing is Lack.NEARER
        asked = replace(draft, asked=draft.asked + 1, asked_nearer=nearer)
        return Step(commands.Say(question), self.waiting(talk, state, asked, now))

    def give_up(self, talk: Talk) -> Step:
        """File what was told so far: nobody answered."""
        return Step(commands.File(settled(talk.draft), complete=False), talk.idle())

    def resumed(self, talk: Talk, now: datetime) -> Talk:
        """Return the talk at the question that its draft is waiting for."""
        missing = lack(talk.draft) or Lack.WHERE
        state, _ = self._ask.question(missing, talk.draft)
        return self.waiting(talk, state, talk.draft, now)

    def pending(self, talk: Talk) -> str:
        """Return the question that waits for its answer, "" where none does."""
        if not talk.state.drafts or talk.state.informed:
            return ""
        missing = lack(talk.draft)
        return self._ask.question(missing, replace(talk.draft, asked=0))[1] if missing else ""

    def waiting(self, talk: Talk, state: State, draft: Draft, now: datetime) -> Talk:
        """Return the talk that waits for an answer, as long as silence is allowed to last."""
        return talk.waiting(state, draft, now + timedelta(hours=self._zone.dialogue.silence_hours))

    def _file(self, talk: Talk, draft: Draft, now: datetime, *, complete: bool) -> Step:
        locate = draft.placed and not draft.known
        after = self.waiting(talk, State.LOCATE, Draft(), now) if locate else talk.idle()
        return Step(commands.File(draft, complete=complete), after)


def kept(draft: Draft, heard: Heard) -> Draft:
    """Return the draft with a message and its files, whatever they say."""
    return replace(
        draft,
        messages=(*draft.messages, heard.message_id),
        attachments=(*draft.attachments, *heard.attachment_ids),
    )


def _grown(draft: Draft, heard: Heard, *, as_place: bool = False) -> Draft:
    return grown(kept(draft, heard), heard.incoming, heard.analysis, as_place=as_place)


def _unplaced(draft: Draft) -> Draft:
    return replace(
        draft, place="", place_name="", wide=False, office="", community="", district="", offices=(), asked=0
    )


def _before(talk: Talk, draft: Draft, heard: Heard) -> Draft:
    """Which matter it is was asked: what is said now counts for more than what was guessed before."""
    if talk.state is State.CATEGORY and heard.category != NONE:
        return replace(draft, category="", confidence=0.0, choices=())
    return draft


def _may_be_place(draft: Draft, heard: Heard) -> bool:
    """Whether an answer to "where?" without a known place is one; more of the matter is none at first."""
    tells = heard.intent == "report" and heard.analysis is not None and heard.analysis.confidence >= SURE
    return not tells or draft.asked > 1
