"""A push from parsed value to committed reply."""

from time import perf_counter

from bot.clock import Clock
from bot.delivery import Delivery
from bot.media import MediaFetcher
from bot.metrics import Metrics
from bot.understanding import Understanding
from handlers.residents.incoming import Incoming, Reply
from handlers.residents.intake import SPOKEN, Intake
from storage.database import Database


class Receiver:
    """Understands a push, does its work in one transaction, and wakes those who go on from there."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        understanding: Understanding,
        clock: Clock,
        delivery: Delivery,
        media: MediaFetcher,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._intake = intake
        self._understanding = understanding
        self._clock = clock
        self._delivery = delivery
        self._media = media
        self._metrics = metrics

    async def __call__(self, incoming: Incoming) -> Reply:
        """Return the reply of a push, once it is on disk."""
        began = perf_counter()
        reads = incoming.text and incoming.kind in SPOKEN
        analysis = await self._understanding.analyse(incoming.text) if reads else None
        now = self._clock.now()
        reply = await self._database.write(lambda unit: self._intake.receive(unit, incoming, analysis, now))
        self._metrics.push(incoming.kind.value)
        self._metrics.replied(perf_counter() - began)
        self._delivery.wake()
        if incoming.media:
            self._media.wake()
        return reply
