"""The analyser, loaded beside the start: whoever needs it before it is there waits for it."""

import asyncio
from collections.abc import Callable

import structlog

from nlp import Analyser, Analysis

_log = structlog.get_logger(__name__)


class Understanding:
    """Loads in a thread, from ``begin`` or the first text on, so that the event loop goes on answering."""

    def __init__(self, load: Callable[[], Analyser]) -> None:
        self._load = load
        self._loading: asyncio.Future[Analyser] | None = None

    def begin(self) -> None:
        """Begin to load, unless that was begun before."""
        self._begun()

    @property
    def ready(self) -> bool:
        """Whether a message would be understood at once."""
        loading = self._loading
        if loading is None or not loading.done() or loading.cancelled():
            return False
        return loading.exception() is None

    async def analyse(self, text: str) -> Analysis:
        """Return what a text means. Raises what loading raised."""
        # Cancelling one caller must not stop the loading that the others wait for.
        analyser = await asyncio.shield(self._begun())
        return analyser.analyse(text)

    async def close(self) -> None:
        """Wait for the loading to end, however it ends."""
        if self._loading is not None:
            await asyncio.gather(self._loading, return_exceptions=True)

    def _begun(self) -> "asyncio.Future[Analyser]":
        if self._loading is None:
            self._loading = asyncio.ensure_future(asyncio.to_thread(self._load))
            self._loading.add_done_callback(_tell)
        return self._loading


def _tell(loading: "asyncio.Future[Analyser]") -> None:
    if not loading.cancelled() and (error := loading.exception()):
        _log.error("understanding_failed", error=type(error).__name__)
