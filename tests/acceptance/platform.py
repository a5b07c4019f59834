"""A platform for the service to call: it grants tokens, takes messages, notes everything, and can fail."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WINDOW_CLOSED = {"errcode": 45015, "errmsg": "response out of time limit or subscription is canceled"}
INVALID_TOKEN = {"errcode": 40001, "errmsg": "invalid credential"}
NO_SUCH_MEDIA = {"errcode": 40007, "errmsg": "invalid media_id"}
TOKEN = "platform-token"
PATIENCE_SECONDS = 30
"""How long a test waits for a message before it fails; far more than any healthy run needs."""
MENDS_AFTER_SECONDS = 0.02


@dataclass(frozen=True)
class Sent:
    """A message that the platform took."""

    way: str
    openid: str
    payload: dict[str, Any]

    @property
    def text(self) -> str:
        """What the resident reads in a customer-service message."""
        kind = self.payload.get("msgtype", "")
        return str(self.payload.get(kind, {}).get("content" if kind == "text" else "head_content", ""))

    @property
    def fields(self) -> dict[str, str]:
        """What the resident reads in a template message."""
        return {name: value["value"] for name, value in self.payload.get("data", {}).items()}


@dataclass
class Platform:
    """Its state; ``trouble`` is "" where it is well, else "busy" (503) or "gone" (it hangs up)."""

    media: dict[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    calls_in_trouble: int = 0
    _sent: list[Sent] = field(default_factory=list)
    _closed: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def close_window(self, openid: str) -> None:
        """Let no customer-service message reach that resident any more."""
        self._closed.add(openid)

    def told(self, openid: str, count: int) -> list[Sent]:
        """Wait until that resident got ``count`` messages and return them in their order."""
        return self.until(lambda: self._of(openid), lambda found: len(found) >= count)

    def until(self, look: Callable[[], list[Sent]], enough: Callable[[list[Sent]], bool]) -> list[Sent]:
        with self._changed:
            came = self._changed.wait_for(lambda: enough(look()), PATIENCE_SECONDS)
            found = look()
        assert came, f"only {len(found)} messages came: {[each.payload for each in found]}"
        return found

    @contextmanager
    def down(self, trouble: str) -> Iterator[None]:
        """Be in trouble for a while."""
        self.trouble, self.calls_in_trouble = trouble, 0
        try:
            yield
        finally:
            self.trouble = ""

    def wait_for_calls(self, count: int) -> None:
        """Wait until that many calls failed of the present trouble."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.calls_in_trouble >= count, PATIENCE_SECONDS)

    def failed_call(self) -> None:
        with self._changed:
            self.calls_in_trouble += 1
            self._changed.notify_all()

    def answer(self, path: str, query: dict[str, list[str]], payload: dict[str, Any]) -> Any:
        if path == "/cgi-bin/stable_token":
            return {"access_token": TOKEN, "expires_in": 7200}
        if query.get("access_token") != [TOKEN]:
            return INVALID_TOKEN
        if path == "/cgi-bin/media/get":
            return self.media.get(query["media_id"][0], NO_SUCH_MEDIA)
        return self._take(path.removeprefix("/cgi-bin/message/").removesuffix("/send"), payload)

    def _take(self, way: str, payload: dict[str, Any]) -> dict[str, Any]:
        if way not in {"custom", "template"}:
            return {"errcode": 43003, "errmsg": "no such call"}
        openid = payload["touser"]
        if way == "custom" and openid in self._closed:
            return WINDOW_CLOSED
        with self._changed:
            self._sent.append(Sent(way, openid, payload))
            self._changed.notify_all()
            return {"errcode": 0, "errmsg": "ok", "msgid": 10**9 + len(self._sent)}

    def _of(self, openid: str) -> list[Sent]:
        return [each for each in self._sent if each.openid == openid]


@contextmanager
def running() -> Iterator[tuple[Platform, str]]:
    """Run a platform on a free port of loopback; its state and its base URL."""
    platform = Platform()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(platform))
    thread = threading.Thread(target=server.serve_forever, args=(MENDS_AFTER_SECONDS,), daemon=True)
    thread.start()
    try:
        yield platform, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._exchange(b"")

        def do_POST(self) -> None:
            self._exchange(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _exchange(self, body: bytes) -> None:
            if platform.trouble:
                return self._fail()
            url = urlsplit(self.path)
            found = platform.answer(url.path, parse_qs(url.query), json.loads(body or b"{}"))
            if isinstance(found, bytes):
                return self._say(200, found, "image/jpeg")
            return self._say(200, json.dumps(found).encode(), "application/json")

        def _fail(self) -> None:
            trouble = platform.trouble
            platform.failed_call()
            if trouble == "busy":
                return self._say(503, b"", "text/plain")
            self.close_connection = True
            return None

        def _say(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait until ``holds``, for things that only the service can be asked about."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)
