"""What the page sent, read with care."""

import json
import math
from typing import Any

from aiohttp import web

from bot.simulator.errors import PageError
from bot.simulator.markup import clean


class Form:
    """The fields of one JSON body."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields

    @classmethod
    async def of(cls, request: web.Request) -> "Form":
        """Read the body of a request, empty or a JSON object; PageError 400 for anything else."""
        body = await request.read()
        try:
            fields = json.loads(body) if body else {}
        except ValueError as error:
            raise PageError(400, "请求不是 JSON") from error
        if not isinstance(fields, dict):
            raise PageError(400, "请求不是 JSON 对象")
        return cls(fields)

    def text(self, name: str, most: int, required: bool = False) -> str:
        """Return a text field without unspeakable characters; PageError 400 if too long or missing."""
        value = self.fields.get(name, "")
        if not isinstance(value, str) or len(value) > most:
            raise PageError(400, f"{name} 应是不超过 {most} 字的文字")
        value = clean(value)
        if required and not value.strip():
            raise PageError(400, f"{name} 不能为空")
        return value

    def number(self, name: str, least: float, most: float) -> float:
        """Return a number within limits, or PageError 400."""
        value = self.fields.get(name)
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not good or not least <= float(value or 0) <= most:
            raise PageError(400, f"{name} 应是 {least:g} 至 {most:g} 之间的数")
        return float(value or 0)

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number within limits, or PageError 400."""
        value = self.number(name, least, most)
        if value != int(value):
            raise PageError(400, f"{name} 应是整数")
        return int(value)
