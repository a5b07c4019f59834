"""The API's operations as data: routes, checks and the OpenAPI document are all made from these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from pydantic import BaseModel

from handlers.offices.access import Officer

IMAGES = "image/*"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was checked: who asks, and with what."""

    officer: Officer
    now: datetime
    path: dict[str, str]
    query: BaseModel | None
    body: BaseModel | bytes | None


Endpoint = Callable[[Call], Awaitable[BaseModel | web.Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. ``answer`` None means: bytes of a photo or recording."""

    method: str
    path: str
    name: str
    summary: str
    endpoint: Endpoint
    answer: type[BaseModel] | None
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    uploads: bool = False
    """The body is a photo as it is, not JSON."""
    problems: tuple[int, ...] = field(default=(401,))
    status: int = 200
