"""Texts kept within the lengths that WeChat and WeCom take."""

import re
from collections.abc import Callable

TEXT_LIMIT_BYTES = 2048
"""UTF-8 bytes of a text, passive or by customer service (about 680 Han). The working limit of practice; no
official page gives one, so whoever needs another hands it in."""
ELLIPSIS = "…"

_STRING_LIMIT = 32
"""Characters of a character_string, a number or a letter field."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_HAN = r"\u3400-\u9fff"
_NOT_HAN = re.compile(f"[^{_HAN}]")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")
_NOT_NUMBER = re.compile(r"[^0-9.+-]")
_NOT_LETTER = re.compile(r"[^A-Za-z]")
_NOT_PHONE = re.compile(r"[^0-9+()\- ]")
_DIGIT = re.compile(r"[0-9]")
_AMOUNT = re.compile(r"[¥￥$€£]?[0-9]{1,10}(?:\.[0-9]{1,2})?元?")
_NUMBERED = re.compile(r"[0-9]+$")


def fit_text(text: str, limit_bytes: int) -> str:
    """Return ``text`` in at most ``limit_bytes`` of UTF-8, cut between characters and marked with …."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= limit_bytes:
        return raw.decode()
    mark = ELLIPSIS if limit_bytes >= len(ELLIPSIS.encode()) else ""
    return raw[: limit_bytes - len(mark.encode())].decode("utf-8", "ignore") + mark


def fit_field(name: str, value: str) -> str:
    """Return ``value`` as the template field ``name`` (a type and a number: ``thing3``) takes it.

    The platform refuses the whole message (47003) for one field that is too long, empty, or of other
    characters than its type allows. Types without a known limit (``time``, ``date``, ``const``, ``enum``)
    are only cleaned: cutting one would make it wrong. Limits count characters.
    """
    kind = _NUMBERED.sub("", name)
    clean = _CONTROL.sub(" ", value).strip()
    fitted = _FITTERS.get(kind, _thing)(clean).strip()
    return fitted or _EMPTY.get(kind, "无")


def _marked(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def _thing(text: str) -> str:
    return _marked(text, 20)


def _character_string(text: str) -> str:
    # Digits, letters and symbols, no Chinese: … might count as such.
    kept = _NOT_ASCII.sub("", text)
    return kept if len(kept) <= _STRING_LIMIT else kept[: _STRING_LIMIT - 2] + ".."


def _name(text: str) -> str:
    kept = _DIGIT.sub("", text)
    return _marked(kept, 20 if kept.isascii() else 10)


def _amount(text: str) -> str:
    found = _AMOUNT.search(text.replace(",", ""))
    return found.group() if found else ""


def _only(unwanted: re.Pattern[str], limit: int) -> Callable[[str], str]:
    return lambda text: unwanted.sub("", text)[:limit]


_FITTERS: dict[str, Callable[[str], str]] = {
    "thing": _thing,
    "short_thing": _thing,
    "character_string": _character_string,
    "number": _only(_NOT_NUMBER, _STRING_LIMIT),
    "letter": _only(_NOT_LETTER, _STRING_LIMIT),
    "symbol": lambda text: text[:5],
    "amount": _amount,
    "phone_number": _only(_NOT_PHONE, 17),
    "car_number": lambda text: text[:8],
    "name": _name,
    "phrase": _only(_NOT_HAN, 5),
    "time": str,
    "date": str,
    "const": str,
    "enum": str,
}
"""By type, from the platform's table for subscription messages, which its staff say holds for templates too;
old templates' ``keyword1`` and the unconfirmed ``short_thing`` are kept as short as a ``thing``."""

_EMPTY = {"character_string": "-", "symbol": "-", "time": "-", "date": "-", "number": "0", "amount": "0"}
_EMPTY |= {"letter": "N", "phone_number": "-", "car_number": "-"}
"""What stands for nothing: an empty value is refused."""
