"""Signatures and the envelope of safe mode (the platform's WXBizMsgCrypt).

The layout of a plaintext is ``random(16) + length(4, big-endian, bytes) + text + receiver``, padded to 32
and sealed with AES-256-CBC. wechatpy lends the signer, the cipher and the padding; opening is done here,
because its own decryption trusts the pad byte, lets ValueError, struct.error and IndexError out, and
compares digests with ``!=``.
"""

import base64
import binascii
import hmac
import secrets
import struct

from wechatpy.crypto import WeChatCipher
from wechatpy.crypto.pkcs7 import PKCS7Encoder
from wechatpy.utils import WeChatSigner

KEY_CHARACTERS = 43
"""Length of an EncodingAESKey as the account's settings page gives it (base64 of 32 bytes without ``=``)."""
KEY_BYTES = 32
CIPHER_BLOCK_BYTES = 16
PAD_LIMIT_BYTES = 32
"""The envelope pads to 32 although the AES block is 16: pads of 17 to 32 are ordinary."""
SALT_BYTES = 16
HEAD_BYTES = SALT_BYTES + 4


class EnvelopeError(Exception):
    """The ciphertext does not open with this key; the message says at which step, never with what."""


def signature(*parts: str) -> str:
    """Return the platform's signature of token, timestamp, nonce (and ciphertext): SHA-1, lower-case hex."""
    signer = WeChatSigner()
    # A query may smuggle in lone surrogates, at which a plain encode would raise.
    signer.add_data(*(part.encode("utf-8", "surrogatepass") for part in parts))
    return str(signer.signature)


def same(given: str, expected: str) -> bool:
    """Tell whether two digests are equal, in constant time; ``given`` may be any text."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


class EnvelopeKey:
    """One EncodingAESKey; ValueError if it is not 43 characters of base64."""

    def __init__(self, encoded: str) -> None:
        self._key = _decoded(encoded)
        self.encoded = encoded

    def __repr__(self) -> str:
        return "EnvelopeKey(...)"

    def open(self, ciphertext: str) -> tuple[str, str]:
        """Return the text and the receiver (appid) in a base64 ciphertext; EnvelopeError if not ours."""
        return _unpacked(self._plaintext(_from_base64(ciphertext)))

    def seal(self, text: str, receiver: str, *, salt: bytes | None = None) -> str:
        """Return ``text`` for ``receiver`` as base64; ``salt`` is random unless a test fixes it."""
        # wechatpy's own salt comes from `random`, which is predictable.
        head = salt or secrets.token_urlsafe(12).encode()
        body = text.encode()
        packed = PKCS7Encoder.encode(head + struct.pack(">I", len(body)) + body + receiver.encode())
        return base64.b64encode(WeChatCipher(self._key).encrypt(packed)).decode()

    def _plaintext(self, raw: bytes) -> bytes:
        padded: bytes = WeChatCipher(self._key).decrypt(raw)
        count = padded[-1]
        if not 1 <= count <= PAD_LIMIT_BYTES or padded[-count:] != bytes([count]) * count:
            raise EnvelopeError("padding")
        return padded[:-count]


def _decoded(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded + "=", validate=True)
    except ValueError:
        key = b""
    if len(encoded) != KEY_CHARACTERS or len(key) != KEY_BYTES:
        raise ValueError(f"an EncodingAESKey has {KEY_CHARACTERS} letters and digits")
    return key


def _from_base64(ciphertext: str) -> bytes:
    try:
        raw = base64.b64decode(ciphertext, validate=True)
    except (binascii.Error, ValueError):
        raise EnvelopeError("base64") from None
    if not raw or len(raw) % CIPHER_BLOCK_BYTES:
        raise EnvelopeError("blocks")
    return raw


def _unpacked(plain: bytes) -> tuple[str, str]:
    if len(plain) < HEAD_BYTES:
        raise EnvelopeError("short")
    (length,) = struct.unpack(">I", plain[SALT_BYTES:HEAD_BYTES])
    end = HEAD_BYTES + length
    if end > len(plain):
        raise EnvelopeError("length")
    try:
        return plain[HEAD_BYTES:end].decode(), plain[end:].decode()
    except UnicodeDecodeError:
        raise EnvelopeError("encoding") from None
