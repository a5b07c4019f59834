"""Why a request to the callback is turned away."""

from http import HTTPStatus

BODY_LIMIT_BYTES = 1 << 20
"""Bytes of one push: real ones hold a few kilobytes, three times that in compatible mode."""


class Refused(Exception):
    """The request is not one of the platform's: answer with ``status``, count and log ``reason``.

    ``reason`` is a short fixed code (``signature``, ``stale``, ``xml`` ...), never a part of the request.
    """

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(f"{int(status)} {reason}")
        self.status = int(status)
        self.reason = reason


def bad(reason: str) -> Refused:
    """Return the refusal of something that cannot be read (400)."""
    return Refused(HTTPStatus.BAD_REQUEST, reason)


def forbidden(reason: str) -> Refused:
    """Return the refusal of something that can be read but is not proved to be the platform's (403)."""
    return Refused(HTTPStatus.FORBIDDEN, reason)


def too_large() -> Refused:
    """Return the refusal of a body over BODY_LIMIT_BYTES (413)."""
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
