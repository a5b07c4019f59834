"""The guard of /wechat: nothing passes that the platform did not send."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.channels.limits import TEXT_LIMIT_BYTES
from bot.webhook.crypto import EnvelopeError, EnvelopeKey, same, signature
from bot.webhook.document import Fields, read
from bot.webhook.parse import parse
from bot.webhook.refusal import BODY_LIMIT_BYTES, Refused, bad, forbidden, too_large
from bot.webhook.reply import SUCCESS, envelope, render, speaks
from handlers.residents.incoming import Datum, Incoming, Reply

Mode = Literal["plain", "compatible", "safe"]
FRESHNESS = timedelta(seconds=300)
"""How far the timestamp of a push may lie from our clock; the platform sets no window, peers use this."""
XML = "application/xml"
TEXT = "text/plain"

_SECONDS = re.compile(r"[0-9]{1,11}")
_ECHO = re.compile(r"[\x21-\x7e]{1,1024}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A push that passed: what it says, and what its answer must be sealed with."""

    incoming: Incoming
    key_used: str | None
    """The EncodingAESKey that opened it, None for a plain push."""
    nonce: str

    def __repr__(self) -> str:
        return f"Opened(kind={self.incoming.kind}, encrypted={self.key_used is not None})"


class Gate:
    """Checks, opens and answers the platform's requests; holds the account's callback secrets.

    ``keys`` are the EncodingAESKeys that may be in use, newest first. ``mode`` is the account's setting:
    ``safe`` refuses plain pushes, ``compatible`` takes both, ``plain`` takes encrypted ones only where a key
    is given (while the account's setting is being changed). ``original_id`` (gh_...) is compared with
    ToUserName where given. ValueError for an empty token, a safe gate without a key and a bad key.
    """

    def __init__(
        self,
        *,
        token: str,
        appid: str,
        keys: Sequence[str],
        mode: Mode,
        original_id: str = "",
        freshness: timedelta = FRESHNESS,
        position_datum: Datum = Datum.WGS84,
        reply_limit_bytes: int = TEXT_LIMIT_BYTES,
    ) -> None:
        if not token:
            # Anybody could sign with it.
            raise ValueError("the callback needs a token")
        if mode == "safe" and not keys:
            raise ValueError("safe mode needs an EncodingAESKey")
        self._token = token
        self._appid = appid
        self._keys = tuple(EnvelopeKey(key) for key in keys)
        self._mode = mode
        self._original_id = original_id
        self._freshness = freshness
        self._position_datum = position_datum
        self._reply_limit_bytes = reply_limit_bytes

    def echo(self, query: Mapping[str, str]) -> str:
        """Return what the check of the settings page must be answered with; Refused(400) or Refused(403).

        No freshness window here: the platform may send the same check again, nothing happens by it, and
        its echostr is plain text in every mode.
        """
        self._check(query, "signature")
        echo = query.get("echostr", "")
        if not _ECHO.fullmatch(echo):
            raise bad("query")
        return echo

    def open(self, query: Mapping[str, str], body: bytes, now: datetime) -> Opened:
        """Return the push in ``body``; Refused with 400 (unreadable), 403 (not the platform's) or 413."""
        if len(body) > BODY_LIMIT_BYTES:
            raise too_large()
        if _encrypted(query):
            return self._open_sealed(query, body, now)
        if self._mode == "safe":
            raise forbidden("plain")
        self._check(query, "signature")
        self._check_freshness(query, now)
        return self._opened(read(body), None, query)

    def seal(self, opened: Opened, reply: Reply, now: datetime) -> tuple[str, str]:
        """Return the body of the answer and its content type.

        ``success``, never encrypted, where there is nothing to say; else XML, encrypted with the key that
        opened the push where it came encrypted.
        """
        if not speaks(opened.incoming, reply):
            return SUCCESS, TEXT
        xml = render(opened.incoming, reply, now, self._reply_limit_bytes)
        return self._sealed(xml, opened, now), XML

    def _sealed(self, xml: str, opened: Opened, now: datetime) -> str:
        if opened.key_used is None:
            return xml
        stamp = str(int(now.timestamp()))
        encrypt = EnvelopeKey(opened.key_used).seal(xml, self._appid)
        return envelope(encrypt, signature(self._token, stamp, opened.nonce, encrypt), stamp, opened.nonce)

    def _open_sealed(self, query: Mapping[str, str], body: bytes, now: datetime) -> Opened:
        if not self._keys:
            raise forbidden("no_key")
        encrypt = read(body).text("Encrypt")
        if not encrypt:
            raise bad("fields")
        # `signature` comes along in safe mode, but does not cover the body.
        self._check(query, "msg_signature", encrypt)
        self._check_freshness(query, now)
        text, key = self._decrypted(encrypt)
        return self._opened(read(text.encode()), key.encoded, query)

    def _decrypted(self, encrypt: str) -> tuple[str, EnvelopeKey]:
        for key in self._keys:
            try:
                text, receiver = key.open(encrypt)
            except EnvelopeError:
                continue
            if not same(receiver, self._appid):
                raise forbidden("appid")
            return text, key
        raise forbidden("undecryptable")

    def _opened(self, fields: Fields, key: str | None, query: Mapping[str, str]) -> Opened:
        incoming = parse(fields, position_datum=self._position_datum)
        if self._original_id and incoming.account != self._original_id:
            raise forbidden("recipient")
        return Opened(incoming, key, query["nonce"])

    def _check(self, query: Mapping[str, str], name: str, *signed: str) -> None:
        given, stamp, nonce = (query.get(key, "") for key in (name, "timestamp", "nonce"))
        if not given or not nonce or not _SECONDS.fullmatch(stamp):
            raise bad("query")
        if not same(given, signature(self._token, stamp, nonce, *signed)):
            raise forbidden("signature")

    def _check_freshness(self, query: Mapping[str, str], now: datetime) -> None:
        age = now - datetime.fromtimestamp(int(query["timestamp"]), UTC)
        if abs(age) > self._freshness:
            raise forbidden("stale")


def _encrypted(query: Mapping[str, str]) -> bool:
    return query.get("encrypt_type", "raw") == "aes" or "msg_signature" in query


__all__ = ["BODY_LIMIT_BYTES", "FRESHNESS", "Gate", "Mode", "Opened", "Refused"]
