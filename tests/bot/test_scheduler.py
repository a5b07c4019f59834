import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.metrics import Metrics
from bot.scheduler import Scheduler
from handlers.rules.lifecycle import Action
from handlers.schedule import Cadence, Job
from storage.database import Database
from storage.unit import Unit
from tests.clock import HandClock
from tests.handlers.schedule.life import Life

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def node(database: Database, clock: HandClock, metrics: Metrics) -> Callable[..., Scheduler]:
    def make(*jobs: Job, on: Database | None = None, **rest) -> Scheduler:
        return Scheduler(jobs, on or database, clock, 3600, metrics, **rest)

    return make


class Counted:
    """Work that counts how often it was done; ``left`` batches are there, ``broken`` fails."""

    def __init__(self, left: int = 1) -> None:
        self.moments: list[datetime] = []
        self.left = left
        self.broken = False

    def __call__(self, _unit: Unit, now: datetime) -> bool:
        if self.broken:
            raise RuntimeError("a mistake of ours")
        self.moments.append(now)
        self.left -= 1
        return self.left > 0

    def job(self, name: str = "work", every: timedelta = HOUR) -> Job:
        return Job(name, Cadence(every), self)


async def test_a_slot_is_worked_once(node):
    work = Counted()
    scheduler = node(work.job())

    ran = [await scheduler.tick() for _ in range(3)]

    assert (ran, len(work.moments)) == ([1, 0, 0], 1)


async def test_each_slot_is_worked(node, clock):
    work = Counted()
    scheduler = node(work.job())

    for _ in range(4):
        await scheduler.tick()
        clock.move(HOUR)

    assert len(work.moments) == 4


async def test_after_a_downtime_the_latest_slot_runs_once(node, clock):
    work = Counted()
    await node(work.job()).tick()
    clock.move(3 * DAY)
    restarted = node(work.job())

    ran = [await restarted.tick() for _ in range(3)]

    assert (ran, len(work.moments)) == ([1, 0, 0], 2)


async def test_two_nodes_that_tick_at_once_work_a_slot_once(node, database_url):
    work = Counted()
    other = Database(database_url)
    try:
        nodes = [node(work.job()), node(work.job(), on=other)]

        ran = await asyncio.gather(*(scheduler.tick() for scheduler in nodes))
    finally:
        other.close()

    assert (sorted(ran), len(work.moments)) == ([0, 1], 1)


async def test_what_one_batch_leaves_is_done_in_the_next(node):
    work = Counted(left=7)

    await node(work.job()).tick()

    assert work.left == 0


async def test_a_job_that_fails_is_tried_again_in_the_same_slot(node):
    work = Counted()
    work.broken = True
    scheduler = node(work.job())
    await scheduler.tick()
    work.broken = False

    ran = await scheduler.tick()

    assert (ran, len(work.moments)) == (1, 1)


async def test_a_job_that_fails_does_not_stop_the_others(node, metrics):
    bad, good = Counted(), Counted()
    bad.broken = True

    await node(bad.job("bad"), good.job("good")).tick()

    assert len(good.moments) == 1
    assert 'jiesu_job_runs_total{job="bad",outcome="error"} 1.0' in metrics.text().decode()


async def test_delivery_is_woken_after_a_tick_that_did_something(node):
    woken = []
    scheduler = node(Counted().job(), after_tick=lambda: woken.append("woken"))

    await scheduler.tick()
    await scheduler.tick()

    assert woken == ["woken"]


async def test_it_ticks_by_itself_until_it_is_stopped(database, clock, metrics):
    done = asyncio.Event()
    work = Counted()
    loop = asyncio.get_running_loop()

    def tell(unit, now):
        loop.call_soon_threadsafe(done.set)
        return work(unit, now)

    scheduler = Scheduler([Job("work", Cadence(HOUR), tell)], database, clock, 0.01, metrics)
    scheduler.start()
    await asyncio.wait_for(done.wait(), timeout=10)
    await scheduler.stop()

    assert len(work.moments) == 1


async def test_a_tick_that_is_stopped_leaves_the_rest_for_later(node):
    work = Counted(left=100)
    loop = asyncio.get_running_loop()
    stops: list[asyncio.Task[None]] = []

    def stop_soon(unit, now):
        loop.call_soon_threadsafe(lambda: stops.append(asyncio.ensure_future(scheduler.stop())))
        return work(unit, now)

    scheduler = node(Job("work", Cadence(HOUR), stop_soon))
    await scheduler.tick()
    await asyncio.gather(*stops)

    assert 0 < work.left < 100


class TestALife:
    """Two nodes, one database, two weeks of hourly ticks."""

    @pytest.fixture
    def life(self, database: Database) -> Life:
        return Life(database)

    async def test_every_rung_is_told_once_whatever_node_is_faster(
        self, life, node, clock, now, database_url
    ):
        person = life.resident(now)
        worked = life.file(now, resident_id=None)
        solved = life.file(now, resident_id=person)
        life.move(solved, Action.ACCEPT, now)
        life.move(solved, Action.RESOLVE, now)
        other = Database(database_url)
        try:
            nodes = [node(*life.jobs()), node(*life.jobs(), on=other)]
            for _ in range(14 * 12):
                await asyncio.gather(*(scheduler.tick() for scheduler in nodes))
                clock.move(2 * HOUR)
        finally:
            other.close()

        assert life.kinds(worked) == [
            "sign_for",
            "half",
            "eighty",
            "overdue",
            "escalate_desk",
            "escalate_leader",
        ]
        assert life.kinds(solved) == ["ask_rating", "ask_rating_again"]
        assert life.ticket(solved).status == "closed"

    async def test_a_downtime_of_three_days_is_caught_up_with(self, life, node, clock, now):
        ticket = life.file(now, resident_id=None)
        scheduler = node(*life.jobs())
        await scheduler.tick()
        clock.move(3 * DAY)

        await node(*life.jobs()).tick()

        assert life.kinds(ticket) == ["sign_for", "half"]

    async def test_a_node_that_dies_between_two_batches_loses_nothing(self, life, node, clock, now):
        tickets = [life.file(now, resident_id=None) for _ in range(3)]
        clock.move(HOUR * 5)
        reminders = life.job("reminders")
        left = 2

        def dying(unit, moment):
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError("the node dies")
            return reminders.work(unit, moment)

        await node(Job("reminders", reminders.cadence, dying)).tick()
        half_way = [life.kinds(ticket) for ticket in tickets]
        clock.move(MINUTE)
        await node(reminders).tick()

        assert [] in half_way
        assert [life.kinds(ticket) for ticket in tickets] == [["sign_for"]] * 3
