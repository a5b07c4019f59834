"""What the checks of a field complain of, in the officers' language."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_SENTENCES = {
    "missing": "必须填写。",
    "string_type": "要是文字。",
    "string_too_short": "必须填写。",
    "string_too_long": "最多{max_length}个字。",
    "string_pattern_mismatch": "格式不对，或含有不能用的字符。",
    "string_unicode": "含有不能用的字符。",
    "int_type": "要是整数。",
    "int_parsing": "要是整数。",
    "int_parsing_size": "数字过大。",
    "int_from_float": "要是整数。",
    "float_type": "要是数字。",
    "float_parsing": "要是数字。",
    "finite_number": "要是数字。",
    "bool_parsing": "只能是 true 或 false。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "enum": "只能是：{expected}。",
    "list_type": "要是列表。",
    "too_long": "最多{max_length}项。",
    "date_type": "要是日期，如 2026-12-20。",
    "date_from_datetime_parsing": "要是日期，如 2026-12-20。",
    "model_type": "要是一个对象。",
}


def mistakes(error: ValidationError) -> Sequence[tuple[str, str]]:
    """Return (field, sentence) for everything that is wrong; a field in a list is ``list.0``."""
    found = error.errors(include_url=False, include_input=False)
    return [(_field(one["loc"]), _sentence(one)) for one in found]


def is_not_json(error: ValidationError) -> bool:
    """Tell whether what was sent is no JSON at all."""
    return any(one["type"] == "json_invalid" for one in error.errors(include_input=False))


def _field(location: tuple[int | str, ...]) -> str:
    """The name, and places in lists; what kind of value was tried is nobody's field."""
    return ".".join(str(part) for at, part in enumerate(location) if at == 0 or isinstance(part, int))


def _sentence(one: ErrorDetails) -> str:
    context: Mapping[str, Any] = one.get("ctx", {})
    sentence = _SENTENCES.get(one["type"])
    return sentence.format(**context) if sentence else one["msg"]
