"""The platform's side of the callback, written apart from the code under test."""

import base64
import hashlib
import os
import re
import struct
from datetime import UTC, datetime

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.webhook import Gate, Mode

TOKEN = "spring"
APPID = "wx2c2769f8efd9abc2"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_KEY = "A" * 43
ACCOUNT = "gh_0123456789ab"
OPENID = "oResident000000000000000001"
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
NONCE = "415670741"


def gate(mode: Mode = "safe", *, keys: tuple[str, ...] = (KEY,), **rest) -> Gate:
    return Gate(token=TOKEN, appid=APPID, keys=keys, mode=mode, **rest)


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def plain_query(stamp: str = STAMP, nonce: str = NONCE, token: str = TOKEN) -> dict[str, str]:
    return {"signature": sign(token, stamp, nonce), "timestamp": stamp, "nonce": nonce}


def cipher(key: str) -> Cipher:
    raw = base64.b64decode(key + "=")
    return Cipher(algorithms.AES(raw), modes.CBC(raw[:16]))


def encrypt(text: str, *, key: str = KEY, appid: str = APPID) -> str:
    body = text.encode()
    return encrypt_raw(os.urandom(16) + struct.pack(">I", len(body)) + body + appid.encode(), key=key)


def encrypt_raw(packed: bytes, *, key: str = KEY, pad: int | None = None) -> str:
    count = 32 - len(packed) % 32 if pad is None else pad
    work = cipher(key).encryptor()
    return base64.b64encode(work.update(packed + bytes([count]) * count) + work.finalize()).decode()


def decrypt(encrypted: str, *, key: str = KEY) -> tuple[str, str]:
    work = cipher(key).decryptor()
    plain = work.update(base64.b64decode(encrypted)) + work.finalize()
    plain = plain[: -plain[-1]]
    (length,) = struct.unpack(">I", plain[16:20])
    return plain[20 : 20 + length].decode(), plain[20 + length :].decode()


def sealed(encrypted: str, stamp: str = STAMP, nonce: str = NONCE) -> tuple[dict[str, str], bytes]:
    query = plain_query(stamp, nonce) | {
        "encrypt_type": "aes",
        "msg_signature": sign(TOKEN, stamp, nonce, encrypted),
        "openid": OPENID,
    }
    body = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    )
    return query, body.encode()


def message(kind: str, inner: str = "", *, number: str = "6054768590064713728") -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{OPENID}]]></FromUserName>"
        f"<CreateTime>{STAMP}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{inner}"
        f"<MsgId>{number}</MsgId></xml>"
    )


def text_message(content: str) -> str:
    escaped = content.replace("]]>", "]]]]><![CDATA[>")
    return message("text", f"<Content><![CDATA[{escaped}]]></Content>")


def event(name: str, inner: str = "") -> str:
    return message("event", f"<Event><![CDATA[{name}]]></Event>{inner}").replace(
        "<MsgId>6054768590064713728</MsgId>", ""
    )


def cdata(xml: str, name: str) -> str:
    """The text of an element of a reply, with the CDATA sections joined."""
    found = re.search(f"<{name}>(.*?)</{name}>", xml, re.DOTALL)
    assert found, f"no {name}"
    return found.group(1).replace("]]]]><![CDATA[>", "]]>").removeprefix("<![CDATA[").removesuffix("]]>")
