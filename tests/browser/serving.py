"""The service as `make run` starts it, simulator on, in a folder of its own."""

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.hours import CalendarSettings
from tests.acceptance.platform import eventually
from tests.acceptance.service import ROOT, STOP_SECONDS, Answer, clean_environment, free_port, run

CALM_DAYS = 4
"""Working days in a row that a play needs, so that no holiday comes between a report and its reminders."""

TRIES = 4
"""A notice is given up after so many, so that a dead letter takes some simulated hours only."""


@dataclass(frozen=True)
class Served:
    """A running service."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "service.log"

    def ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text("utf-8")
        try:
            return self.request("GET", "/readyz").status == HTTPStatus.OK
        except OSError:
            return False

    def request(self, method: str, path: str, body: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            connection.close()

    def to_a_calm_morning(self) -> None:
        """Move the simulated clock to ten in the morning of a day that calm working days follow."""
        now = datetime.fromisoformat(self.request("GET", "/simulator/state").json()["now"])
        minutes = int((calm_morning(now) - now) / timedelta(minutes=1)) + 1
        moved = self.request("POST", "/simulator/clock", json.dumps({"minutes": minutes}))
        assert moved.status == HTTPStatus.OK, moved.body

    def adds_user(self, name: str, role: str, office: str, password: str) -> None:
        """Add an officer's account on the command line."""
        unit = ("--office", office) if office else ()
        words = ("user", "add", name, "--role", role, *unit, "--password-stdin")
        added = run(*words, stdin=password, variables=environment(self.folder, self.port))
        assert added.returncode == 0, added.stderr


def calm_morning(now: datetime) -> datetime:
    """Return the next 10:00 in China on a working day before which and after which the offices work."""
    calendar = WorkingCalendar(CalendarSettings())
    day = calendar.local_date(now) + timedelta(days=1)
    while not all(calendar.is_workday(day + timedelta(days=ahead)) for ahead in range(CALM_DAYS)):
        day += timedelta(days=1)
    return calendar.at(day, time(10))


def environment(folder: Path, port: int) -> dict[str, str]:
    """Return the variables of a service that keeps everything in ``folder``."""
    return clean_environment() | {
        "BOT_SIMULATOR__ENABLED": "true",
        "BOT_SERVER__PORT": str(port),
        "BOT_DATABASE__URL": f"sqlite:///{folder / 'jiesu.db'}",
        "BOT_ARCHIVE__URL": (folder / "archive").as_uri(),
        "BOT_DELIVERY__TRIES": str(TRIES),
    }


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve until the block ends; it must have stopped in order."""
    port = free_port()
    with (folder / "service.log").open("wb") as log:
        command = [sys.executable, "-m", "bot", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment(folder, port), stdout=log, stderr=log)
    served = Served(folder, port, process)
    try:
        eventually(served.ready, "a ready service; its log is in service.log")
        served.to_a_calm_morning()
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0, served.log.read_text("utf-8")
