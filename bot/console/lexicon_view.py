"""What the lexicon's pages show of values, in words that officers read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.console.lexicon_marks import pieces
from handlers.lexicon.comparing import Outcome, reading
from handlers.lexicon.misled import Misleading
from handlers.lexicon.words import ELSEWHERE
from handlers.lexicon.workbench import PACKAGED, InForce
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import NONE, Zone
from nlp import Lexicon
from nlp.differences import Difference
from nlp.explaining import Explainer, Explanation
from storage.lexicons import Edition

CATEGORIES_SHOWN = 4
WORDS_SHOWN = 8
DIFFERENCES_SHOWN = 200
_SECTIONS = {
    "groups": "词组",
    "weights": "分量",
    "pairs": "搭配",
    "categories": "类别名称",
    "settings": "设置",
    "bias": "起点分",
    "also": "兼类门槛",
    "signs": "紧急信号",
    "negation": "否定",
    "intents": "意图",
    "places": "地名",
}
OUTCOMES = {
    Outcome.WORSE: "改坏了",
    Outcome.BETTER: "改好了",
    Outcome.WRONG: "仍然不对",
    Outcome.OPEN: "未经核实",
}


class View:
    """Turns values of the lexicon into what templates show."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar) -> None:
        self._zone = zone
        self._calendar = calendar

    def name(self, code: str) -> str:
        """Return a category's name; what is none of ours is nobody's here."""
        return ELSEWHERE if code == NONE else self._zone.category_name(code)

    @staticmethod
    def version(number: int) -> str:
        """Return how a version is called."""
        return "随程序的词库" if number == PACKAGED else f"第{number}版"

    def known(self, one: InForce) -> dict[str, Any]:
        """Return a version without its text."""
        return self._called(one.version, one.author, one.note, one.published_at)

    def edition(self, one: Edition) -> dict[str, Any]:
        """Return a version of the list."""
        return self._called(one.version, one.author, one.note, one.published_at)

    def _called(self, version: int, author: str, note: str, at: datetime | None) -> dict[str, Any]:
        local = self._calendar.local(at) if at else None
        return {
            "number": version,
            "name": self.version(version),
            "author": author,
            "note": note,
            "published_at": local,
        }

    def reading(self, name: str, explainer: Explainer, text: str) -> dict[str, Any]:
        """Return how a lexicon reads a text: the verdict, the marked words, and what each word said."""
        told, judged = explainer.explain(text), reading(explainer, text)
        return {
            "name": name,
            "category": self.name(judged.category),
            "asks": judged.asks,
            "decided": told.decided,
            "share": round(told.confidence * 100),
            "also": [self.name(code) for code in told.also if code != NONE],
            "pieces": pieces(told),
            "votes": self._votes(told),
        }

    def _votes(self, told: Explanation) -> list[tuple[str, list[tuple[str, float]]]]:
        votes: dict[str, list[tuple[str, float]]] = {}
        for code in told.ranked[:CATEGORIES_SHOWN]:
            said = [(pull.word, pull.weight) for pull in told.pulls if pull.code == code]
            if said:
                votes[self.name(code)] = said[:WORDS_SHOWN]
        return list(votes.items())

    def groups(self, lexicon: Lexicon) -> list[tuple[str, list[str]]]:
        """Return the names of the groups by the category that each speaks for most."""
        found: dict[str, list[str]] = {code: [] for code in lexicon.codes}
        rest: list[str] = []
        for name in lexicon.groups:
            said = lexicon.by_hand.get(name, ())
            listed = found[max(said, key=lambda weight: weight.anywhere).code] if said else rest
            listed.append(name)
        named = [(self.name(code), names) for code, names in found.items()]
        return [(label, names) for label, names in (*named, ("其他词", rest)) if names]

    @staticmethod
    def differences(found: Sequence[Difference]) -> dict[str, Any]:
        """Return what differs between two lexicons, and how many places there are in all."""
        rows = [
            one._asdict() | {"section": _SECTIONS.get(one.section, one.section)}
            for one in found[:DIFFERENCES_SHOWN]
        ]
        return {"rows": rows, "total": len(found)}

    def trial(self, trial: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
        """Return how a draft did on stored tickets; ``texts`` holds their words by number."""
        changes = [
            {
                **change,
                **{
                    side: self.name(change[side]) if change[side] else ""
                    for side in ("before", "after", "truth")
                },
                "outcome_label": OUTCOMES[Outcome(change["outcome"])],
                "text": texts.get(change["number"], ""),
            }
            for change in trial.get("changes", ())
        ]
        counts = [
            (kind.value, OUTCOMES[kind], trial.get("counts", {}).get(kind.value, 0)) for kind in Outcome
        ]
        return {**trial, "changes": changes, "counts": counts}

    def misleading(self, one: Misleading) -> dict[str, Any]:
        """Return a word that misled, with its tickets."""
        tickets = [
            asdict(ticket)
            | {"first": self.name(ticket.first), "category": self.name(ticket.category)}
            | {"lexicon": self.version(ticket.lexicon)}
            for ticket in one.tickets
        ]
        truths = [(self.name(code), times) for code, times in one.truths]
        return {"word": one.word, "said": self.name(one.code), "truths": truths, "tickets": tickets}
