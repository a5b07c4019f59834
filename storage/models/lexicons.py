"""Lexicons: what was published, and what is being tried."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from storage.models.columns import Table, json, moment, words


class PublishedLexicon(Table, table=True):
    """A lexicon that the desk published. Appended, never edited; the packaged one is version 0 and no row."""

    __tablename__ = "lexicons"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    base: int = 0
    """The version that it was made from."""
    text: str = words()
    author: str
    """Name of the officer who published it."""
    note: str = words()
    published_at: datetime = moment(nullable=False)


class LexiconDraft(Table, table=True):
    """What an officer is trying; one an officer."""

    __tablename__ = "lexicon_drafts"

    author: str = Field(primary_key=True)
    base: int = 0
    text: str = words()
    revision: int = 1
    """Counts the changes of the text, so that of two windows the slower one is told."""
    changed_at: datetime = moment(nullable=False)
    trial: dict[str, Any] = json(dict)
    """How the draft did on stored tickets: progress and result."""
