"""Choices that were tapped or numbered, as answers to the chat's questions. Pure."""

from dataclasses import replace
from datetime import datetime

from handlers.residents import reading
from handlers.residents.asking import Asker
from handlers.residents.draft import Draft
from handlers.residents.drafting import chosen
from handlers.residents.reporting import Reporting, kept
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import State, Talk
from handlers.rules.zone import NONE


class Picking:
    """Takes choices and goes on with the report."""

    def __init__(self, asker: Asker, reporting: Reporting) -> None:
        self._ask = asker
        self._reporting = reporting

    def picked(self, talk: Talk, heard: Heard, now: datetime) -> Step | None:
        """Take a tapped or typed choice; None where the text is none."""
        draft = talk.draft
        match talk.state:
            case State.CATEGORY:
                category = self._ask.category_picked(draft, heard.text)
                return None if category is None else self._category(talk, kept(draft, heard), category, now)
            case State.SPOT:
                office = self._ask.spot_picked(draft, heard.text)
                return self._spot(talk, kept(draft, heard), office, now) if office else None
            case State.ELSEWHERE:
                return self._insisted(talk, kept(draft, heard), heard.text, now)
            case State.WHERE | State.NEARER if draft.here and reading.here(heard.text):
                return self._reporting.ask_or_file(
                    talk, replace(kept(draft, heard), point=draft.here, asked=0), now
                )
        return None

    def _category(self, talk: Talk, draft: Draft, category: str, now: datetime) -> Step:
        if category:
            return self._reporting.ask_or_file(talk, chosen(draft, category), now)
        none = replace(draft, category="", also=(), why=(), confidence=0.0)
        if not draft.offered:
            rest = tuple(code for code in self._ask.categories if code not in draft.choices)
            return self._reporting.ask_or_file(talk, replace(none, choices=rest, offered=True, asked=0), now)
        return self._reporting.elsewhere(talk, replace(none, choices=()), now)

    def _spot(self, talk: Talk, draft: Draft, office: str, now: datetime) -> Step:
        name = self._ask.spot_name(office)
        place = draft.place if name in draft.place else f"{draft.place}（{name}）"
        return self._reporting.ask_or_file(
            talk, replace(draft, office=office, offices=(), place=place, asked=0), now
        )

    def _insisted(self, talk: Talk, draft: Draft, text: str, now: datetime) -> Step | None:
        if reading.insists(text):
            return self._reporting.ask_or_file(talk, replace(draft, category=NONE, choices=(), asked=0), now)
        every = replace(draft, choices=self._ask.categories)
        category = self._ask.category_picked(every, text)
        return self._reporting.ask_or_file(talk, chosen(draft, category), now) if category else None
