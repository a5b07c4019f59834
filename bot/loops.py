"""A task that does what there is, sleeps until it is woken or some time has passed, and stops cleanly."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

_log = structlog.get_logger(__name__)


class Loop:
    """Runs ``work`` (which returns how much it did) again and again, while there is something at once."""

    def __init__(self, name: str, work: Callable[[], Awaitable[int]], poll_seconds: float) -> None:
        self._name = name
        self._work = work
        self._poll_seconds = poll_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once: something was committed. Call it in the event loop's own thread."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; what was begun is finished. No failure ends it."""
        while not stop.is_set():
            self._woken.clear()
            if not await self._worked():
                await self._pause(stop)

    async def _worked(self) -> int:
        try:
            return await self._work()
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            _log.error("loop_failed", loop=self._name, error=type(error).__name__)
            return 0

    async def _pause(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._woken, stop)]
        try:
            await asyncio.wait(waits, timeout=self._poll_seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            for wait in waits:
                with suppress(asyncio.CancelledError):
                    await wait
