"""A push is worked once, and every copy of it gets the first reply."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.unit import Unit
from tests.contracts.conftest import Together

KEY = "msg:24510000000000001"


class Broken(Exception):
    """Work that fails after its claim."""


def answered(unit: Unit, now: datetime, reply: str) -> tuple[bool, str]:
    if not unit.inbox.claim(KEY, now):
        return False, unit.inbox.reply(KEY)
    unit.inbox.answer(KEY, reply)
    return True, reply


def test_of_fifty_copies_at_once_on_two_nodes_one_wins_and_all_get_its_reply(
    nodes: list[Database], together: Together, now: datetime
) -> None:
    found = together(
        lambda number: nodes[number % 2].write_now(lambda unit: answered(unit, now, f"reply {number}")),
        range(50),
    )

    assert sum(won for won, _ in found) == 1
    assert len({reply for _, reply in found}) == 1


def test_when_the_first_fails_one_of_the_others_takes_its_place(
    nodes: list[Database], together: Together, now: datetime
) -> None:
    claimed, waiting = threading.Event(), threading.Event()

    def fails(unit: Unit) -> None:
        answered(unit, now, "reply of the first")
        claimed.set()
        waiting.wait(5)
        raise Broken

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(nodes[0].write_now, fails)
        claimed.wait(5)
        threading.Timer(0.05, waiting.set).start()
        found = together(
            lambda number: nodes[number % 2].write_now(lambda unit: answered(unit, now, f"reply {number}")),
            range(20),
        )

    assert isinstance(first.exception(), Broken)
    assert sum(won for won, _ in found) == 1
    assert {reply for _, reply in found} == {next(reply for won, reply in found if won)}
    assert "reply of the first" not in {reply for _, reply in found}


def test_a_claim_whose_work_failed_keeps_nothing(database: Database, now: datetime) -> None:
    def fails(unit: Unit) -> None:
        answered(unit, now, "never said")
        raise Broken

    with pytest.raises(Broken):
        database.write_now(fails)

    assert database.read_now(lambda unit: unit.inbox.reply(KEY)) == ""
    assert database.write_now(lambda unit: unit.inbox.claim(KEY, now))


def test_old_claims_are_forgotten_and_young_ones_are_not(database: Database, now: datetime) -> None:
    def claims(unit: Unit) -> None:
        unit.inbox.claim("old", now - timedelta(days=2))
        unit.inbox.claim("young", now)

    database.write_now(claims)

    assert database.write_now(lambda unit: unit.inbox.forget_before(now - timedelta(days=1))) == 1
    assert database.write_now(lambda unit: unit.inbox.claim("old", now))
    assert not database.write_now(lambda unit: unit.inbox.claim("young", now))
