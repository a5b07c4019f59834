"""How long a push takes, from its first byte to its reply. Goal: p50 under 50 ms on an idle machine.

Each push is a report of somebody new, sealed as in safe mode, that files a ticket: claim, conversation,
ticket, history, notices and reply are on disk before the answer.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence

import aiohttp

from benchmarks.subject import DATABASES, prepared, processor_seconds
from benchmarks.table import milliseconds, percentile, show
from tests.acceptance.service import Service
from tests.acceptance.wire import Push

REPORT = "富民花苑3栋楼下烧烤店油烟太大，熏得没法开窗"
PUSHES = {1: 200, 32: 640}
"""Connections, and how many pushes they send together."""
WARMING = 20
HEAD = ("database", "connections", "pushes", "p50 ms", "p99 ms", "longest ms", "a second", "cpu ms each")


def main() -> None:
    """Measure both databases; each on an empty database."""
    rows = []
    for database in DATABASES:
        with prepared(database) as service:
            service.start()
            rows += [_row(database, service, connections) for connections in PUSHES]
    show("Push to reply, safe mode", HEAD, rows)


def _row(database: str, service: Service, connections: int) -> tuple[str, ...]:
    asyncio.run(_measured(service, connections, WARMING))
    before, began = processor_seconds(service.pid), time.perf_counter()
    times = asyncio.run(_measured(service, connections, PUSHES[connections]))
    took, used = time.perf_counter() - began, processor_seconds(service.pid) - before
    figures = (percentile(times, 0.5), percentile(times, 0.99), max(times))
    return (
        database,
        str(connections),
        str(len(times)),
        *map(milliseconds, figures),
        f"{len(times) / took:.0f}",
        milliseconds(used / len(times)),
    )


async def _measured(service: Service, connections: int, count: int) -> Sequence[float]:
    """Send ``count`` pushes over that many connections; return the seconds that each took."""
    pushes = iter([service.resident().push("text", Content=REPORT) for _ in range(count)])
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as http:
        lanes = [_lane(http, service.port, pushes) for _ in range(connections)]
        return [seconds for lane in await asyncio.gather(*lanes) for seconds in lane]


async def _lane(http: aiohttp.ClientSession, port: int, pushes: Iterator[Push]) -> list[float]:
    times = []
    for push in pushes:
        began = time.perf_counter()
        async with http.post(f"http://127.0.0.1:{port}/wechat?{push.query}", data=push.body) as answer:
            body = await answer.read()
        times.append(time.perf_counter() - began)
        assert answer.status == 200
        assert body.startswith(b"<xml>")
    return times
