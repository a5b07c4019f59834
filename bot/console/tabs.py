"""The lists that an officer works with, and how they are kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from handlers.offices.access import UNIT_ROLES, Officer
from handlers.rules.lifecycle import OPEN, Status
from handlers.rules.zone import DESK, Zone
from storage.tickets import TicketFilter

PAGE_SIZE = 30
FARTHEST_PAGE = 100_000
LONGEST_SEARCH = 100

_WORKED = (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)
_DONE = (Status.RESOLVED, Status.CLOSED, Status.REJECTED, Status.WITHDRAWN, Status.MERGED)
_EMPTY = {
    "assign": "没有待派的工单。退单和系统判断不了归属的诉求会出现在这里。",
    "open": "手头没有要办的工单。居民上报后，新工单会出现在这里。",
    "sign": "没有待签收的工单。",
    "work": "没有正在办理的工单。",
    "late": "没有超期的工单，保持住。",
    "back": "没有退单。",
    "done": "还没有办结的工单。",
    "all": "还没有工单。居民在微信里上报后，会自动派到这里。",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One list: its name in the address, what people read, and what it shows."""

    name: str
    label: str
    wanted: TicketFilter

    @property
    def empty(self) -> str:
        """What to say where the list is empty."""
        return _EMPTY[self.name]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; anything that makes no sense counts as not asked."""

    tab: str = ""
    category: str = ""
    office: str = ""
    q: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str], zone: Zone) -> "Asked":
        """Read an address."""
        category, office, page = query.get("category", ""), query.get("office", ""), query.get("page", "")
        words = "".join(sign for sign in query.get("q", "") if sign.isprintable())
        return cls(
            tab=query.get("tab", ""),
            category=category if category in zone.categories else "",
            office=office if zone.is_ours(office) else "",
            q=words.strip()[:LONGEST_SEARCH],
            page=min(int(page), FARTHEST_PAGE) if page.isascii() and page.isdigit() and int(page[:9]) else 1,
        )

    def narrow(self, wanted: TicketFilter) -> TicketFilter:
        """Return a tab's filter narrowed by what was asked."""
        return replace(
            wanted, category=self.category, office=self.office, words=self.q, page=self.page, size=PAGE_SIZE
        )

    def address(self, **changes: object) -> str:
        """Return the address of the same list with some things changed."""
        asked = {name: getattr(self, name) for name in ("tab", "category", "office", "q", "page")} | changes
        kept = {name: value for name, value in asked.items() if value and (name, value) != ("page", 1)}
        return f"/console/?{urlencode(kept)}" if kept else "/console/"

    @property
    def narrowed(self) -> bool:
        """Whether more than a tab was asked for."""
        return bool(self.category or self.office or self.q)


def tabs(user: Officer, now: datetime) -> tuple[Tab, ...]:
    """Return the officer's lists, the one to begin with first."""
    own = (user.unit,) if user.role in UNIT_ROLES else None
    found = [
        Tab("open", "待办", TicketFilter(statuses=tuple(sorted(OPEN)), owners=own)),
        Tab("sign", "待签收", TicketFilter(statuses=(Status.DISPATCHED,), owners=own)),
        Tab("work", "办理中", TicketFilter(statuses=_WORKED, owners=own)),
        Tab("late", "已超期", TicketFilter(overdue_at=now, owners=own)),
        Tab("back", "退单", TicketFilter(statuses=(Status.RETURNED,))),
        Tab("done", "已办结", TicketFilter(statuses=_DONE)),
        Tab("all", "全部", TicketFilter()),
    ]
    if user.is_desk:
        waiting = TicketFilter(statuses=(Status.RETURNED, Status.DISPATCHED), owners=(DESK,))
        found.insert(0, Tab("assign", "待派", waiting))
    return tuple(found)
