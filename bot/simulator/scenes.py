"""QR codes with a scene, for posters (qrcode/create)."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from bot.simulator.errors import PlatformError

_LONGEST_S = 2_592_000
_DEFAULT_S = 30
_TEMPORARY = {"QR_SCENE": "scene_id", "QR_STR_SCENE": "scene_str"}
_PERMANENT = {"QR_LIMIT_SCENE": "scene_id", "QR_LIMIT_STR_SCENE": "scene_str"}
_LARGEST_ID = {"QR_SCENE": 2**32 - 1, "QR_LIMIT_SCENE": 100_000}
_LONGEST_TEXT = 64


class Scenes:
    """The codes that were made."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, datetime | None]] = {}

    def create(self, wanted: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return ticket and address of a new code; PlatformError 40052, 40053 or 40036 for a bad request."""
        action = wanted.get("action_name")
        if not isinstance(action, str) or action not in _TEMPORARY | _PERMANENT:
            raise PlatformError(40052, "invalid action name")
        scene = _scene(action, wanted.get("action_info"))
        seconds = _seconds(wanted.get("expire_seconds", _DEFAULT_S)) if action in _TEMPORARY else None
        ticket = secrets.token_urlsafe(66)
        self._made[ticket] = (scene, None if seconds is None else now + timedelta(seconds=seconds))
        lasting = {} if seconds is None else {"expire_seconds": seconds}
        return {"ticket": ticket, **lasting, "url": f"http://weixin.qq.com/q/{secrets.token_urlsafe(16)}"}

    def valid(self, now: datetime) -> dict[str, str]:
        """Return scene by ticket of all codes that still work."""
        return {ticket: scene for ticket, (scene, end) in self._made.items() if end is None or end > now}


def _scene(action: str, info: object) -> str:
    scene = info.get("scene") if isinstance(info, dict) else None
    value = scene.get((_TEMPORARY | _PERMANENT)[action]) if isinstance(scene, dict) else None
    largest = _LARGEST_ID.get(action)
    if largest is None:
        fits = isinstance(value, str) and 1 <= len(value) <= _LONGEST_TEXT
    else:
        fits = type(value) is int and 1 <= value <= largest
    if not fits:
        raise PlatformError(40053, "invalid action info")
    return str(value)


def _seconds(wanted: object) -> int:
    if type(wanted) is not int or not 1 <= wanted <= _LONGEST_S:
        raise PlatformError(40036, "invalid expire_seconds")
    return wanted
