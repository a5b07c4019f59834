"""One word put right, as a form has it, in a lexicon's text."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.lexicon.sheets import Sheet
from handlers.offices.errors import Invalid
from handlers.texts.lexicon import told
from nlp import NONE, LexiconError
from nlp.category import BLOCKING
from nlp.editing import speaking, with_word, without_word
from nlp.normalise import normalise

LONGEST_WORD = 20
OWN = "自定"
"""Beginning of the names of groups that this form makes; the rest of the file is the makers'."""
LEVELS = {"strong": "强", "medium": "中", "weak": "弱"}
ELSEWHERE = "不归本区管"
"""What people read for ``none`` here."""


class How(StrEnum):
    """What a word is to do."""

    SAYS = "says"
    """Speak for a category."""
    LIKE = "like"
    """The same as the words of a group that is there."""
    BLOCKS = "blocks"
    """Nothing, and keep shorter words inside of it from counting (香烟 is no 烟)."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A word and what it is to do."""

    word: str
    how: How
    category: str = ""
    level: str = "strong"
    group: str = ""


def changed(sheet: Sheet, change: Change) -> str:
    """Return the sheet's text with a change. Raises Invalid naming the form's field."""
    word = normalise(change.word)
    if not 1 <= len(word) <= LONGEST_WORD or "\n" in word:
        raise Invalid("word", f"请填一个词，最多{LONGEST_WORD}个字。")
    try:
        return _written(sheet, word, change)
    except LexiconError as error:
        raise Invalid("word", told(str(error))) from error


def groups_of(sheet: Sheet, word: str) -> tuple[str, ...]:
    """Return the groups that a word is in."""
    return tuple(name for name, words in sheet.lexicon.groups.items() if word in words)


def _written(sheet: Sheet, word: str, change: Change) -> str:
    match change.how:
        case How.SAYS:
            return _says(sheet, word, change.category, change.level)
        case How.LIKE:
            return with_word(sheet.text, _known(sheet, change.group), word)
        case How.BLOCKS:
            return with_word(_without(sheet, word, groups_of(sheet, word)), BLOCKING, word)
    there = groups_of(sheet, word)
    if not there:
        raise Invalid("word", f"词库里没有“{word}”这个词。")
    return _without(sheet, word, there)


def _says(sheet: Sheet, word: str, category: str, level: str) -> str:
    names = {**sheet.lexicon.categories, NONE: ELSEWHERE}
    if category not in names:
        raise Invalid("category", "请选择类别。")
    if level not in LEVELS:
        raise Invalid("level", "请选择强、中或弱。")
    group = f"{OWN}{names[category]}{LEVELS[level]}"
    before = [name for name in groups_of(sheet, word) if name.startswith(OWN) or name == BLOCKING]
    text = with_word(_without(sheet, word, before), group, word)
    return speaking(text, group, category, level)


def _known(sheet: Sheet, group: str) -> str:
    if group not in sheet.lexicon.groups:
        raise Invalid("group", "请选择一个已有的词组。")
    return group


def _without(sheet: Sheet, word: str, groups: list[str] | tuple[str, ...]) -> str:
    text = sheet.text
    for group in groups:
        text = without_word(text, group, word)
    return text
