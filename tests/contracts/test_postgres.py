"""PostgreSQL's lost connections and deadlocks cost nobody their work."""

import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.errors import Unavailable, Uncertain
from storage.unit import Unit
from tests.contracts.conftest import Together
from tests.contracts.rows import resident

Kill = Callable[[int], None]


def serial(unit: Unit) -> int:
    return unit.tickets.next_serial("s")


def backend(unit: Unit) -> int:
    return int(unit.session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one())


@pytest.fixture
def kill(postgres_url: str) -> Kill:
    """End one connection of the server, as a restart of it does."""

    def ended(process: int) -> None:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    return ended


def test_neither_a_frozen_node_nor_a_dead_server_holds_the_others_up_for_long(
    postgres_database: Database,
) -> None:
    def work(unit: Unit) -> tuple[str, dict[str, str]]:
        connection = unit.session.connection()
        idle = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return str(idle), driver.info.get_parameters()

    idle, parameters = postgres_database.write_now(work)

    assert idle == "1min"
    assert {"tcp_user_timeout": "20000", "keepalives_idle": "20"}.items() <= parameters.items()


def test_connections_that_were_lost_while_idle_are_not_noticed(
    postgres_database: Database, kill: Kill
) -> None:
    kill(postgres_database.write_now(backend))

    assert postgres_database.write_now(serial) == 1


def test_a_connection_lost_before_the_commit_is_tried_once_more(
    postgres_database: Database, kill: Kill
) -> None:
    tries: list[int] = []

    def work(unit: Unit) -> int:
        number = serial(unit)
        tries.append(number)
        if len(tries) == 1:
            kill(backend(unit))
        resident(unit)
        return number

    assert postgres_database.write_now(work) == 1
    assert tries == [1, 1]


def test_a_connection_lost_again_and_again_is_unavailable(postgres_database: Database, kill: Kill) -> None:
    tries: list[int] = []

    def work(unit: Unit) -> None:
        tries.append(serial(unit))
        kill(backend(unit))
        resident(unit)

    with pytest.raises(Unavailable) as caught:
        postgres_database.write_now(work)

    assert not isinstance(caught.value, Uncertain)
    assert tries == [1, 1]
    assert postgres_database.write_now(serial) == 1


def test_a_connection_lost_during_the_commit_is_uncertain_and_not_tried_again(
    postgres_database: Database, kill: Kill
) -> None:
    tries: list[int] = []

    def work(unit: Unit) -> None:
        tries.append(serial(unit))
        process = backend(unit)
        event.listen(unit.session, "before_commit", lambda _session: kill(process))

    with pytest.raises(Uncertain):
        postgres_database.write_now(work)

    assert tries == [1]


def test_a_deadlock_is_broken_and_both_are_done(postgres_database: Database) -> None:
    postgres_database.write_now(lambda unit: (resident(unit, "a"), resident(unit, "b")))
    both_hold, tries = threading.Barrier(2), []

    def work(unit: Unit, first: str, second: str) -> None:
        tries.append(first)
        resident(unit, first)
        if len(tries) <= 2:
            both_hold.wait(5)
        resident(unit, second)
        serial(unit)

    pairs = (("a", "b"), ("b", "a"))
    threads = [
        threading.Thread(
            target=postgres_database.write_now, args=(lambda unit, pair=pair: work(unit, *pair),)
        )
        for pair in pairs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(tries) == 3
    assert postgres_database.write_now(serial) == 3


def test_a_server_that_is_gone_is_unavailable_and_works_again_when_it_is_back(
    postgres_database: Database, postgres_server, postgres_url: str
) -> None:
    name = make_url(postgres_url).database
    postgres_database.ping()

    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            with pytest.raises(Unavailable):
                postgres_database.write_now(serial)
            with pytest.raises(Unavailable):
                postgres_database.ping()
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    assert postgres_database.write_now(serial) == 1


def test_nobody_at_the_address_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"postgresql://nobody@/nowhere?host={tmp_path}")

    with pytest.raises(Unavailable):
        database.ping()
    database.close()


def test_more_callers_than_connections_wait_their_turn(
    postgres_database: Database, together: Together
) -> None:
    numbers = together(lambda _: postgres_database.write_now(serial), range(64))

    assert sorted(numbers) == list(range(1, 65))
