"""Everything about one text in one call: intent, category, places, urgency, particulars."""

from __future__ import annotations

from nlp.category import Categoriser, Verdict, lead_end
from nlp.details import accused, particulars, ticket_number, ticket_pattern
from nlp.gazetteer import Gazetteer
from nlp.intents import IntentReader, is_readable
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.phrases import PhraseBook
from nlp.places import PlaceFinder
from nlp.resolve import places
from nlp.segment import Segmenter
from nlp.typos import NearNames
from nlp.values import NONE, Analysis
from nlp.words import WordFinder

CONTACTS = frozenset({"human", "help"})
"""What people also ask of other authorities: 供电局电话多少, 医保要什么材料."""

POLITE = frozenset({"thanks", "greeting"})
"""Said in passing where a nuisance is reported: 您好，楼下油烟太大，谢谢."""

TALE = 60
"""Characters from which a text that names nothing of ours tells of something else."""

HESITANT = 0.3
"""Confidence below which a text that names a nuisance is a report, though another matter seems likelier."""

SURE = 0.85
"""Confidence from which a matter is surely not ours."""

CHOICES = 3
"""Categories offered to a resident whose report is not clear."""


class Analyser:
    """Analyses texts by a lexicon and a gazetteer; making one takes a second, analysing is thread-safe."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, prefix: str = "GX") -> None:
        self._lexicon = lexicon
        words = [word for group in lexicon.groups.values() for word in group]
        self._words = WordFinder(lexicon.groups, Segmenter(words))
        self._categories = Categoriser(lexicon)
        self._intents = IntentReader(lexicon)
        self._signs = PhraseBook(lexicon.signs)
        self._places = PlaceFinder(lexicon.places, gazetteer)
        self._near = NearNames(gazetteer.entries, lexicon.places.lookalikes)
        self._nuisances = _nuisances(lexicon)
        self._prefix, self._ticket = prefix, ticket_pattern(prefix)

    def analyse(self, text: str) -> Analysis:
        """What a text says. Any text is taken; what is longer than normalise.MAX_CHARS is cut."""
        written, text = text.strip(), normalise(text)
        lead = lead_end(text)
        hits = self._words.find(text)
        verdict = self._categories.judge(self._categories.signs(text, hits, lead))
        breaks = [(hit.start, hit.end) for hit in hits if not self._nuisances.isdisjoint(hit.roles)]
        chains = self._places.find(text, breaks, lead)
        flags = tuple(self._signs.find(text))
        ticket = ticket_number(text, self._ticket, self._prefix)
        intent = self._intent(text, verdict, ticket)
        return Analysis(
            text=text,
            intent=intent,
            primary=verdict.primary,
            also=verdict.also,
            confidence=verdict.confidence,
            choices=self._choices(verdict, intent),
            places=places(text, chains, self._near, lead, written if len(written) == len(text) else text),
            why=verdict.why,
            urgency=_urgency(intent, flags),
            flags=flags,
            accused=accused(text, chains),
            ticket=ticket,
            details=particulars(text),
        )

    def _intent(self, text: str, verdict: Verdict, ticket: str) -> str:
        if not is_readable(text):
            return "unclear"
        rest = self._ticket.sub("", text) if ticket else text
        said = self._intents.whole(rest) or self._intents.strong(rest)
        if said in POLITE and verdict.primary != NONE and verdict.why:
            return "report"
        if said or ticket:
            return said or "progress"
        return self._by_category(text, verdict)

    def _by_category(self, text: str, verdict: Verdict) -> str:
        hesitant = verdict.nuisance and verdict.confidence < HESITANT
        if (verdict.primary != NONE and verdict.why) or hesitant:
            return "report"
        weak = self._intents.weak(text)
        if weak and not (weak in CONTACTS and _is_elsewhere(verdict)):
            return weak
        return "not_ours" if verdict.topical or (len(text) > TALE and _is_elsewhere(verdict)) else "unclear"

    def _choices(self, verdict: Verdict, intent: str) -> tuple[str, ...]:
        if intent != "report" or (verdict.confidence >= self._lexicon.ask_below and verdict.primary != NONE):
            return ()
        return tuple(code for code in verdict.ranked if code != NONE)[:CHOICES]


def _nuisances(lexicon: Lexicon) -> frozenset[str]:
    """The groups that speak for a category by hand; their words are no part of a place's name."""
    return frozenset(
        group for group, weights in lexicon.by_hand.items() if any(weight.code != NONE for weight in weights)
    )


def _is_elsewhere(verdict: Verdict) -> bool:
    return verdict.primary == NONE and verdict.confidence >= SURE


def _urgency(intent: str, flags: tuple[str, ...]) -> int:
    if intent == "emergency":
        return 2
    heavy = {"danger", "illness"} & set(flags)
    if heavy and {"vulnerable", "crowd"} & set(flags):
        return 2
    return int(bool(heavy) or len({"vulnerable", "crowd", "repeated", "night"} & set(flags)) >= 3)  # noqa: PLR2004
