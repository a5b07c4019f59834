"""Template messages: what each type of field may hold (the platform's table of field types)."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.simulator.errors import PlatformError
from bot.simulator.markup import clean
from bot.simulator.values import SampleTemplate

_KEY = re.compile(r"([a-z_]+?)(\d*)", re.ASCII)
_HIDDEN = ("first", "remark")
"""Filtered out of every message since 2023-05."""
_TIME = r"\d{1,2}:\d{2}(:\d{2})?"


def _pattern(text: str) -> Callable[[str], bool]:
    compiled = re.compile(text, re.ASCII)
    return lambda value: compiled.fullmatch(value) is not None


def _at_most(characters: int) -> Callable[[str], bool]:
    return lambda value: len(value) <= characters


def _moment(once: str) -> Callable[[str], bool]:
    compiled = re.compile(once, re.ASCII)
    return lambda value: all(compiled.fullmatch(part.strip()) for part in value.split("~", 1))


_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2})"
_RULES: dict[str, Callable[[str], bool]] = {
    "thing": _at_most(20),
    "short_thing": _at_most(20),
    "const": _at_most(20),
    "character_string": _pattern(r"[\x20-\x7e]{1,32}"),
    "number": _pattern(r"(?=.{1,32}$)-?\d+(\.\d+)?"),
    "letter": _pattern(r"[A-Za-z]{1,32}"),
    "symbol": _pattern(r"[^\w\s]{1,5}"),
    "time": _moment(rf"({_DAY} ?)?{_TIME}"),
    "date": _moment(rf"{_DAY}( ?{_TIME})?"),
    "amount": _pattern(r"[^\w\s]?\d{1,10}(\.\d+)?元?"),
    "phone_number": _pattern(r"[\d+() \-]{1,17}"),
    "car_number": _at_most(8),
    "name": _pattern(r"[一-鿿]{1,10}|[^一-鿿]{1,20}"),
    "phrase": _pattern(r"[一-鿿]{1,5}"),
}


def allowed(key: str, value: object) -> bool:
    """Say whether the platform takes this value for a field of that name (``thing3``, ``time5`` ...)."""
    if not isinstance(value, str) or not value or not value.isprintable():
        return False
    match = _KEY.fullmatch(key)
    rule = _RULES.get(match[1]) if match else None
    return rule is None or rule(value)


def check(data: object, template: SampleTemplate | None) -> dict[str, str]:
    """Return the values by key; PlatformError 47003 names the first field that is missing or does not fit."""
    if not isinstance(data, dict) or not data:
        raise _refused("data")
    values = {clean(str(key)): _value(field) for key, field in data.items()}
    wanted = [key for key, _ in template.fields] if template else list(values)
    for key in wanted:
        if not allowed(key, values.get(key)):
            raise _refused(f"data.{key}.value")
    return {key: str(value) for key, value in values.items()}


def rows(values: dict[str, str], template: SampleTemplate | None) -> list[dict[str, str]]:
    """Return what the card shows, label and value, in the template's order."""
    labels: Sequence[tuple[str, str]] = (template.fields if template else ()) or [
        (key, key) for key in values
    ]
    return [{"label": label, "value": values[key]} for key, label in labels if key not in _HIDDEN]


def _value(field: Any) -> Any:
    return field.get("value") if isinstance(field, dict) else None


def _refused(name: str) -> PlatformError:
    return PlatformError(47003, f"argument invalid! {name} is invalid")
