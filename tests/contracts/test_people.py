"""Officers, tokens, sessions and throttling are the same on every node."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import Duplicate, Inconsistent
from storage.models import ApiToken, User
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.contracts.conftest import Together

MINUTE = timedelta(minutes=1)


def officer(unit: Unit, name: str = "张三", **values: object) -> int:
    user = unit.users.add(User(**{"name": name, "role": "office", "created_at": NOW, **values}))
    assert user.id is not None
    return user.id


def test_an_officer_is_found_by_name_and_id(database: Database) -> None:
    user_id = database.write_now(officer)

    assert database.read_now(lambda unit: unit.users.by_name("张三")).id == user_id
    assert database.read_now(lambda unit: unit.users.by_id(user_id)).name == "张三"
    assert database.read_now(lambda unit: unit.users.by_name("李四")) is None


def test_everybody_is_listed_by_name(database: Database) -> None:
    database.write_now(lambda unit: [officer(unit, name) for name in ("b", "a", "c")])

    assert database.read_now(lambda unit: [user.name for user in unit.users.all()]) == ["a", "b", "c"]


def test_a_name_is_taken_once(database: Database) -> None:
    database.write_now(officer)

    with pytest.raises(Duplicate):
        database.write_now(officer)


def test_a_token_opens_for_its_active_officer_until_revoked(database: Database) -> None:
    def work(unit: Unit) -> None:
        for name, active in (("active", True), ("gone", False)):
            user_id = officer(unit, name, active=active)
            unit.users.add_token(
                ApiToken(name=name, digest=f"digest of {name}", user_id=user_id, created_at=NOW)
            )

    database.write_now(work)

    def opens(name: str) -> bool:
        return database.read_now(lambda unit: unit.users.by_token(f"digest of {name}")) is not None

    assert (opens("active"), opens("gone"), opens("unknown")) == (True, False, False)
    assert database.write_now(lambda unit: unit.users.revoke_token("active", NOW))
    assert not database.write_now(lambda unit: unit.users.revoke_token("active", NOW + MINUTE))
    assert not opens("active")
    tokens = database.read_now(lambda unit: unit.users.tokens())
    assert [(token.name, token.revoked_at) for token in tokens] == [("active", NOW), ("gone", None)]


def test_a_token_of_nobody_is_refused(database: Database) -> None:
    token = {"name": "t", "digest": "d", "user_id": 77, "created_at": NOW}

    with pytest.raises(Inconsistent):
        database.write_now(lambda unit: unit.users.add_token(ApiToken(**token)))


def test_failures_at_once_on_two_nodes_are_all_counted(nodes: list[Database], together: Together) -> None:
    counts = together(
        lambda number: nodes[number % 2].write_now(lambda unit: unit.users.note_failure("张三", NOW, MINUTE)),
        range(20),
    )

    assert sorted(counts) == list(range(1, 21))


def test_a_failure_bars_until_it_is_forgiven(database: Database) -> None:
    def twice(unit: Unit) -> list[int]:
        return [
            unit.users.note_failure("张三", NOW, MINUTE),
            unit.users.note_failure("张三", NOW, 2 * MINUTE),
        ]

    assert database.write_now(twice) == [1, 2]
    assert database.read_now(lambda unit: unit.users.failures("张三")).until == NOW + 2 * MINUTE

    database.write_now(lambda unit: unit.users.forgive("张三"))

    assert database.read_now(lambda unit: unit.users.failures("张三")) is None


def test_a_session_lives_until_its_end_on_every_node(nodes: list[Database]) -> None:
    one, other = nodes
    one.write_now(lambda unit: unit.sessions.save("digest", {"user": 1}, None, NOW + MINUTE))

    def seen(now: datetime) -> object:
        return other.read_now(lambda unit: unit.sessions.load("digest", now))

    assert seen(NOW) == {"user": 1}
    assert seen(NOW + MINUTE) is None


def test_a_session_is_changed_and_ended(database: Database) -> None:
    database.write_now(lambda unit: unit.sessions.save("digest", {"csrf": "a"}, None, NOW + MINUTE))
    database.write_now(lambda unit: unit.sessions.save("digest", {"csrf": "b"}, 7, NOW + 2 * MINUTE))
    assert database.read_now(lambda unit: unit.sessions.load("digest", NOW + MINUTE)) == {"csrf": "b"}

    database.write_now(lambda unit: unit.sessions.end("digest"))

    assert database.read_now(lambda unit: unit.sessions.load("digest", NOW)) is None


def test_sessions_that_are_over_are_forgotten(database: Database) -> None:
    def work(unit: Unit) -> int:
        unit.sessions.save("old", {}, None, NOW - MINUTE)
        unit.sessions.save("live", {}, None, NOW + MINUTE)
        return unit.sessions.forget_before(NOW)

    assert database.write_now(work) == 1
    assert database.read_now(lambda unit: unit.sessions.load("live", NOW)) == {}
