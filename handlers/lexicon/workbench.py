"""Drafts and versions of the lexicon: who may change it, what is in force, what was before."""

from dataclasses import dataclass
from datetime import datetime

from handlers.lexicon.sheets import Sheet
from handlers.offices.access import Officer
from handlers.offices.errors import Conflict, Forbidden, Invalid, Unknown
from storage.models import LexiconDraft, PublishedLexicon
from storage.unit import Unit

PACKAGED = 0
"""The version that ships with the program."""
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class InForce:
    """A version of the lexicon; the packaged one has neither author nor moment."""

    version: int
    text: str
    author: str = ""
    note: str = ""
    published_at: datetime | None = None


class Workbench:
    """What the desk does with the lexicon. ``packaged`` is the text that ships with the program."""

    def __init__(self, packaged: str) -> None:
        self._packaged = packaged

    def in_force(self, unit: Unit) -> InForce:
        """Return the version that every node reads with."""
        return self.version(unit, unit.lexicons.newest())

    def version(self, unit: Unit, version: int) -> InForce:
        """Return a version, 0 for the packaged one. Raises Unknown."""
        if version == PACKAGED:
            return InForce(PACKAGED, self._packaged)
        found = unit.lexicons.edition(version)
        if found is None:
            raise Unknown(f"没有第{version}版词库。")
        return InForce(version, found.text, found.author, found.note, found.published_at)

    def draft(self, unit: Unit, user: Officer) -> LexiconDraft | None:
        """Return the officer's draft. Raises Forbidden for all but the desk."""
        only_desk(user)
        return unit.lexicons.draft(user.name)

    def begin(self, unit: Unit, user: Officer, now: datetime) -> None:
        """Begin a draft with what is in force; one that is there already stays. Raises Forbidden."""
        only_desk(user)
        known = self.in_force(unit)
        unit.lexicons.begin(
            LexiconDraft(author=user.name, base=known.version, text=known.text, changed_at=now)
        )

    def save(self, unit: Unit, user: Officer, sheet: Sheet, revision: int, now: datetime) -> None:
        """Keep a draft's new text. Raises Forbidden, and Conflict where another window was faster."""
        only_desk(user)
        if not unit.lexicons.rewrite(user.name, revision, sheet.text, now):
            raise Conflict("草稿已在别的窗口改过，请看最新的草稿再改。")

    def discard(self, unit: Unit, user: Officer) -> None:
        """Drop the officer's draft. Raises Forbidden."""
        only_desk(user)
        unit.lexicons.discard(user.name)

    def publish(self, unit: Unit, user: Officer, sheet: Sheet, note: str, seen: int, now: datetime) -> int:
        """Put a lexicon in force on every node and return its version.

        ``seen`` is the version in force that the officer decided by. Raises Forbidden, Invalid, and Conflict
        where somebody published meanwhile or nothing differs.
        """
        only_desk(user)
        note = note.strip()
        if not 1 <= len(note) <= LONGEST_NOTE:
            raise Invalid("note", f"请写一句改了什么、为什么，最多{LONGEST_NOTE}个字。")
        known = self.in_force(unit)
        if known.version != seen:
            raise Conflict(f"刚刚发布了第{known.version}版，请看过它的改动再发布。")
        if known.text == sheet.text:
            raise Conflict("和现行词库一样，没有要发布的改动。")
        self._publish(unit, user, sheet, note, seen, now)
        draft = unit.lexicons.draft(user.name)
        if draft is not None and draft.text == sheet.text:
            unit.lexicons.discard(user.name)
        return seen + 1

    @staticmethod
    def _publish(unit: Unit, user: Officer, sheet: Sheet, note: str, seen: int, now: datetime) -> None:
        edition = PublishedLexicon(
            version=seen + 1, base=seen, text=sheet.text, author=user.name, note=note, published_at=now
        )
        if not unit.lexicons.publish(edition):
            raise Conflict(f"刚刚发布了第{edition.version}版，请看过它的改动再发布。")


def only_desk(user: Officer) -> None:
    """Raise Forbidden for whoever does not work for the desk."""
    if not user.is_desk:
        raise Forbidden("词库由调度台维护。")
