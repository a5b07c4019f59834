"""Load from ``wrk``: pushes that were sealed beforehand, so that sending them costs next to nothing."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance import wire
from tests.acceptance.configuration import ACCOUNT

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 32
REPORT = "富民花苑3栋楼下烧烤店油烟太大，熏得没法开窗"


class Exhausted(Exception):
    """All prepared pushes were sent: more would be repeats, which are answered without any work."""


@dataclass(frozen=True)
class Result:
    """What one run came to."""

    requests: int
    failed: int
    a_second: float
    p50_seconds: float
    p99_seconds: float


class Pushes:
    """Prepared pushes in a file, each a report of somebody new; ``sent`` counts those used up."""

    def __init__(self, folder: Path, count: int) -> None:
        self._file = folder / "pushes"
        self._count = count
        self.sent = 0
        self._file.write_text("".join(_lines(count)), "utf-8")

    def send(self, port: int, seconds: float, *, again: bool = False) -> Result:
        """Send as many as are answered in ``seconds``; ``again``: begin anew at their end."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
        command += [f"http://127.0.0.1:{port}", "--", str(self._file), str(self.sent)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        words = next(line for line in output.splitlines() if line.startswith("RESULT")).split()[1:]
        result = Result(int(words[0]), int(words[1]), *(float(word) for word in words[2:]))
        # What was on its way when the time was over is not counted, but is used up.
        self.sent += result.requests + CONNECTIONS
        if self.sent > self._count and not again:
            raise Exhausted
        return result


def _lines(count: int) -> Iterator[str]:
    for _ in range(count):
        push = wire.sealed(ACCOUNT, wire.message(ACCOUNT, wire.new_openid(), "text", Content=REPORT))
        yield f"{push.query}\t{push.body.decode()}\n"
