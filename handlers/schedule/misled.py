"""Every week the desk is told which words misled, so that the lexicon follows what officers put right."""

from datetime import datetime, timedelta

from handlers.lexicon.misled import Misleading, misled
from handlers.rules.zone import DESK, Zone
from handlers.telling import Teller
from handlers.texts import lexicon as texts
from storage.unit import Unit

WEEK = timedelta(days=7)
WORDS_TOLD = 5
"""The worst; the console shows all."""


class Misled:
    """A job: one notice a week, none where nothing was put right."""

    def __init__(self, zone: Zone, teller: Teller) -> None:
        self._zone = zone
        self._teller = teller

    def __call__(self, unit: Unit, now: datetime) -> bool:
        """Tell the desk of the last seven days, once a day at most; return False: that is all."""
        found = misled(unit, now - WEEK)
        tickets = {ticket.number for one in found for ticket in one.tickets}
        if tickets:
            named = [one for one in found if one.word]
            wordless = sum(len(one.tickets) for one in found if not one.word)
            words = [self._told(one) for one in named[:WORDS_TOLD]]
            text = texts.misled(len(tickets), words, wordless)
            self._teller.at_large(unit, DESK, "misled", text, now, fact=f"misled:{now:%Y%m%d}")
        return False

    def _told(self, one: Misleading) -> tuple[str, int, str, str]:
        right = "、".join(self._zone.category_name(code) for code, _ in one.truths)
        return one.word, len(one.tickets), self._zone.category_name(one.code), right
