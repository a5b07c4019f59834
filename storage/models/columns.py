"""Columns that many tables share, and what every table is made from."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime, json_type

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only for a column of type INTEGER; PostgreSQL wants 64 bits."""

# A constraint without a name cannot be changed by a later migration.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table is made from; its ``metadata`` is the whole schema."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)

    def __init__(self, **values: Any) -> None:
        # A row is made of what it is given and of defaults, and nothing is checked, as in SQLModel's own;
        # that one sets each attribute through three layers, which took as long as all statements together.
        fixed, made = _defaults(type(self))
        row = self.__dict__
        row.update(fixed)
        for name, make in made:
            if name not in values:
                row[name] = make()
        row.update(values)

    @classmethod
    def column_names(cls) -> tuple[str, ...]:
        """Return the names of all columns but the row's own number."""
        return _column_names(cls)


@cache
def _column_names(table: type[Table]) -> tuple[str, ...]:
    return tuple(name for name in table.model_fields if name != "id")


@cache
def _defaults(table: type[Table]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    fields = {name: field for name, field in table.model_fields.items() if not field.is_required()}
    made: dict[str, Any] = {
        name: field.default_factory for name, field in fields.items() if field.default_factory
    }
    return {name: field.default for name, field in fields.items() if name not in made}, list(made.items())


def identity() -> Any:
    """A row's own number, given by the database."""
    return Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))


def reference(to: str = "", *, index: bool = False, nullable: bool = True) -> Any:
    """The number of another row; with ``to`` (``table.column``) the database checks that it is there."""
    keys = [ForeignKey(to)] if to else []
    return Field(default=None, sa_column=Column(BIG, *keys, nullable=nullable, index=index))


def moment(*, index: bool = False, nullable: bool = True) -> Any:
    """An aware moment in UTC."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable, index=index))


def words() -> Any:
    """Text of any length."""
    return Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


def json(kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
    """A list or an object, empty at first; changed only by giving the row a new one."""
    empty = "[]" if kind is list else "{}"
    return Field(default_factory=kind, sa_column=Column(json_type(), nullable=False, server_default=empty))
