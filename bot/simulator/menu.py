"""The account's menu and its limits (menu/create)."""

from typing import Any

from bot.simulator.errors import PlatformError

Button = dict[str, Any]

_TOP_BUTTONS, _SUB_BUTTONS = 3, 5
_TOP_NAME, _SUB_NAME, _KEY, _URL = 16, 60, 128, 1024
"""Largest name, key and address in bytes."""
_KEYED = {
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
}


def check(menu: object) -> list[Button]:
    """Return the buttons of a menu; PlatformError 40015-40027, 40054, 40055 for one outside the limits."""
    buttons = menu.get("button") if isinstance(menu, dict) else None
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= _TOP_BUTTONS:
        raise PlatformError(40016, "invalid button size")
    for button in buttons:
        _check_top(button)
    return buttons


def leaves(buttons: list[Button]) -> list[Button]:
    """Return the buttons that do something when tapped."""
    return [leaf for button in buttons for leaf in (button.get("sub_button") or [button])]


def _check_top(button: object) -> None:
    if not isinstance(button, dict):
        raise PlatformError(40017, "invalid button type")
    _size(button.get("name"), _TOP_NAME, 40018, "button name")
    subs = button.get("sub_button")
    if not subs:
        _check_action(button, 40017, 40019, 40020, 40055)
        return
    if not isinstance(subs, list) or len(subs) > _SUB_BUTTONS:
        raise PlatformError(40023, "invalid sub button size")
    for sub in subs:
        _check_sub(sub)


def _check_sub(button: object) -> None:
    if not isinstance(button, dict):
        raise PlatformError(40024, "invalid sub button type")
    _size(button.get("name"), _SUB_NAME, 40025, "sub button name")
    _check_action(button, 40024, 40026, 40027, 40054)


def _check_action(button: Button, bad_type: int, bad_key: int, bad_url: int, bad_domain: int) -> None:
    kind = str(button.get("type"))
    if kind in _KEYED:
        _size(button.get("key"), _KEY, bad_key, "button key")
    elif kind in {"view", "miniprogram"}:
        _size(button.get("url"), _URL, bad_url, "button url")
        if not str(button["url"]).startswith(("http://", "https://")):
            raise PlatformError(bad_domain, "invalid button url domain")
    else:
        raise PlatformError(bad_type, "invalid button type")


def _size(value: object, most: int, code: int, what: str) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode(errors="replace")) <= most:
        raise PlatformError(code, f"invalid {what} size")
