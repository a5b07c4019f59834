"""From the outbox to the channels: at least once, in order in each lane, lanes beside each other."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import structlog

from bot.channels import ChannelError, Reaction
from bot.clock import Clock
from bot.delivery.choosing import Chooser
from bot.delivery.order import Order
from bot.delivery.recording import Recorder
from bot.delivery.sending import Sender
from bot.loops import Loop
from bot.metrics import Metrics
from bot.sections import Delivery as DeliverySettings
from storage.database import Database
from storage.errors import Stale, Unavailable
from storage.models import Notice

PATIENCE = 0.8
"""Share of a claim's time that sending may take; the rest is for writing down what became of it."""
_log = structlog.get_logger(__name__)


class Delivery:
    """Claims notices, sends them, writes down what became of them: each step a transaction of its own.

    Between sending and writing down nothing protects: a node that dies there leaves a claim that lapses,
    and the notice goes out once more.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        chooser: Chooser,
        sender: Sender,
        recorder: Recorder,
        settings: DeliverySettings,
        node: str,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._clock = clock
        self._chooser = chooser
        self._sender = sender
        self._recorder = recorder
        self._settings = settings
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._node = node
        self._claims = count(1)
        self._metrics = metrics
        self._busy: set[asyncio.Task[None]] = set()
        self._loop = Loop("delivery", self._fill, settings.poll_seconds)

    def wake(self) -> None:
        """Look at the outbox at once: something was committed."""
        self._loop.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until ``stop`` is set; what is on its way then is finished and written down."""
        await self._loop.run(stop)
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def run_once(self) -> int:
        """Deliver what is due and first in its lane; return how many notices that were.

        Call it again until it returns 0 to empty the lanes. Raises StorageError where the database is away.
        """
        gate = asyncio.Semaphore(self._settings.workers)

        async def gated(notice: Notice) -> None:
            async with gate:
                await self._deliver(notice)

        taken = await self._claim(self._settings.batch)
        done = await asyncio.gather(*(gated(notice) for notice in taken), return_exceptions=True)
        for error in done:
            if error is not None:
                raise error
        return len(taken)

    async def _fill(self) -> int:
        """Put every idle worker to work: a slow message holds up its own lane only."""
        idle = self._settings.workers - len(self._busy)
        taken = await self._claim(idle) if idle > 0 else ()
        for notice in taken:
            task = asyncio.create_task(self._deliver(notice))
            self._busy.add(task)
            task.add_done_callback(self._over)
        return len(taken)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("delivery_failed", error=type(error).__name__)
        else:
            self.wake()

    async def _claim(self, limit: int) -> Sequence[Notice]:
        now, claim = self._clock.now(), f"{self._node}:{next(self._claims)}"
        return await self._database.write(lambda unit: unit.outbox.claim(now, claim, limit, self._lease))

    async def _deliver(self, notice: Notice) -> None:
        assert notice.id is not None
        notice_id, claim = notice.id, notice.claimed_by
        try:
            order = await self._order(notice_id, claim)
            if order:
                await self._send(order)
        except (Unavailable, Stale):
            raise  # the claim lapses, and then the notice is tried again
        except Exception as error:  # noqa: BLE001 - whatever a bad row causes is that row's own end
            _log.error("notice_poisoned", notice=notice_id, error=type(error).__name__)
            poison = error
            await self._database.write(lambda unit: self._recorder.poisoned(unit, notice_id, claim, poison))
            self._metrics.notice("none", "failed")

    async def _order(self, notice_id: int, claim: str) -> Order | None:
        now = self._clock.now()
        return await self._database.write(lambda unit: self._chooser.order(unit, notice_id, claim, now))

    async def _send(self, order: Order) -> None:
        try:
            msgid = await self._sent(order)
        except ChannelError as error:
            await self._failed(order, error)
            return
        now = self._clock.now()
        await self._database.write(lambda unit: self._recorder.sent(unit, order, msgid, now))
        self._metrics.notice(order.way, "sent")

    async def _sent(self, order: Order) -> str:
        """Send while the claim is ours: after that another node may be sending the same."""
        try:
            async with asyncio.timeout(PATIENCE * self._lease.total_seconds()):
                return await self._sender.send(order)
        except TimeoutError:
            raise ChannelError(None, Reaction.RETRY, detail="slow") from None

    async def _failed(self, order: Order, error: ChannelError) -> None:
        now = self._clock.now()
        state = await self._database.write(lambda unit: self._recorder.failed(unit, order, error, now))
        self._metrics.notice(order.way, error.reaction.value)
        level = _log.error if error.reaction in _ALARMING or state == "failed" else _log.info
        level(
            "notice_not_sent",
            notice=order.notice_id,
            kind=order.kind,
            way=order.way,
            why=str(error),
            now=state,
        )


_ALARMING = frozenset({Reaction.OPERATOR, Reaction.QUOTA})
"""Somebody has to look: a credential, a permission, the day's calls."""
