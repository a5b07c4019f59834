"""Statements of the busiest path: compiled once, then given to the driver as they are.

SQLAlchemy builds, compiles and types them; what is left out is its execution, which costs twenty times what
SQLite does. Errors come out as SQLAlchemy's own, so that ``failures`` knows them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, ReturnsRows
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Session

from storage.models.columns import Table

Values = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
Build = Callable[[Any], Any]
"""Makes a statement with a dialect's own ``insert``, the one that knows ON CONFLICT."""
_Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement that takes its ``keys`` as parameters; ``build`` is asked once a dialect."""

    def __init__(self, build: Build, keys: Iterable[str]) -> None:
        self._build = build
        self._keys = tuple(keys)
        self._forms: dict[str, _Form] = {}

    def run(self, session: Session, values: Values) -> Rows:
        """Execute it, after what the session still has in hand; return its rows."""
        form, connection = self._ready(session)
        return form.run(connection, values)

    def run_many(self, session: Session, rows: Sequence[Values]) -> None:
        """Execute it for each of some rows, in one call of the driver; it returns none."""
        form, connection = self._ready(session)
        form.run_many(connection, rows)

    def _ready(self, session: Session) -> "tuple[_Form, Connection]":
        session.flush()
        connection = session.connection()
        name = connection.dialect.name
        if name not in self._forms:
            own = sqlite.insert if name == "sqlite" else postgresql.insert
            self._forms[name] = _Form(self._build(own), self._keys, connection.dialect)
        return self._forms[name], connection


def columns(row: Table) -> Values:
    """Return the values of a row that is to be inserted; its number comes from the database."""
    values = row.__dict__
    return {name: values.get(name) for name in type(row).column_names()}


class _Form:
    """A statement in the words of one dialect."""

    def __init__(self, statement: Any, keys: Sequence[str], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(keys))
        self._sql = str(compiled)
        binds = {name: parameter for parameter, name in compiled.bind_names.items()}
        names = compiled.positiontup if compiled.positional else binds
        self._fixed = {name: value for name, value in compiled.params.items() if name not in keys}
        self._positional = bool(compiled.positional)
        self._binds = [(name, _binding(binds[name], dialect)) for name in names]
        self._types = _types(statement, dialect)
        self._converts: list[_Convert] = []

    def run(self, connection: Connection, values: Values) -> Rows:
        driver: Any = connection.connection.driver_connection
        given = self._given(values)
        try:
            cursor = driver.execute(self._sql, given)
            rows = cursor.fetchall() if self._types else []
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._told(connection, error) from error
        if rows and not self._converts:
            self._converts = self._conversions(connection.dialect, cursor.description)
        return [self._converted(row) for row in rows]

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        driver: Any = connection.connection.driver_connection
        given = [self._given(values) for values in rows]
        try:
            driver.cursor().executemany(self._sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._told(connection, error) from error

    def _given(self, values: Values) -> Any:
        try:
            if self._positional:
                return [self._bound(name, bind, values) for name, bind in self._binds]
            return {name: self._bound(name, bind, values) for name, bind in self._binds}
        except (ValueError, TypeError) as error:
            raise StatementError(str(error), self._sql, None, error, hide_parameters=True) from error

    def _bound(self, name: str, bind: _Convert, values: Values) -> Any:
        value = values[name] if name in values else self._fixed[name]
        return bind(value) if bind else value

    def _conversions(self, dialect: Dialect, description: Any) -> list[_Convert]:
        """How each column becomes a value; what the driver does itself depends on the type it met."""
        pairs = zip(self._types, description, strict=True)
        return [kind.result_processor(dialect, told[1]) for kind, told in pairs]

    def _converted(self, row: Sequence[Any]) -> tuple[Any, ...]:
        pairs = zip(self._converts, row, strict=True)
        return tuple(convert(value) if convert else value for convert, value in pairs)

    def _told(self, connection: Connection, error: Exception) -> BaseException:
        """What SQLAlchemy would raise; a connection that broke is not used again."""
        dialect: Any = connection.dialect
        broken = dialect.is_disconnect(error, connection.connection.driver_connection, None)
        told = DBAPIError.instance(
            self._sql,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=broken,
            dialect=dialect,
        )
        if broken:
            connection.invalidate(error)
        return told


def _binding(parameter: Any, dialect: Dialect) -> _Convert:
    found: _Convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    return found


def _types(statement: Any, dialect: Dialect) -> list[Any]:
    if not isinstance(statement, ReturnsRows):
        return []
    return [column.type.dialect_impl(dialect) for column in statement.exported_columns]
