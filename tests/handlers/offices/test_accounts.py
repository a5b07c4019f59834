"""Signing in, tokens, and the growing pause."""

from datetime import datetime, timedelta

import pytest

from handlers.offices.access import Officer, Role
from handlers.offices.accounts import (
    FORGOTTEN_AFTER,
    FREE_ADDRESS,
    FREE_NAME,
    LONGEST_PAUSE,
    Accounts,
    Attempt,
    digest,
    pause_after,
)
from handlers.offices.errors import Invalid, Unknown
from storage.database import Database
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import EAST, SOUTH, small_zone

GOOD = "correct horse battery"


class PlainPasswords:
    """Hashes nothing, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def hashed(self, password: str) -> str:
        return f"plain:{password}"

    def fits(self, password_hash: str, password: str) -> bool:
        self.asked += 1
        return password_hash == f"plain:{password}"


class Door:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.passwords = PlainPasswords()
        self.accounts = Accounts(small_zone(), self.passwords)

    def add(self, name: str = "wang", role: str = "office", office: str = EAST, password: str = GOOD) -> None:
        self.database.write_now(lambda unit: self.accounts.add(unit, name, role, office, password, NOW))

    def begin(self, name: str = "wang", address: str = "10.0.0.1", at: datetime = NOW) -> Attempt:
        return self.database.write_now(lambda unit: self.accounts.begin(unit, name, address, at))

    def enter(
        self, password: str, name: str = "wang", address: str = "10.0.0.1", at: datetime = NOW
    ) -> Officer | None:
        attempt = self.begin(name, address, at)
        if attempt.wait or not self.accounts.fits(attempt, password):
            return None
        return self.database.write_now(lambda unit: self.accounts.finish(unit, attempt))


@pytest.fixture
def door(database: Database) -> Door:
    return Door(database)


def test_the_right_password_opens_and_a_wrong_one_does_not(door: Door) -> None:
    door.add()

    assert door.enter(GOOD[:-1]) is None
    assert door.enter(GOOD) == Officer(door.enter(GOOD).id, "wang", Role.OFFICE, EAST)  # type: ignore[union-attr]


def test_an_unknown_name_costs_as_much_as_a_known_one(door: Door) -> None:
    assert door.enter(GOOD, name="nobody") is None
    assert door.passwords.asked == 1


def test_an_account_without_a_password_opens_by_no_password(door: Door) -> None:
    door.add(password="")

    assert door.enter("") is None


def test_after_five_failures_even_the_right_password_waits(door: Door) -> None:
    door.add()
    for _ in range(FREE_NAME):
        door.enter("wrong", address="10.0.0.2")

    attempt = door.begin()

    assert attempt.wait == timedelta(seconds=30)
    assert door.enter(GOOD) is None
    assert door.enter(GOOD, at=NOW + timedelta(seconds=31)) is not None


def test_an_address_that_tries_many_names_waits_too(door: Door) -> None:
    door.add()
    for at in range(FREE_ADDRESS):
        door.enter("wrong", name=f"guess{at}")

    assert door.begin().wait > timedelta()
    assert not door.begin(address="10.0.0.9").wait


def test_a_good_sign_in_clears_the_failures(door: Door) -> None:
    door.add()
    for _ in range(FREE_NAME - 1):
        door.enter("wrong")
    door.enter(GOOD)

    door.enter("wrong")

    assert not door.begin().wait


def test_old_failures_are_forgotten(door: Door) -> None:
    door.add()
    for _ in range(FREE_NAME):
        door.enter("wrong")

    door.enter("wrong", at=NOW + FORGOTTEN_AFTER + timedelta(minutes=1))

    assert not door.begin(at=NOW + FORGOTTEN_AFTER + timedelta(minutes=2)).wait


def test_the_pause_grows_up_to_its_limit() -> None:
    pauses = [pause_after(failures, 5) for failures in range(1, 40)]

    assert pauses == sorted(pauses)
    assert pauses[3] == timedelta()
    assert pauses[4:6] == [timedelta(seconds=30), timedelta(seconds=60)]
    assert pauses[-1] == LONGEST_PAUSE


def test_guesses_at_once_are_counted_before_they_are_checked(door: Door) -> None:
    door.add()
    attempts = [door.begin() for _ in range(10)]

    assert [bool(attempt.wait) for attempt in attempts] == [False] * 5 + [True] * 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a b"}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "taken"}, "name"),
        ({"role": "king"}, "role"),
        ({"office": ""}, "office"),
        ({"office": SOUTH}, "office"),
        ({"role": "department", "office": EAST}, "office"),
        ({"role": "leader", "office": EAST}, "office"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 201}, "password"),
    ],
)
def test_an_account_that_makes_no_sense_names_its_field(
    door: Door, values: dict[str, str], field: str
) -> None:
    door.add("taken")

    with pytest.raises(Invalid) as refused:
        door.add(**{"name": "new", **values})

    assert refused.value.field == field


def test_a_token_opens_until_it_is_revoked_and_only_its_hash_is_kept(door: Door) -> None:
    door.add()
    token = door.database.write_now(lambda unit: door.accounts.issue(unit, "wang", NOW, "script"))

    opened = door.database.read_now(lambda unit: door.accounts.bearer(unit, token))
    kept = door.database.read_now(lambda unit: [row.digest for row in unit.users.tokens()])
    door.database.write_now(lambda unit: unit.users.revoke_token("script", NOW))

    assert opened is not None
    assert opened.name == "wang"
    assert kept == [digest(token)]
    assert len(token) >= 43
    assert door.database.read_now(lambda unit: door.accounts.bearer(unit, token)) is None


def test_a_user_may_have_several_tokens(door: Door) -> None:
    door.add()
    tokens = {door.database.write_now(lambda unit: door.accounts.issue(unit, "wang", NOW)) for _ in range(3)}

    assert len(tokens) == 3


def test_a_token_for_nobody_is_refused(door: Door) -> None:
    with pytest.raises(Unknown):
        door.database.write_now(lambda unit: door.accounts.issue(unit, "nobody", NOW))


def test_a_closed_account_opens_by_nothing(door: Door) -> None:
    door.add()
    token = door.database.write_now(lambda unit: door.accounts.issue(unit, "wang", NOW))

    def close(unit):
        user = unit.users.by_name("wang")
        user.active = False
        unit.users.add(user)
        return user.id

    user_id = door.database.write_now(close)

    assert door.enter(GOOD) is None
    assert door.database.read_now(lambda unit: door.accounts.bearer(unit, token)) is None
    assert door.database.read_now(lambda unit: door.accounts.officer(unit, user_id)) is None
    with pytest.raises(Unknown):
        door.database.write_now(lambda unit: door.accounts.issue(unit, "wang", NOW))
