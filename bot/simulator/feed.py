"""What happens, told live to every open page (server-sent events)."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

_BACKLOG = 2_000
"""Events that wait for a slow page before it is cut off; it then comes back and gets everything anew."""
_HEARTBEAT_S = 15
"""How often a quiet stream says that it lives, so that a page that has gone is noticed."""

Queue = asyncio.Queue[str | None]


class Feed:
    """Hands each event to all pages; None in a queue means: the stream ends."""

    def __init__(self) -> None:
        self._queues: set[Queue] = set()
        self._closed = False

    @contextmanager
    def listen(self) -> Iterator[Queue]:
        """Give a queue of ready-made event texts for as long as a page listens."""
        queue: Queue = asyncio.Queue()
        self._queues.add(queue)
        if self._closed:
            queue.put_nowait(None)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def publish(self, event: str, data: Any) -> None:
        """Tell all pages."""
        text = event_text(event, data)
        for queue in tuple(self._queues):
            self._hand(queue, text)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    def _hand(self, queue: Queue, text: str) -> None:
        if queue.qsize() < _BACKLOG:
            queue.put_nowait(text)
            return
        self._queues.discard(queue)
        queue.put_nowait(None)


def event_text(event: str, data: Any) -> str:
    """Return one event in the text/event-stream format; JSON has no bare line break, so one line does."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def stream(queue: Queue, response: web.StreamResponse) -> None:
    """Write events to a page until the stream ends."""
    while True:
        try:
            text = await asyncio.wait_for(queue.get(), _HEARTBEAT_S)
        except TimeoutError:
            text = ": still here\n\n"
        if text is None:
            return
        await response.write(text.encode())
