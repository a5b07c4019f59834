"""How long a start takes until /healthz and until /readyz answer. Goal: ready within 3 s."""

import http.client
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.subject import prepared, processor_seconds
from benchmarks.table import show
from tests.acceptance.service import Service

POLL_SECONDS = 0.005
GIVE_UP_SECONDS = 60
HEAD = ("start", "healthz s", "cpu s", "readyz s", "cpu s")


def main() -> None:
    """Start once on an empty folder, then twice more on the same database."""
    with prepared("sqlite") as service:
        rows = [_row(name, service) for name in ("first", "second", "third")]
    show("Start, SQLite", HEAD, rows)


def _row(name: str, service: Service) -> tuple[str, ...]:
    with _started(service) as process:
        began = time.perf_counter()
        figures = []
        for path in ("/healthz", "/readyz"):
            _wait(service.port, path)
            figures += [time.perf_counter() - began, processor_seconds(process.pid)]
    return (name, *(f"{figure:.2f}" for figure in figures))


@contextmanager
def _started(service: Service) -> Iterator["subprocess.Popen[bytes]"]:
    process = service.spawn()
    try:
        yield process
    finally:
        service.terminate()
        service.stopped()


def _wait(port: int, path: str) -> None:
    end = time.perf_counter() + GIVE_UP_SECONDS
    while not _answers(port, path):
        if time.perf_counter() > end:
            raise SystemExit(f"{path} did not answer in {GIVE_UP_SECONDS} s")
        time.sleep(POLL_SECONDS)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
