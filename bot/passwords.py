"""Passwords: the one door to argon2."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Argon2id with the library's parameters (RFC 9106, low-memory profile: 64 MiB, 3 passes)."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hashed(self, password: str) -> str:
        """Return the hash to keep; salt and parameters are in it."""
        return self._hasher.hash(password)

    def fits(self, password_hash: str, password: str) -> bool:
        """Tell whether the password is the one of the hash; False for a hash that is none."""
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
