"""Run by Alembic inside the transaction that ``storage.migrate`` opened and locked."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON
from sqlmodel import AutoString

from storage.models import Table
from storage.types import UtcDateTime


def plain(kind: str, item: Any, written: AutogenContext) -> str | Literal[False]:
    """Write our own column types into a new revision as what they are in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, JSON):
        written.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=plain,
    render_as_batch=True,
)
context.run_migrations()
