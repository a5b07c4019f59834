"""Lexicons that the desk published, and officers' drafts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from storage.models import LexiconDraft, PublishedLexicon
from storage.once import insert_once


class Edition(NamedTuple):
    """A published version without its text."""

    version: int
    base: int
    author: str
    note: str
    published_at: datetime


class Lexicons:
    """Published versions by number, drafts by author."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def newest(self) -> int:
        """Return the number of the version in force, 0 where none was published."""
        return self._session.exec(select(func.max(PublishedLexicon.version))).one() or 0

    def edition(self, version: int) -> PublishedLexicon | None:
        """Return a published version."""
        return self._session.get(PublishedLexicon, version)

    def editions(self, limit: int = 100) -> Sequence[Edition]:
        """Return the latest versions without their texts, newest first."""
        columns = [getattr(PublishedLexicon, name) for name in Edition._fields]
        query = select(*columns).order_by(col(PublishedLexicon.version).desc()).limit(limit)
        return [Edition(*row) for row in self._session.exec(query)]

    def publish(self, edition: PublishedLexicon) -> bool:
        """Keep a version; False where another was published under its number meanwhile."""
        return insert_once(self._session, PublishedLexicon, **edition.model_dump())

    def draft(self, author: str) -> LexiconDraft | None:
        """Return an officer's draft."""
        return self._session.get(LexiconDraft, author, populate_existing=True)

    def begin(self, draft: LexiconDraft) -> bool:
        """Keep a new draft; False where its author has one."""
        return insert_once(self._session, LexiconDraft, **draft.model_dump())

    def rewrite(self, author: str, revision: int, text: str, now: datetime) -> bool:
        """Give a draft a new text, untried; False unless it is still at ``revision``."""
        values = {"text": text, "revision": revision + 1, "changed_at": now, "trial": {}}
        return self._changed(author, revision, values)

    def note_trial(self, author: str, revision: int, trial: dict[str, Any]) -> bool:
        """Keep how a draft did; False where it was changed meanwhile."""
        return self._changed(author, revision, {"trial": trial})

    def discard(self, author: str) -> None:
        """Drop an officer's draft."""
        self._session.exec(delete(LexiconDraft).where(col(LexiconDraft.author) == author))

    def _changed(self, author: str, revision: int, values: dict[str, Any]) -> bool:
        same = (col(LexiconDraft.author) == author, col(LexiconDraft.revision) == revision)
        return self._session.exec(update(LexiconDraft).where(*same).values(**values)).rowcount == 1
