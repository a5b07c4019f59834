"""The clock's tick: jobs that are due run once, on whatever node, however many nodes tick."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.metrics import Metrics
from handlers.schedule.job import Job
from storage.database import Database
from storage.unit import Unit

BATCH_LIMIT = 5000
"""Batches of one job in one tick; what is left is the next slot's, so that no job starves the others."""
_log = structlog.get_logger(__name__)


class Scheduler:
    """Ticks in the serving loop. A slot is claimed in the transaction of the work it stands for.

    After a downtime only the latest slot of each job runs; since jobs find their work by the state of the
    rows, that catches up with everything. A batch is a transaction; the rest of a slot goes on in further
    ones, and where the node dies between two, the next slot goes on.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        database: Database,
        clock: Clock,
        tick_seconds: float,
        metrics: Metrics,
        after_tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._jobs = tuple(jobs)
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._after_tick = after_tick
        self._had: dict[str, str] = {}
        self._ticking = asyncio.Lock()
        self._stopping = False
        self._ticker = AsyncIOScheduler(timezone=UTC)
        # A late tick is as good as a timely one, and one tick stands for any number of missed ones.
        self._ticker.add_job(
            self.tick,
            "interval",
            seconds=tick_seconds,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    def start(self) -> None:
        """Begin to tick, in the running event loop, after ``tick_seconds`` for the first time."""
        self._ticker.start()

    async def stop(self) -> None:
        """Tick no more; a tick that was begun ends after its present batch."""
        self._stopping = True
        started = self._ticker.running
        if started:
            self._ticker.pause()
        async with self._ticking:
            # Shutting down cancels what still runs, in the midst of a transaction: so nothing may.
            if started:
                self._ticker.shutdown(wait=False)

    async def tick(self) -> int:
        """Run every job whose slot nobody has had; return how many ran. ``after_tick`` is called then.

        A job that fails keeps its slot free: the next tick tries it again. The others run all the same.
        """
        async with self._ticking:
            ran = 0
            for job in self._jobs:
                ran += await self._run(job)
            if ran:
                self._after_tick()
            return ran

    async def _run(self, job: Job) -> bool:
        slot = job.cadence.slot(self._clock.now())
        if self._had.get(job.name) == slot:
            return False
        try:
            ran = await self._run_slot(job, slot)
        except Exception as error:  # noqa: BLE001 - one job's mistake must not stop the others
            _log.error("job_failed", job=job.name, slot=slot, error=type(error).__name__)
            self._metrics.job(job.name, "error")
            return False
        self._had[job.name] = slot
        if ran:
            self._metrics.job(job.name, "ok")
        return ran

    async def _run_slot(self, job: Job, slot: str) -> bool:
        more = await self._database.write(lambda unit: self._begin(unit, job, slot))
        if more is None:
            return False
        batches = 1
        while more and batches < BATCH_LIMIT and not self._stopping:
            more = await self._database.write(lambda unit: job.work(unit, self._clock.now()))
            batches += 1
        return True

    def _begin(self, unit: Unit, job: Job, slot: str) -> bool | None:
        now = self._clock.now()
        return job.work(unit, now) if unit.jobs.claim(job.name, slot, now) else None
