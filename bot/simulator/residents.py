"""The people on the page."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.simulator.window import Window

_NAMES = ("王大姐", "李师傅", "张大爷", "陈同学", "刘阿姨", "周老师", "唐先生", "肖女士")
_OPENID = re.compile(r"oS(\d{5})[\w-]{21}", re.ASCII)
_FIRST_OF_CROWD = 10_000
"""Numbers from here on belong to people without a column of their own on the page."""


class Follows(StrEnum):
    """Whether a resident follows the account."""

    NEVER = "never"
    YES = "yes"
    LEFT = "left"


@dataclass(slots=True)
class Resident:
    """One person with WeChat in their hand."""

    number: int
    openid: str
    name: str
    follows: Follows = Follows.NEVER
    shown: bool = False
    window: Window = field(default_factory=Window)

    @property
    def id(self) -> str:
        """Return the id in the page's addresses."""
        return str(self.number)


class Residents:
    """Everybody known; openids are computed from the number, so that they outlive a restart."""

    def __init__(self, appid: str, shown: int = 2) -> None:
        self._appid = appid
        self._known: dict[int, Resident] = {}
        self._crowd = _FIRST_OF_CROWD + secrets.randbelow(80_000)
        for _ in range(shown):
            self.show_next()

    def __iter__(self) -> Iterator[Resident]:
        return iter(self._known.values())

    def show_next(self, name: str = "") -> Resident:
        """Give the next person a column on the page."""
        number = 1
        while (known := self._known.get(number)) and known.shown:
            number += 1
        resident = self._person(number)
        resident.shown = True
        resident.name = name or resident.name
        return resident

    def passer_by(self) -> Resident:
        """Return a new person who follows the account but has no column."""
        self._crowd += 1
        resident = self._person(self._crowd)
        resident.follows = Follows.YES
        return resident

    def get(self, resident_id: str) -> Resident | None:
        """Return who has this id on the page."""
        return self._known.get(int(resident_id)) if resident_id.isascii() and resident_id.isdigit() else None

    def by_openid(self, openid: str) -> Resident | None:
        """Return whose openid this is; one given out before a restart is known again, as a follower."""
        match = _OPENID.fullmatch(openid)
        if match is None or openid != self._openid(int(match[1])):
            return None
        number = int(match[1])
        fresh = number not in self._known
        resident = self._person(number)
        if fresh:
            resident.follows = Follows.YES
        return resident

    def _person(self, number: int) -> Resident:
        if number not in self._known:
            self._known[number] = Resident(number, self._openid(number), self._name(number))
        return self._known[number]

    def _openid(self, number: int) -> str:
        digest = hashlib.sha256(f"{self._appid}:{number}".encode()).digest()
        return f"oS{number:05d}" + base64.urlsafe_b64encode(digest).decode()[:21]

    def _name(self, number: int) -> str:
        return _NAMES[number - 1] if number <= len(_NAMES) else f"居民{number}"
