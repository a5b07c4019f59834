"""The analyser, loaded beside the start: whoever needs it before it is there waits for it."""

import asyncio
from collections.abc import Callable

from nlp import Analyser, Analysis


class Understanding:
    """Loads in a thread, so that the event loop answers from the first moment."""

    def __init__(self, load: Callable[[], Analyser]) -> None:
        self._loading = asyncio.ensure_future(asyncio.to_thread(load))

    @property
    def ready(self) -> bool:
        """Whether a message would be understood at once."""
        return self._loading.done() and not self._loading.cancelled() and self._loading.exception() is None

    async def analyse(self, text: str) -> Analysis:
        """Return what a text means. Raises what loading raised."""
        # Cancelling one caller must not stop the loading that the others wait for.
        analyser = await asyncio.shield(self._loading)
        return analyser.analyse(text)

    async def close(self) -> None:
        """Wait for the loading to end, however it ends."""
        await asyncio.gather(self._loading, return_exceptions=True)
