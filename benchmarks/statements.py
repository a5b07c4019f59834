"""How many statements a filing takes, and how long its work alone takes, without the network."""

import itertools
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from benchmarks.load import REPORT
from bot.parts import analyser, parts
from bot.settings import load
from handlers.residents.incoming import Incoming, Kind
from storage.database import Database
from storage.migrate import upgrade
from storage.unit import Unit
from tests.acceptance.configuration import SHIPPED

ROUNDS = 1000


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/jiesu.db")
        upgrade(database)
        _measure(database)
        database.close()


def _measure(database: Database) -> None:
    settings = load(Path(SHIPPED), {})
    made, reads, now = parts(settings), analyser(settings.zone), datetime.now(UTC)
    numbers = itertools.count()

    def file(session: Session) -> None:
        name = str(next(numbers))
        incoming = Incoming(name, Kind.TEXT, f"o{name}", "gh", now, REPORT)
        made.intake.receive(Unit(session), incoming, reads.analyse(REPORT), now)

    statements: list[str] = []
    with Session(database.engine, expire_on_commit=False) as session:
        file(session)
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(statements.append)
        file(session)
        driver.set_trace_callback(None)
        began = time.process_time()
        for _ in range(ROUNDS):
            file(session)
        used = time.process_time() - began
    kinds = {statement.partition("(")[0] for statement in statements}
    print(f"\nA filing of somebody new: {len(statements)} statements of {len(kinds)} kinds, ", end="")
    print(f"{used / ROUNDS * 1e6:.0f} µs of processor time with its analysis, without commit and network")
