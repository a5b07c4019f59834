"""What the page of a draft shows: what it changes, how it did, and the choices of its forms."""

from typing import Any

from bot.console.lexicon_bench import Bench
from handlers.discretion import discreet
from handlers.lexicon.words import LEVELS, LONGEST_WORD, How
from handlers.lexicon.workbench import InForce
from handlers.offices.errors import Invalid
from handlers.texts import brief
from nlp import NONE
from nlp.differences import differences
from storage.models import LexiconDraft

SUMMARY_CHARACTERS = 80
HOWS = {
    How.LIKE: "和某个词组的词一样",
    How.SAYS: "说明是某一类问题",
    How.BLOCKS: "不算数（只用来挡住误认）",
    How.REMOVED: "从词库里去掉",
}


async def drafted(bench: Bench, in_force: InForce, draft: LexiconDraft) -> dict[str, Any]:
    """Return what the page shows of a draft; where it cannot be used, why, and its text alone."""
    shown = {
        "draft": draft,
        "behind": draft.base != in_force.version,
        "base": bench.view.version(draft.base),
        "changed_at": bench.office.calendar.local(draft.changed_at),
    }
    try:
        return {**shown, **await _read(bench, in_force, draft), "broken": ""}
    except Invalid as error:  # another version of the program may ask for more
        return {**shown, "broken": str(error)}


async def _read(bench: Bench, in_force: InForce, draft: LexiconDraft) -> dict[str, Any]:
    before, after = await bench.trials.sheet(in_force.text), await bench.trials.sheet(draft.text)
    codes = (*after.lexicon.categories, NONE)
    return {
        "against": bench.view.version(draft.trial.get("against", in_force.version)),
        "differences": bench.view.differences(differences(before.lexicon, after.lexicon)),
        "trial": bench.view.trial(draft.trial, await _texts(bench, draft)),
        "running": bench.trials.running(draft),
        "hows": [(how.value, label) for how, label in HOWS.items()],
        "categories": [(code, bench.view.name(code)) for code in codes],
        "levels": LEVELS.items(),
        "groups": bench.view.groups(after.lexicon),
        "longest_word": LONGEST_WORD,
    }


async def _texts(bench: Bench, draft: LexiconDraft) -> dict[str, str]:
    """The words of the tickets of a trial, as they are now: a trial keeps none."""
    numbers = [change["number"] for change in draft.trial.get("changes", ())]
    found = await bench.office.database.read(lambda unit: unit.tickets.by_numbers(numbers))
    return {ticket.number: brief(discreet(ticket.text), SUMMARY_CHARACTERS) for ticket in found}
