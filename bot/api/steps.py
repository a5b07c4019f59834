"""What a step of a ticket's history is called, and what it changed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action
from handlers.rules.zone import Zone

_OTHERS = {"file": "登记派单", "merged_in": "并入", "media_lost": "附件缺失"}


def step_label(action: str) -> str:
    """Return what people read for an action; one that is not known is given as it is."""
    return Action(action).label if action in set(Action) else _OTHERS.get(action, action)


def step_details(action: str, data: Mapping[str, Any], zone: Zone, calendar: WorkingCalendar) -> str:
    """Return what an officer's step changed as a sentence, "" where its label says it all."""
    tellers: dict[str, Callable[[], str]] = {
        Action.REASSIGN: lambda: _pair((data["from"], data["to"]), zone.owner_name),
        Action.EXTEND: lambda: f"延期{data['days']}个工作日",
        Action.HOLD: lambda: f"挂账至{_day(data['until'], calendar)}",
        Action.MERGE: lambda: f"并入 {data['into']}",
        "merged_in": lambda: f"{data['from']} 并入本工单",
        Action.CORRECT: lambda: _corrected(data, zone),
    }
    teller = tellers.get(action)
    return teller() if teller and data else ""


def _corrected(data: Mapping[str, Any], zone: Zone) -> str:
    names: dict[str, tuple[str, Callable[[str], str]]] = {
        "category": ("类别", zone.category_name),
        "community": ("社区", zone.community_name),
        "place": ("地点", str),
    }
    changed = ((names[key], data[key]) for key in names if key in data)
    return "；".join(f"{label}：{_pair(pair, name)}" for (label, name), pair in changed)


def _pair(pair: Any, name: Callable[[str], str]) -> str:
    before, after = pair
    return f"{name(str(before)) or '（空）'} → {name(str(after))}"


def _day(stamp: str, calendar: WorkingCalendar) -> str:
    return calendar.local(datetime.fromisoformat(stamp)).strftime("%Y-%m-%d")
