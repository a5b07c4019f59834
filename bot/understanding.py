"""The analyser, loaded beside the start, and anew when the desk publishes another lexicon."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog

from bot.loops import Loop
from nlp import Analyser, Analysis

POLL_SECONDS = 3.0
"""How long a node may go on with the lexicon before; asking costs one look into an index."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """An analyser, the version of its lexicon, and the newest version there was then.

    They differ where the newest cannot be used.
    """

    analyser: Analyser
    version: int = 0
    newest: int = 0


Load = Callable[[Loaded | None], Loaded]
"""Loads what is in force, given what is loaded; takes about a second, in a thread."""


async def _never() -> int:
    return 0


class Understanding:
    """Loads in a thread, from ``begin`` or the first text on, so that the event loop goes on answering.

    ``newest`` tells the version that was published last.
    """

    def __init__(self, load: Load, newest: Callable[[], Awaitable[int]] = _never) -> None:
        self._load = load
        self._newest = newest
        self._loading: asyncio.Future[Loaded] | None = None
        self._loop = Loop("lexicon", self.refresh, POLL_SECONDS)

    def begin(self) -> None:
        """Begin to load, unless that was begun before."""
        self._begun()

    @property
    def ready(self) -> bool:
        """Whether a message would be understood at once."""
        return self._done() is not None

    @property
    def version(self) -> int:
        """The version of the lexicon that texts are read with here; 0 is the packaged one."""
        loaded = self._done()
        return loaded.version if loaded else 0

    async def analyse(self, text: str) -> Analysis:
        """Return what a text means, and by which lexicon. Raises what loading raised."""
        # Cancelling one caller must not stop the loading that the others wait for.
        loaded = await asyncio.shield(self._begun())
        return replace(loaded.analyser.analyse(text), lexicon=loaded.version)

    async def refresh(self) -> int:
        """Change over to the lexicon published last, once it is loaded; return 0: nothing is left to do.

        What cannot be used is told in the log, and the lexicon before goes on.
        """
        loaded = self._done()
        if loaded is None or await self._newest() == loaded.newest:
            return 0
        loading = asyncio.ensure_future(asyncio.to_thread(self._load, loaded))
        fresh = await asyncio.shield(loading)
        self._loading = loading
        if fresh.version != loaded.version:
            _log.info("lexicon_loaded", version=fresh.version)
        return 0

    async def run(self, stop: asyncio.Event) -> None:
        """Look for another lexicon every few seconds until ``stop`` is set."""
        await self._loop.run(stop)

    async def close(self) -> None:
        """Wait for the loading to end, however it ends."""
        if self._loading is not None:
            await asyncio.gather(self._loading, return_exceptions=True)

    def _begun(self) -> "asyncio.Future[Loaded]":
        if self._loading is None:
            self._loading = asyncio.ensure_future(asyncio.to_thread(self._load, None))
            self._loading.add_done_callback(_tell)
        return self._loading

    def _done(self) -> Loaded | None:
        loading = self._loading
        if loading is None or not loading.done() or loading.cancelled() or loading.exception():
            return None
        return loading.result()


def _tell(loading: "asyncio.Future[Loaded]") -> None:
    if not loading.cancelled() and (error := loading.exception()):
        _log.error("understanding_failed", error=type(error).__name__)
