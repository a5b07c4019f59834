"""Two ways to the chat: the intake in this process, and the webhook of a running service."""

import hashlib
import re
import secrets
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bot.settings import load
from handlers.cases import Casebook
from handlers.gazetteer import entries
from handlers.residents.incoming import Incoming, Kind
from handlers.residents.setting_up import intake
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import Zone
from handlers.telling import Teller
from nlp import Analyser, Gazetteer, load_lexicon
from storage.database import Database
from storage.migrate import upgrade

CONFIG = Path(__file__).parent.parent / "config.yaml"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""10:00 in China, on a working day."""
STEP = timedelta(seconds=20)
_CONTENT = re.compile(r"<Content>(.*?)</Content>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class Channel(Protocol):
    """Somebody to write to."""

    def say(self, openid: str, text: str) -> str:
        """Send a text and return the reply, "" for none; raises where the service fails."""


class InProcess:
    """The intake itself, on a temporary SQLite database, with a clock of its own."""

    def __init__(self, zone: Zone) -> None:
        calendar = WorkingCalendar(zone.calendar, zone.timezone)
        self._intake = intake(zone, calendar, Casebook(zone, calendar), Teller(zone, calendar))
        self._analyser = Analyser(load_lexicon(), Gazetteer(entries(zone)), zone.prefix)
        self._now, self._count = START, 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        self._database = Database(f"sqlite:///{self._folder.name}/replay.sqlite")
        upgrade(self._database)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def say(self, openid: str, text: str) -> str:
        self._now, self._count = self._now + STEP, self._count + 1
        now = self._now
        push = Incoming(f"replay-{self._count}", Kind.TEXT, openid, "gh_replay", now, text)
        heard = self._analyser.analyse(text)
        return self._database.write_now(lambda unit: self._intake.receive(unit, push, heard, now)).text


class Webhook:
    """A running service, spoken to in signed plain XML as the platform does."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._number = time.time_ns()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def say(self, openid: str, text: str) -> str:
        self._number += 1
        request = Request(
            f"{self._url}/wechat?{self._query(openid)}", self._body(openid, text), method="POST"
        )
        request.add_header("Content-Type", "text/xml")
        with urlopen(request, timeout=10) as response:
            return _content(response.read().decode())

    def _query(self, openid: str) -> str:
        stamp, nonce = str(int(time.time())), secrets.token_hex(5)
        signed = "".join(sorted((self._token, stamp, nonce)))
        signature = hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()
        return urlencode({"signature": signature, "timestamp": stamp, "nonce": nonce, "openid": openid})

    def _body(self, openid: str, text: str) -> bytes:
        fields = {"ToUserName": "gh_replay", "FromUserName": openid, "MsgType": "text", "Content": text}
        escaped = (f"<{name}>{_section(value)}</{name}>" for name, value in fields.items())
        stamps = f"<CreateTime>{int(time.time())}</CreateTime><MsgId>{self._number}</MsgId>"
        return f"<xml>{''.join(escaped)}{stamps}</xml>".encode()


def _section(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _content(xml: str) -> str:
    found = _CONTENT.search(xml)
    return "".join(_CDATA.findall(found[1])) if found else ""


def zone_of(config: Path = CONFIG) -> Zone:
    """Return the zone whose category names the residents choose by."""
    return load(config, {}).zone
