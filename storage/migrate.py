"""Brings a database to the tables that this version of the program needs.

Any number of nodes may start at once: one migrates, the others wait for it and find nothing left to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.database import Database
from storage.errors import StorageError
from storage.failures import translated

FOLDER = Path(__file__).parent / "migrations"

_LOCK = 0x4A696573
"""Key of PostgreSQL's advisory lock: only its being the same on every node matters."""


def upgrade(database: Database, to: str = "head") -> list[str]:
    """Migrate up to ``to`` and return the revisions applied, oldest first.

    All or nothing: a failing revision takes the earlier ones of the same call back. Raises StorageError for
    a database that a newer version of the program has made, Unavailable where it cannot be reached.
    """
    return translated(lambda: _upgrade(database, to))


def pending(database: Database) -> list[str]:
    """Return the revisions that ``upgrade`` would apply, oldest first. Raises like ``upgrade``."""
    return translated(lambda: _between(_current(database), "head"))


def current(database: Database) -> str | None:
    """Return the revision of the database; None where nothing was ever applied. Raises Unavailable."""
    return translated(lambda: _current(database))


def propose(database: Database, message: str, folder: Path = FOLDER) -> Path:
    """Write a new revision into ``folder`` from how the tables differ from a migrated database.

    For developers; read what it wrote before use.
    """
    config = _config(folder)
    with _locked(database) as connection:
        config.attributes["connection"] = connection
        number = f"{len(list((folder / 'versions').glob('0*.py'))) + 1:04}"
        script = command.revision(config, message, autogenerate=True, rev_id=number)
    assert script is not None
    assert not isinstance(script, list)
    return Path(str(script.path))


def _upgrade(database: Database, to: str) -> list[str]:
    config = _config()
    with _locked(database) as connection:
        applied = _between(_revision(connection), to)
        if applied:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    return applied


def _current(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _between(have: str | None, to: str) -> list[str]:
    try:
        scripts = ScriptDirectory.from_config(_config()).iterate_revisions(to, have or "base")
        return [script.revision for script in scripts][::-1]
    except (CommandError, RevisionError) as error:
        raise StorageError(f"this program does not know the database's revision: {error}") from error


def _config(folder: Path = FOLDER) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _locked(database: Database) -> Iterator[Connection]:
    """One transaction that no other node can migrate beside."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            with _keys_unchecked(connection), connection.begin():
                yield connection
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection


@contextmanager
def _keys_unchecked(connection: Connection) -> Iterator[None]:
    """Let a revision rebuild tables, which is how SQLite alters them; BEGIN IMMEDIATE is the lock."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
