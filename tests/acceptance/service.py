"""The service as a process of its own, and the ways into it: pushes, the API, the command line."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance import wire
from tests.acceptance.configuration import ACCOUNT
from tests.acceptance.platform import Platform, eventually
from tests.acceptance.wire import Push

ENTRY = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """Status and body of an HTTP answer."""

    status: int
    body: str

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Service:
    """A service process with its folder, its variables, and the platform it calls."""

    folder: Path
    config: Path
    variables: Mapping[str, str]
    port: int
    platform: Platform
    spoken: set[str] = field(default_factory=set)
    """Everything personal that was ever said to it: no log may hold it."""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "service.log"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.spawn()
        eventually(self._is_up, "a ready service")

    def spawn(self) -> "subprocess.Popen[bytes]":
        """Start it and return at once."""
        command = [*ENTRY, "serve", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, cwd=ROOT, env=self._environ())
        return self._process

    def revive(self) -> None:
        """Start it again where a test left it dead or dying."""
        if not self.is_ready():
            self.kill()
            self.start()

    def is_ready(self) -> bool:
        """Tell whether it answers and is ready."""
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    def _is_up(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text("utf-8")
        return self.is_ready()

    def terminate(self) -> None:
        """Ask it to stop (SIGTERM)."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def stopped(self) -> int:
        """Wait until it has stopped and return its exit code."""
        assert self._process is not None
        return self._process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """End it without a warning (SIGKILL)."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(STOP_SECONDS)

    def run(self, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line with this service's settings."""
        return run(
            *arguments, "--config", str(self.config), stdin=stdin, variables={**self._environ(), **variables}
        )

    def get(self, path: str, token: str = "") -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.request("GET", path, b"", headers)

    def post(self, path: str, content: Mapping[str, Any], token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return self.request("POST", path, json.dumps(content).encode(), headers)

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        with closing(self.connection()) as connection:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection to it, not yet opened."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def push(self, push: Push) -> Answer:
        """Deliver a push as the platform would."""
        return self.request("POST", f"/wechat?{push.query}", push.body, {"Content-Type": "text/xml"})

    def resident(self) -> "Resident":
        """Return somebody who never wrote before."""
        resident = Resident(self, wire.new_openid())
        self.spoken.add(resident.openid)
        return resident

    def _environ(self) -> dict[str, str]:
        return clean_environment() | dict(self.variables)


@dataclass(frozen=True)
class Resident:
    """Somebody at the other end of the platform."""

    service: Service
    openid: str

    def writes(self, text: str, **fields: str | int) -> str:
        """Send a text and return what is answered at once."""
        return self.sends("text", Content=text, **fields)

    def sends(self, kind: str, **fields: str | int) -> str:
        """Send a message of a kind and return the text of the answer, "" where there is none."""
        answer = self.service.push(self.push(kind, **fields))
        assert answer.status == 200
        return wire.opened(ACCOUNT, answer.body).get("Content", "")

    def push(self, kind: str, **fields: str | int) -> Push:
        """Return a push of this resident, to be sent later or more than once."""
        self.service.spoken.add(str(fields.get("Content", self.openid)))
        return wire.sealed(ACCOUNT, wire.message(ACCOUNT, self.openid, kind, **fields))


def run(*arguments: str, stdin: str = "", variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run(
        [*ENTRY, *arguments],
        input=stdin,
        env=dict(variables),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """Return this process's variables without settings of the service."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("BOT_")}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
