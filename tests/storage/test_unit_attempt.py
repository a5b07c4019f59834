"""A bad row in a batch spoils itself only."""

import pytest

from storage.errors import Stale
from storage.models import Message, Resident


def add(unit, openid, now):
    unit.residents.save(Resident(openid=openid, first_seen_at=now))
    unit.session.flush()


def test_a_part_that_fails_is_undone_and_the_rest_is_kept(database, now):
    def work(unit):
        def failing():
            add(unit, "bad", now)
            raise ValueError("a mistake of ours")

        error = unit.attempt(failing)
        add(unit, "good", now)
        return error

    error = database.write_now(work)

    assert isinstance(error, ValueError)
    known = database.read_now(lambda unit: [unit.residents.by_openid(name) for name in ("bad", "good")])
    assert [resident is None for resident in known] == [True, False]


def test_a_row_that_the_tables_refuse_is_such_a_mistake(database, now):
    def work(unit):
        nobody = Message(resident_id=999, at=now, kind="text")
        error = unit.attempt(lambda: unit.messages.add(nobody))
        add(unit, "good", now)
        return error

    assert database.write_now(work) is not None
    assert database.read_now(lambda unit: unit.residents.by_openid("good")) is not None


def test_what_goes_well_is_kept_and_has_no_error(database, now):
    error = database.write_now(lambda unit: unit.attempt(lambda: add(unit, "good", now)))

    assert error is None
    assert database.read_now(lambda unit: unit.residents.by_openid("good")) is not None


def test_a_row_that_changed_meanwhile_fails_the_whole_unit(database, now):
    database.write_now(lambda unit: add(unit, "o", now))

    def work(unit):
        def failing():
            # As if another transaction had been faster: the mapper finds no row of this key any more.
            resident = unit.residents.by_openid("o")
            unit.session.connection().exec_driver_sql("DELETE FROM residents")
            resident.account = "changed"
            unit.session.flush()

        unit.attempt(failing)

    with pytest.raises(Stale):
        database.write_now(work)
