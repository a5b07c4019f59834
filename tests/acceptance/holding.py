"""A hand on the database: as long as it is held, nobody can write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@contextmanager
def held(database_url: str) -> Iterator[None]:
    """Keep every other writer of the database waiting."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as hand:
            hand.execute("BEGIN IMMEDIATE")
            yield
            hand.execute("ROLLBACK")
    else:
        with psycopg.connect(database_url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables.fetchall())
            connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(names))
            yield
            connection.rollback()
