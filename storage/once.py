"""Insert unless it is there: idempotence by a unique key, not by care."""

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, model: type[SQLModel], **values: Any) -> bool:
    """Insert a row; False where its unique key is taken.

    On PostgreSQL this waits for another transaction that holds the key: when it commits, ours sees its row;
    when it rolls back, ours is the first.
    """
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # Values as parameters, not in the statement: it is compiled once and then found again.
    statement = dialect.insert(model).on_conflict_do_nothing().returning(literal(1))
    return session.connection().execute(statement, values).first() is not None


def count_up(session: Session, model: type[SQLModel], key: str, name: str, column: str) -> int:
    """Add one to ``column`` of the row whose ``key`` is ``name``, made at need, and return the sum."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table: Any = model.__table__  # type: ignore[attr-defined]  # SQLModel hides it from its type
    statement = (
        dialect.insert(table)
        .values({key: name, column: 1})
        .on_conflict_do_update(index_elements=[key], set_={column: table.c[column] + 1})
        .returning(table.c[column])
    )
    return int(session.connection().execute(statement).scalar_one())
