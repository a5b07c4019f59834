"""Reminders are replaced and done once; a job's slot is claimed by one node."""

import threading
from datetime import datetime, timedelta

from storage.database import Database
from storage.unit import Unit
from tests.contracts.conftest import Together
from tests.contracts.rows import filed

HOUR = timedelta(hours=1)


def plan(unit: Unit, ticket_id: int = 1) -> list[tuple[str, datetime, bool]]:
    return [(one.kind, one.at, one.done_at is not None) for one in unit.reminders.of_ticket(ticket_id)]


def test_a_new_plan_replaces_what_was_still_to_come(database: Database, now: datetime) -> None:
    database.write_now(
        lambda unit: unit.reminders.plan(filed(unit), [("sign_for", now), ("due", now + HOUR)])
    )

    database.write_now(lambda unit: unit.reminders.plan(1, [("due", now + 2 * HOUR)]))

    assert database.read_now(plan) == [("due", now + 2 * HOUR, False)]


def test_what_was_done_stays_done_and_is_not_planned_again(database: Database, now: datetime) -> None:
    planned = [("sign_for", now), ("due", now + HOUR)]
    database.write_now(lambda unit: unit.reminders.plan(filed(unit), planned))

    def does(unit: Unit) -> None:
        for one in unit.reminders.due(now, 10):
            one.done_at = now
        unit.reminders.plan(1, planned)

    database.write_now(does)

    assert database.read_now(plan) == [("sign_for", now, True), ("due", now + HOUR, False)]
    assert database.write_now(lambda unit: [one.kind for one in unit.reminders.due(now, 10)]) == []


def test_the_same_reminder_twice_in_a_plan_is_kept_once(database: Database, now: datetime) -> None:
    database.write_now(lambda unit: unit.reminders.plan(filed(unit), [("due", now), ("due", now)]))

    assert database.read_now(plan) == [("due", now, False)]


def test_plans_of_other_tickets_are_left_alone(database: Database, now: datetime) -> None:
    def work(unit: Unit) -> None:
        for number in ("GX-1", "GX-2"):
            unit.reminders.plan(filed(unit, number), [("due", now)])
        unit.reminders.plan(1, [])

    database.write_now(work)

    assert database.read_now(lambda unit: (plan(unit, 1), plan(unit, 2))) == ([], [("due", now, False)])


def test_due_is_what_the_moment_has_reached_oldest_first_and_not_too_much(
    database: Database, now: datetime
) -> None:
    moments = [("c", now), ("a", now - HOUR), ("d", now + HOUR), ("b", now - HOUR / 2)]
    database.write_now(lambda unit: unit.reminders.plan(filed(unit), moments))

    def kinds(limit: int) -> list[str]:
        return database.write_now(lambda unit: [one.kind for one in unit.reminders.due(now, limit)])

    assert kinds(10) == ["a", "b", "c"]
    assert kinds(2) == ["a", "b"]


def test_a_reminder_that_one_node_works_on_is_passed_over_by_another(
    postgres_url: str, now: datetime
) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    one.write_now(lambda unit: unit.reminders.plan(filed(unit), [("due", now)]))
    has_it, may_go_on = threading.Event(), threading.Event()

    def slowly(unit: Unit) -> None:
        unit.reminders.due(now, 10)[0].done_at = now
        has_it.set()
        may_go_on.wait(5)

    slow = threading.Thread(target=one.write_now, args=(slowly,))
    slow.start()
    has_it.wait(5)
    seen = other.write_now(lambda unit: len(unit.reminders.due(now, 10)))
    may_go_on.set()
    slow.join()

    assert seen == 0
    assert other.read_now(plan) == [("due", now, True)]
    one.close()
    other.close()


def test_a_slot_is_claimed_by_one_of_many_nodes(
    nodes: list[Database], together: Together, now: datetime
) -> None:
    claims = together(
        lambda number: nodes[number % 2].write_now(
            lambda unit: unit.jobs.claim("remind", "2026-11-24T10", now)
        ),
        range(16),
    )

    assert claims.count(True) == 1


def test_other_jobs_and_other_slots_are_free_and_old_ones_forgotten(
    database: Database, now: datetime
) -> None:
    def work(unit: Unit) -> list[bool]:
        slots = [("remind", "10"), ("remind", "11"), ("tidy", "10"), ("tidy", "10")]
        return [unit.jobs.claim(job, slot, now) for job, slot in slots]

    assert database.write_now(work) == [True, True, True, False]
    assert database.write_now(lambda unit: unit.jobs.forget_before(now)) == 0
    assert database.write_now(lambda unit: unit.jobs.forget_before(now + HOUR)) == 3
