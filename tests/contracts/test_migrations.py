"""A migrated database is exactly what the tables say, on both databases."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage import migrate
from storage.database import Database
from storage.errors import StorageError
from storage.models import Table
from tests import postgres

SQLITE_SCHEMA = (
    "SELECT type, name, sql FROM sqlite_master WHERE name <> 'alembic_version' AND tbl_name = name"
)
SQLITE_INDEXES = "SELECT type, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
POSTGRES_SCHEMA = """
SELECT 'column', table_name || '.' || column_name,
       concat_ws(' ', data_type, is_nullable, column_default, is_identity)
FROM information_schema.columns WHERE table_schema = 'public'
"""
POSTGRES_INDEXES = """
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """URLs of two databases without any table."""
    if request.param == "sqlite":
        yield [f"sqlite:///{tmp_path}/{name}.sqlite" for name in ("one", "two")]
        return
    server = request.getfixturevalue("postgres_server")
    names = [f"{postgres.worker()}_{uuid4().hex[:8]}" for _ in range(2)]
    with postgres.database(server, names[0]) as one, postgres.database(server, names[1]) as two:
        yield [one, two]


def schema(database: Database) -> list[tuple[str, str, str]]:
    queries = (SQLITE_SCHEMA,) if database.is_sqlite else (POSTGRES_SCHEMA, POSTGRES_INDEXES)
    with database.engine.connect() as connection:
        rows = [tuple(row) for query in queries for row in connection.execute(text(query))]
    return sorted(
        (kind, name, _folded(definition)) for kind, name, definition in rows if "alembic" not in name
    )


def _folded(definition: str) -> str:
    """A definition without the order of its lines, which a table's constraints need not share."""
    # SQLite writes columns that were added later behind the last line.
    definition = re.sub(r",\s*(?=\w+ [A-Z]+)", "\n", definition.replace("(\n", "\n").removesuffix(")"))
    parts = (part.strip().rstrip(",") for part in definition.splitlines())
    return "\n".join(sorted(" ".join(part.split()) for part in parts if part))


def test_a_migrated_database_differs_in_nothing_from_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Table.metadata)

    assert found == []


def test_partial_indexes_checks_and_column_types_are_those_of_the_tables(empty: list[str]) -> None:
    migrated, made = Database(empty[0]), Database(empty[1])

    migrate.upgrade(migrated)
    Table.metadata.create_all(made.engine)

    assert schema(migrated) == schema(made)
    migrated.close()
    made.close()


def test_a_first_upgrade_applies_what_was_pending_and_a_second_one_nothing(empty: list[str]) -> None:
    database = Database(empty[0])

    before, pending = migrate.current(database), migrate.pending(database)
    applied = migrate.upgrade(database)

    assert before is None
    assert applied == pending != []
    assert migrate.current(database) == applied[-1]
    assert (migrate.pending(database), migrate.upgrade(database)) == ([], [])
    database.close()


def test_of_many_nodes_that_start_at_once_one_migrates_and_the_others_wait(empty: list[str]) -> None:
    nodes = [Database(empty[0]) for _ in range(6)]

    with ThreadPoolExecutor(len(nodes)) as pool:
        applied = list(pool.map(migrate.upgrade, nodes))

    assert sorted(map(bool, applied)) == [False] * 5 + [True]
    assert all(migrate.pending(node) == [] for node in nodes)
    for node in nodes:
        node.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    try:
        with pytest.raises(StorageError, match="9999"):
            migrate.upgrade(database)
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))


def test_downgrading_leaves_no_table_behind(empty: list[str]) -> None:
    from alembic import command

    database = Database(empty[0])
    migrate.upgrade(database)

    config = migrate._config()
    with migrate._locked(database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert schema(database) == []
    database.close()


def test_a_new_revision_of_unchanged_tables_has_nothing_to_do(database: Database, tmp_path: Path) -> None:
    from shutil import copytree

    folder = copytree(migrate.FOLDER, tmp_path / "migrations")

    written = migrate.propose(database, "Nothing", folder).read_text()

    assert written.count("pass") == 2
    assert "down_revision = '0002'" in written
