"""WeChat's signature and AES envelope, written from the platform's description and not from a library.

So the simulator checks the callback independently.
"""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

_RANDOM_BYTES = 16
_LENGTH_BYTES = 4
_PAD_BITS = 256
"""The platform pads to 32 bytes although an AES block has 16."""


class EnvelopeError(ValueError):
    """What arrived was not sealed with this account's key."""


def sign(*parts: str) -> str:
    """Return the platform's signature: SHA-1, in hex, of the sorted parts joined."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


class Envelope:
    """Seals and opens text with the EncodingAESKey of one account."""

    def __init__(self, appid: str, encoding_aes_key: str) -> None:
        """Take the 43-character key; ValueError when it does not hold 32 bytes."""
        self._appid = appid.encode()
        self._key = base64.b64decode(encoding_aes_key + "=")
        if len(self._key) != AES.block_size // 4:
            raise ValueError("encoding_aes_key must hold 32 bytes (43 characters of base64)")

    def seal(self, text: str, random: bytes | None = None) -> str:
        """Return ``text`` encrypted, as base64; ``random`` (16 bytes) is given by tests only."""
        message = text.encode()
        head = random or secrets.token_bytes(_RANDOM_BYTES)
        full = head + len(message).to_bytes(_LENGTH_BYTES, "big") + message + self._appid
        padder = PKCS7(_PAD_BITS).padder()
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(padder.update(full) + padder.finalize()) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str) -> str:
        """Return the text inside; EnvelopeError when key, padding, length or appid do not fit."""
        try:
            return self._open(base64.b64decode(sealed, validate=True))
        except EnvelopeError:
            raise
        except ValueError as error:
            raise EnvelopeError(str(error)) from error

    def _open(self, sealed: bytes) -> str:
        decryptor = self._cipher().decryptor()
        unpadder = PKCS7(_PAD_BITS).unpadder()
        full = unpadder.update(decryptor.update(sealed) + decryptor.finalize()) + unpadder.finalize()
        start = _RANDOM_BYTES + _LENGTH_BYTES
        end = start + int.from_bytes(full[_RANDOM_BYTES:start], "big")
        if full[end:] != self._appid:
            raise EnvelopeError("the appid inside is not this account's")
        return full[start:end].decode()

    def _cipher(self) -> Cipher[CBC]:
        return Cipher(AES(self._key), CBC(self._key[:16]))
