"""Several nodes over one database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from storage.database import Database

Together = Callable[..., list[Any]]


@pytest.fixture
def nodes(database_url: str) -> Iterator[list[Database]]:
    """Two nodes, each with connections and threads of its own."""
    opened = [Database(database_url) for _ in range(2)]
    yield opened
    for database in opened:
        database.close()


@pytest.fixture
def together() -> Together:
    """Call a function with each of some arguments, all at once, and return what came of it in order."""

    def called(function: Callable[[Any], Any], arguments: Any) -> list[Any]:
        wanted = list(arguments)
        with ThreadPoolExecutor(len(wanted)) as pool:
            return list(pool.map(function, wanted))

    return called
