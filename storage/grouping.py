"""Group commit: what waits together is written together, with one flush of the disk for all.

A group runs in one transaction, one work after the other, and is answered once that is on disk. Where a
work fails, the transaction is rolled back and the others begin again without it; the failed one is then
done alone, as if it had come alone. So every work is kept whole or not at all, whatever its neighbours do.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from storage.errors import Unavailable
from storage.unit import Unit

AnyWork = Callable[[Unit], Any]
Together = Callable[[Sequence[AnyWork]], list[Any]]
"""Does all of some works in one transaction and returns their values; Spoiled where one of them failed."""
Alone = Callable[[AnyWork], Any]

GROUP_LIMIT = 64
"""Works of one group: more would let the first wait too long for the last."""

SPOILERS_LIMIT = 3
"""Failures after which the rest of a group is done one by one, since each failure does the others again."""


class Spoiled(Exception):
    """One work of a group failed, the one at ``index``; nothing was kept of the group."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A work, and who waits for it: a task of an event loop, or a thread."""

    work: AnyWork
    promise: "asyncio.Future[Any] | Future[Any]"

    def begun(self) -> bool:
        """Whether it is still wanted; from now on it cannot be taken back by a thread."""
        if isinstance(self.promise, Future):
            return self.promise.set_running_or_notify_cancel()
        return not self.promise.cancelled()


@dataclass(frozen=True, slots=True)
class _Outcome:
    waiting: _Waiting
    value: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Answer who waits; in the thread of the event loop where it is a task."""
        promise: Any = self.waiting.promise
        if promise.done():
            return  # its caller was cancelled meanwhile
        if self.error is None:
            promise.set_result(self.value)
        else:
            promise.set_exception(self.error)


class Groups:
    """Queues works and has one thread do them in groups, in the order in which they came."""

    def __init__(self, together: Together, alone: Alone) -> None:
        self._together = together
        self._alone = alone
        self._pool = ThreadPoolExecutor(1, "db-write")
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._busy = False

    async def awaited(self, work: AnyWork) -> Any:
        """Do a work for a task; raises what it raised."""
        promise: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._put(_Waiting(work, promise))
        return await promise

    def now(self, work: AnyWork) -> Any:
        """Do a work for a thread that waits; raises what it raised."""
        promise: Future[Any] = Future()
        self._put(_Waiting(work, promise))
        return promise.result()

    def close(self) -> None:
        """Finish what waits; later works are Unavailable."""
        self._pool.shutdown()

    def _put(self, waiting: _Waiting) -> None:
        with self._lock:
            self._waiting.append(waiting)
            if self._busy:
                return
            try:
                self._pool.submit(self._drain)
            except RuntimeError as error:
                self._waiting.clear()
                raise Unavailable("the database is closed") from error
            self._busy = True

    def _drain(self) -> None:
        while group := self._taken():
            _tell(self._done([waiting for waiting in group if waiting.begun()]))

    def _taken(self) -> list[_Waiting]:
        with self._lock:
            count = min(len(self._waiting), GROUP_LIMIT)
            self._busy = count > 0
            return [self._waiting.popleft() for _ in range(count)]

    def _done(self, group: list[_Waiting]) -> list[_Outcome]:
        """Do a group; what spoils it is done alone, after the others."""
        spoilers: list[_Waiting] = []
        while len(group) > 1 and len(spoilers) < SPOILERS_LIMIT:
            try:
                values = self._together([waiting.work for waiting in group])
            except Spoiled as spoiled:
                spoilers.append(group.pop(spoiled.index))
            except Exception as error:  # noqa: BLE001 - the database's failure is everybody's
                return [_Outcome(waiting, error=error) for waiting in (*group, *spoilers)]
            else:
                done = [_Outcome(*pair) for pair in zip(group, values, strict=True)]
                return done + [self._done_alone(waiting) for waiting in spoilers]
        return [self._done_alone(waiting) for waiting in (*group, *spoilers)]

    def _done_alone(self, waiting: _Waiting) -> _Outcome:
        try:
            return _Outcome(waiting, self._alone(waiting.work))
        except BaseException as error:  # noqa: BLE001 - whoever waits hears of it, and the thread lives on
            return _Outcome(waiting, error=error)


def _tell(outcomes: Sequence[_Outcome]) -> None:
    """Answer all, those of one event loop with a single call: each would wake it up."""
    loops: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
    for outcome in outcomes:
        promise = outcome.waiting.promise
        if isinstance(promise, Future):
            outcome.tell()
        else:
            loops.setdefault(promise.get_loop(), []).append(outcome)
    for loop, told in loops.items():
        try:
            loop.call_soon_threadsafe(_tell_here, told)
        except RuntimeError:
            continue  # the loop is closed: nobody waits any more


def _tell_here(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        outcome.tell()
