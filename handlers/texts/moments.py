"""Moments and choices as people read them."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

_WEEKDAYS = "一二三四五六日"


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as people say it: 11月26日(周四)17:30."""
    local = moment.astimezone(zone)
    return f"{local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def tappable(label: str, menu_id: str = "") -> str:
    """Return a choice that sends ``label`` when it is tapped in WeChat."""
    identity = f"&msgmenuid={menu_id}" if menu_id else ""
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={quote(label)}{identity}">{label}</a>'


def tappables(labels: Sequence[str], menu_id: str = "") -> str:
    """Return choices one below the other, numbered for those who would rather type."""
    return "\n".join(f"{number}. {tappable(label, menu_id)}" for number, label in enumerate(labels, 1))


def bare(note: str) -> str:
    """Return a note without the full stop at its end, to be put inside a sentence."""
    return note.strip().rstrip("。.；; ")


def brief(text: str, characters: int = 30) -> str:
    """Return the beginning of a text, for a line in a list."""
    flat = " ".join(text.split())
    return flat if len(flat) <= characters else flat[: characters - 1] + "…"
