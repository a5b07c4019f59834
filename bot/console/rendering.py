"""Pages from templates: how moments, limits and texts are shown."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.api.present import units
from bot.channels.errors import Reaction
from bot.console.office import OFFICER, TOKEN, Office

FOLDER = Path(__file__).parent
_FLAGS = {
    "danger": "有危险",
    "illness": "身体不适",
    "vulnerable": "涉及老人、小孩、病人或学校",
    "crowd": "多户受影响",
    "repeated": "反复发生",
    "night": "夜间",
}
_REASONS = {
    Reaction.RETRY: "对方平台没有应答",
    Reaction.WINDOW_CLOSED: "居民 48 小时内没有来信",
    Reaction.RECIPIENT_GONE: "居民已取消关注或拒收",
    Reaction.OUR_FAULT: "内容或模板不合平台要求",
    Reaction.OPERATOR: "账号凭据、权限或白名单有问题",
    Reaction.QUOTA: "当天的发送次数用完了",
    Reaction.CONTENT: "内容没有通过平台审核",
}
_WEEKDAYS = "一二三四五六日"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(app: web.Application, office: Office) -> None:
    """Give the application its templates."""
    filters: dict[str, Callable[..., str]] = {"moment": moment, "day": day, "left": left, "amount": amount}
    filters |= {"flag_label": flag_label, "reason": reason}
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters=filters,
    )
    shared = aiohttp_jinja2.get_env(app).globals
    shared["zone_name"] = office.zone.name
    shared["unit_names"] = {one.code: one.name for one in units(office.zone)}
    shared["style"] = f"/console/static/console.css?{_mark(FOLDER / 'static' / 'console.css')}"


def page(template: str, request: web.Request, context: Mapping[str, Any], status: int = 200) -> web.Response:
    """Return a page; templates know who is signed in, if anybody is."""
    officer = request.get(OFFICER)
    shared = {"officer": officer, "csrf": request.get(TOKEN, ""), "path": request.path}
    return aiohttp_jinja2.render_template(template, request, {**shared, **context}, status=status)


def moment(at: datetime, now: datetime) -> str:
    """Return a local moment: 11月26日 周四 17:30, with the year where it is another one."""
    year = f"{at.year}年" if at.year != now.year else ""
    return f"{year}{at.month}月{at.day}日 周{_WEEKDAYS[at.weekday()]} {at:%H:%M}"


def day(at: datetime) -> str:
    """Return a local day for a date field."""
    return f"{at:%Y-%m-%d}"


def left(due: datetime, now: datetime) -> str:
    """Return how long there is still, or since when a limit is over, in whole days, hours or minutes."""
    gap = abs(due - now)
    if gap >= 2 * _DAY:
        words = f"{gap // _DAY} 天"
    elif gap >= _DAY:
        words = f"1 天 {(gap - _DAY) // _HOUR} 小时"
    elif gap >= _HOUR:
        words = f"{gap // _HOUR} 小时"
    else:
        words = f"{max(gap // _MINUTE, 1)} 分钟"
    return f"剩 {words}" if due >= now else f"超期 {words}"


def amount(number: float | None) -> str:
    """Return a quantity without a needless point."""
    return "" if number is None else f"{number:,.10g}"


def flag_label(flag: str) -> str:
    """Return what people read for a sign that was found in a report's words."""
    return _FLAGS.get(flag, flag)


def reason(error: str) -> str:
    """Return why a notice was given up: in words, with what was recorded behind them."""
    words = error.split()
    told = next((sentence for reaction, sentence in _REASONS.items() if reaction in words), "")
    recorded = " ".join(word for word in words if word != "None" and word not in _REASONS)
    return f"{told}（{recorded}）" if told and recorded else told or recorded


def _mark(file: Path) -> str:
    """A part of the content's digest: browsers may keep the file until it changes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
