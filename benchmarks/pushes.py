"""Messages a second, push to reply, beside a bot that does nothing. Goal: 0.45 of that, p99 in 8 times its.

Each push is a report of somebody new, sealed as in safe mode, that files a ticket: claim, conversation,
ticket, history, notices and reply are on disk before the answer. The floor verifies, decrypts, parses and
answers a constant. Both run as one process under the same load. Needs ``wrk``.
"""

import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from benchmarks import statements
from benchmarks.load import CONNECTIONS, Pushes, Result
from benchmarks.subject import DATABASES, prepared, processor_seconds
from benchmarks.table import milliseconds, show
from tests.acceptance.service import free_port

WARMING_SECONDS, SECONDS, REPEATS = 2, 4, 3
PREPARED = 40_000
HEAD = (
    "what",
    "a second",
    "of the floor",
    "p50 ms",
    "p99 ms",
    "p99 of the floor's",
    "cpu s per 1000",
    "failed",
)
Run = tuple[Result, float]
"""What a run came to, and the processor time that it took in seconds."""


def main() -> None:
    """Measure the floor and both databases in turn; each on an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        pushes = Pushes(Path(folder), PREPARED)
        with _floor() as (pid, port):
            floor = _middle(pid, port, pushes, again=True)
        rows = [_row("floor", floor, floor)]
        for database in DATABASES:
            pushes = Pushes(Path(folder), PREPARED)
            with prepared(database) as service:
                service.start()
                rows.append(_row(database, _middle(service.pid, service.port, pushes), floor))
    show(f"Push to reply, safe mode, {CONNECTIONS} connections, best of {REPEATS}", HEAD, rows)
    statements.main()


def _middle(pid: int, port: int, pushes: Pushes, *, again: bool = False) -> Run:
    """The best of some runs: on a machine that others use, too, the others only ever make it slower."""
    pushes.send(port, WARMING_SECONDS, again=again)
    return max(
        (_run(pid, port, pushes, again=again) for _ in range(REPEATS)), key=lambda run: run[0].a_second
    )


def _run(pid: int, port: int, pushes: Pushes, *, again: bool) -> Run:
    before = processor_seconds(pid)
    result = pushes.send(port, SECONDS, again=again)
    return result, processor_seconds(pid) - before


def _row(name: str, run: Run, floor: Run) -> Sequence[str]:
    result, used = run
    return (
        name,
        f"{result.a_second:.0f}",
        f"{result.a_second / floor[0].a_second:.2f}",
        milliseconds(result.p50_seconds),
        milliseconds(result.p99_seconds),
        f"{result.p99_seconds / floor[0].p99_seconds:.1f}",
        f"{used / result.requests * 1000:.2f}",
        str(result.failed),
    )


@contextmanager
def _floor() -> Iterator[tuple[int, int]]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.floor", str(port)])
    try:
        while not _answers(port):
            sleep(0.1)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
            return True
    except OSError:
        return False
