"""The platform's side of the callback, written from its documentation alone: XML, AES and signatures.

It shares no code with the service, so that a mistake made there is not made here again.
"""

import base64
import hashlib
import os
import re
import secrets
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAD_BLOCK_BYTES = 32
"""The platform pads to 32 bytes although AES has blocks of 16."""


@dataclass(frozen=True)
class Account:
    """What a public account and its server share."""

    token: str
    appid: str
    key: str
    original_id: str

    @property
    def aes_key(self) -> bytes:
        return base64.b64decode(self.key + "=")

    def sign(self, *parts: str) -> str:
        joined = "".join(sorted((self.token, *parts)))
        return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324 - the platform's choice

    def encrypt(self, xml: str, appid: str = "") -> str:
        body = xml.encode()
        full = os.urandom(16) + struct.pack(">I", len(body)) + body + (appid or self.appid).encode()
        missing = PAD_BLOCK_BYTES - len(full) % PAD_BLOCK_BYTES
        sealing = self._cipher().encryptor()
        return base64.b64encode(
            sealing.update(full + bytes([missing]) * missing) + sealing.finalize()
        ).decode()

    def decrypt(self, encrypted: str) -> tuple[str, str]:
        """Return the message and the appid behind it."""
        opening = self._cipher().decryptor()
        full = opening.update(base64.b64decode(encrypted)) + opening.finalize()
        full = full[: -full[-1]]
        (length,) = struct.unpack(">I", full[16:20])
        return full[20 : 20 + length].decode(), full[20 + length :].decode()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.aes_key), modes.CBC(self.aes_key[:16]))


@dataclass(frozen=True)
class Push:
    """One request of the platform: to be sent once, or again."""

    query: str
    body: bytes


def sealed(account: Account, xml: str, *, at: int | None = None, appid: str = "") -> Push:
    """Return ``xml`` as the platform pushes it in safe mode."""
    stamp, nonce = str(int(time.time()) if at is None else at), str(secrets.randbelow(10**10))
    encrypted = account.encrypt(xml, appid)
    query = urlencode(
        {
            "signature": account.sign(stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "encrypt_type": "aes",
            "msg_signature": account.sign(stamp, nonce, encrypted),
        }
    )
    to = f"<ToUserName><![CDATA[{account.original_id}]]></ToUserName>"
    return Push(query, f"<xml>{to}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode())


def message(account: Account, openid: str, kind: str, **fields: str | int) -> str:
    """Return the XML of a message or an event; a message gets a MsgId of its own where none is given."""
    common = {
        "ToUserName": account.original_id,
        "FromUserName": openid,
        "CreateTime": int(time.time()),
        "MsgType": kind,
    }
    if kind != "event":
        common["MsgId"] = 7 * 10**18 + secrets.randbelow(10**18)
    elements = (
        f"<{name}>{value if isinstance(value, int) else f'<![CDATA[{value}]]>'}</{name}>"
        for name, value in (common | fields).items()
    )
    return f"<xml>{''.join(elements)}</xml>"


def opened(account: Account, body: str) -> dict[str, str]:
    """Return the elements of a passive reply, {} for ``success``; asserts that it is well sealed."""
    if body == "success":
        return {}
    envelope = _elements(body)
    assert set(envelope) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    signed = account.sign(envelope["TimeStamp"], envelope["Nonce"], envelope["Encrypt"])
    assert envelope["MsgSignature"] == signed
    xml, appid = account.decrypt(envelope["Encrypt"])
    assert appid == account.appid
    return _elements(xml)


def _elements(xml: str) -> dict[str, str]:
    return {child.tag: child.text or "" for child in ET.fromstring(xml)}  # noqa: S314 - our own service wrote it


def new_openid() -> str:
    """Return an openid that nobody has had yet: 28 characters, as the platform's are."""
    return "o" + re.sub(r"[^A-Za-z0-9]", "x", secrets.token_urlsafe(27))[:27]
