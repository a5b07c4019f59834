"""What stands in each resident's chat, and what went over the wire beneath it."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any

_ENTRIES = 400
_EXCHANGES = 200

Tell = Callable[[str, Any], None]


class Side(StrEnum):
    """Who an entry is from."""

    RESIDENT = "resident"
    ACCOUNT = "account"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Entry:
    """One bubble, card or grey line; ``content`` depends on ``kind``."""

    id: int
    resident: str
    at: str
    side: Side
    kind: str
    content: dict[str, Any] = field(default_factory=dict)


class Chats:
    """The last entries of every chat."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._ids = count(1)
        self._entries: dict[str, deque[Entry]] = defaultdict(lambda: deque(maxlen=_ENTRIES))

    def add(self, resident: str, at: datetime, side: Side, kind: str, **content: Any) -> Entry:
        """Put an entry at the end of a chat and show it at once."""
        entry = Entry(next(self._ids), resident, at.isoformat(), side, kind, content)
        self._entries[resident].append(entry)
        self._tell("entry", asdict(entry))
        return entry

    def of(self, resident: str) -> list[dict[str, Any]]:
        """Return a chat as JSON values, oldest first."""
        return [asdict(entry) for entry in self._entries[resident]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, for developers; ``way`` is ``push`` (to us) or ``call`` (by us)."""

    id: int
    at: str
    way: str
    title: str
    request: str
    response: str
    note: str = ""


class Exchanges:
    """The last exchanges between account and platform."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._ids = count(1)
        self._kept: deque[Exchange] = deque(maxlen=_EXCHANGES)

    def add(self, at: datetime, way: str, title: str, request: str, response: str, note: str = "") -> None:
        """Keep an exchange and show it at once."""
        exchange = Exchange(next(self._ids), at.isoformat(), way, title, request, response, note)
        self._kept.append(exchange)
        self._tell("exchange", asdict(exchange))

    def all(self) -> list[dict[str, Any]]:
        """Return the kept exchanges as JSON values, oldest first."""
        return [asdict(exchange) for exchange in self._kept]
