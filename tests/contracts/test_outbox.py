"""What must be told is told once a fact, in order a lane, by one node at a time, whatever dies in between."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import Inconsistent
from storage.models import Notice
from storage.outbox import LEASE
from storage.unit import Unit
from tests.contracts.conftest import Together
from tests.contracts.rows import notice, resident

SECOND = timedelta(seconds=1)


def put(database: Database, *notices: Notice) -> None:
    kept = [one.model_dump(exclude={"id"}) for one in notices]
    database.write_now(lambda unit: [unit.outbox.add(Notice(**values)) for values in kept])


def claimed(database: Database, now: datetime, node: str = "node", limit: int = 100) -> list[str]:
    taken = database.write_now(lambda unit: unit.outbox.claim(now, node, limit))
    return [one.dedupe for one in taken]


def settled(database: Database, dedupe: str, state: str, **values: object) -> None:
    def work(unit: Unit) -> None:
        found = next(one for one in everything(unit) if one.dedupe == dedupe)
        found.state = state
        for name, value in values.items():
            setattr(found, name, value)
        unit.outbox.save(found)

    database.write_now(work)


def everything(unit: Unit) -> Sequence[Notice]:
    rows = [unit.outbox.by_id(number) for number in range(1, 50)]
    return [row for row in rows if row is not None]


def test_the_same_fact_is_told_once(database: Database) -> None:
    first = database.write_now(lambda unit: unit.outbox.add(notice("resolved:1")))
    again = database.write_now(lambda unit: unit.outbox.add(notice("resolved:1", text="in other words")))

    assert (first, again) == (True, False)
    assert [one.text for one in database.read_now(everything)] == [""]


def test_a_fact_put_in_by_many_at_once_is_there_once(nodes: list[Database], together: Together) -> None:
    added = together(
        lambda number: nodes[number % 2].write_now(lambda unit: unit.outbox.add(notice("due:1"))), range(20)
    )

    assert added.count(True) == 1


def test_a_lane_gives_one_notice_at_a_time_in_order(database: Database, now: datetime) -> None:
    put(database, *(notice(f"n{number}", lane="ticket:1") for number in range(3)))
    told = []

    for _ in range(3):
        (one,) = claimed(database, now)
        assert claimed(database, now) == []
        settled(database, one, "sent")
        told.append(one)

    assert told == ["n0", "n1", "n2"]
    assert claimed(database, now) == []


def test_what_is_not_due_yet_waits_and_holds_its_lane(database: Database, now: datetime) -> None:
    put(
        database,
        notice("later", next_at=now + SECOND),
        notice("behind"),
        notice("elsewhere", lane="ticket:2"),
    )

    assert claimed(database, now) == ["elsewhere"]
    assert claimed(database, now + SECOND) == ["later"]


def test_a_poisoned_lane_does_not_block_the_others(database: Database, now: datetime) -> None:
    poisoned = [notice(f"poison{number}", lane="ticket:1") for number in range(10)]
    put(database, *poisoned, notice("fine2", lane="ticket:2"), notice("fine3", lane="ticket:3"))
    assert claimed(database, now, limit=1) == ["poison0"]
    settled(database, "poison0", "pending", next_at=now + timedelta(hours=1), attempts=5)

    assert claimed(database, now, limit=2) == ["fine2", "fine3"]


def test_a_dead_letter_lets_its_lane_go_on(database: Database, now: datetime) -> None:
    put(database, notice("dead"), notice("next"))
    claimed(database, now)
    settled(database, "dead", "failed", error="43004")

    assert claimed(database, now) == ["next"]


def test_two_nodes_that_claim_at_once_share_the_lanes(
    nodes: list[Database], together: Together, now: datetime
) -> None:
    put(nodes[0], *(notice(f"n{number:02}", lane=f"ticket:{number}") for number in range(30)))

    taken = together(lambda number: claimed(nodes[number % 2], now, f"node {number}", limit=5), range(12))

    flat = sorted(one for some in taken for one in some)
    assert len(flat) == len(set(flat))
    left = [one for _ in range(6) for one in claimed(nodes[0], now, limit=5)]
    assert sorted(flat + left) == [f"n{number:02}" for number in range(30)]


def test_a_node_passes_over_what_another_is_just_claiming(postgres_url: str, now: datetime) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    put(one, notice("a", lane="ticket:1"), notice("behind a", lane="ticket:1"), notice("b", lane="ticket:2"))
    has_claimed, may_commit = threading.Event(), threading.Event()

    def slowly(unit: Unit) -> None:
        unit.outbox.claim(now, "slow", 1)
        unit.session.flush()
        has_claimed.set()
        may_commit.wait(5)

    slow = threading.Thread(target=one.write_now, args=(slowly,))
    slow.start()
    has_claimed.wait(5)
    taken = claimed(other, now, "quick")
    may_commit.set()
    slow.join()

    assert taken == ["b"]
    one.close()
    other.close()


def test_a_claim_of_a_dead_node_lapses_and_another_takes_it_over(database: Database, now: datetime) -> None:
    put(database, notice("n"))
    assert claimed(database, now, "dead") == ["n"]

    assert claimed(database, now + LEASE, "other") == []
    assert claimed(database, now + LEASE + SECOND, "other") == ["n"]
    assert database.write_now(lambda unit: unit.outbox.held(1, "dead")) is None
    assert database.write_now(lambda unit: unit.outbox.held(1, "other") is not None)


def test_a_notice_that_is_over_is_held_by_nobody(database: Database, now: datetime) -> None:
    put(database, notice("n"))
    claimed(database, now, "node")
    settled(database, "n", "sent")

    assert database.write_now(lambda unit: unit.outbox.held(1, "node")) is None
    assert database.write_now(lambda unit: unit.outbox.held(99, "node")) is None


def test_dead_letters_are_seen_and_sent_again(database: Database, now: datetime) -> None:
    put(database, notice("one", lane="a"), notice("two", lane="b"), notice("three", lane="c"))
    claimed(database, now)
    for dedupe in ("one", "two"):
        settled(database, dedupe, "failed", error="40003", attempts=9)

    dead = database.read_now(lambda unit: [one.dedupe for one in unit.outbox.dead()])
    revived = database.write_now(lambda unit: unit.outbox.revive([1, 2, 3, 99], now + SECOND))

    assert dead == ["two", "one"]
    assert revived == 2
    assert claimed(database, now) == []
    assert claimed(database, now + SECOND) == ["one", "two"]
    assert database.read_now(lambda unit: [(one.attempts, one.error) for one in everything(unit)])[:2] == [
        (0, ""),
        (0, ""),
    ]


def test_what_was_kept_waits_for_its_resident_only(database: Database) -> None:
    kept = {"state": "kept", "next_at": None}
    put(
        database,
        notice("mine", address="1", **kept),
        notice("theirs", address="2", **kept),
        notice("the robot's", address="1", channel="robot", **kept),
        notice("my second", address="1", **kept),
        notice("still to send", address="1"),
    )

    assert database.write_now(lambda unit: [one.dedupe for one in unit.outbox.kept_for(1)]) == [
        "mine",
        "my second",
    ]
    assert database.read_now(lambda unit: unit.outbox.keeps("ticket:1", before_id=2))
    assert not database.read_now(lambda unit: unit.outbox.keeps("ticket:1", before_id=1))
    assert not database.read_now(lambda unit: unit.outbox.keeps("ticket:2", before_id=9))


def test_a_receipt_finds_its_notice(database: Database) -> None:
    put(database, notice("a", msgid="1000001"), notice("b", msgid="1000002", ticket_id=None))

    found = database.read_now(lambda unit: [unit.outbox.by_msgid(msgid) for msgid in ("1000002", "9")])

    assert [one and one.dedupe for one in found] == ["b", None]


def test_the_operator_sees_how_much_waits_and_since_when(database: Database, now: datetime) -> None:
    assert database.read_now(lambda unit: (unit.outbox.counts(), unit.outbox.oldest_pending())) == ({}, None)

    put(
        database,
        notice("young", lane="a"),
        notice("old", lane="b", created_at=now - SECOND),
        notice("over", lane="c", state="sent", created_at=now - timedelta(days=9)),
    )

    assert database.read_now(lambda unit: unit.outbox.counts()) == {"pending": 2}
    assert database.read_now(lambda unit: unit.outbox.oldest_pending()) == now - SECOND


@pytest.mark.parametrize("values", [{"next_at": None}, {"state": "sending"}, {"state": "sentt"}])
def test_a_notice_that_nobody_would_look_for_is_refused(
    database: Database, values: dict[str, object]
) -> None:
    with pytest.raises(Inconsistent):
        put(database, notice("n", **values))


def test_a_notice_of_work_that_failed_is_never_told(database: Database, now: datetime) -> None:
    def fails(unit: Unit) -> None:
        unit.outbox.add(notice("n", address=str(resident(unit))))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write_now(fails)

    assert claimed(database, now) == []
