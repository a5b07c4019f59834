"""Messages of the account to residents: customer-service messages and template messages."""

from datetime import datetime, timedelta
from typing import Any

from bot.simulator import template
from bot.simulator.chats import Side
from bot.simulator.errors import PlatformError
from bot.simulator.markup import clean
from bot.simulator.residents import Follows, Resident
from bot.simulator.values import SampleTemplate
from bot.simulator.world import World

_LONGEST_TEXT = 2048
"""Bytes of a text message."""
_ONCE = timedelta(minutes=10)
"""How long a client_msg_id keeps a template message from being sent twice."""


class Sending:
    """Checks what the account sends and shows it in the resident's chat."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sent: dict[tuple[str, str], tuple[datetime, int]] = {}

    def custom(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a customer-service message; PlatformError 40003, 40008, 45015, 45047 and the content's own."""
        resident = self._recipient(body)
        kind = str(body.get("msgtype"))
        if kind not in {"text", "image", "msgmenu"}:
            raise PlatformError(40008, "invalid message type")
        inner = body.get(kind)
        shown = self._content(kind, inner if isinstance(inner, dict) else {})
        self._spend(resident)
        self._world.say(resident, Side.ACCOUNT, "menu" if kind == "msgmenu" else kind, via="custom", **shown)
        return {}

    def template(self, body: dict[str, Any], message_id: int) -> tuple[dict[str, Any], Resident | None]:
        """Send a template message and return the answer, and whom a receipt is due for (None: sent before).

        PlatformError 40003, 43004 (does not follow), 40037 (no such template), 47003 (a field).
        """
        resident = self._recipient(body)
        if resident.follows is not Follows.YES:
            raise PlatformError(43004, "require subscribe")
        key = (resident.openid, str(body.get("client_msg_id") or message_id))
        before = self._before(key)
        if before is not None:
            return {"msgid": before}, None
        self._card(resident, body)
        self._sent[key] = (self._world.now(), message_id)
        return {"msgid": message_id}, resident

    def _card(self, resident: Resident, body: dict[str, Any]) -> None:
        form = self._form(body.get("template_id"))
        values = template.check(body.get("data"), form)
        if self._world.switches.trouble.template_blocked:
            return
        self._world.say(
            resident,
            Side.ACCOUNT,
            "card",
            via="template",
            title=form.title if form else "服务通知",
            rows=template.rows(values, form),
            url=clean(str(body.get("url") or "")),
        )

    def _form(self, template_id: object) -> SampleTemplate | None:
        form = self._world.samples.template(str(template_id))
        if not template_id or (form is None and self._world.samples.templates):
            raise PlatformError(40037, "invalid template_id")
        return form

    def _before(self, key: tuple[str, str]) -> int | None:
        now = self._world.now()
        self._sent = {one: (at, number) for one, (at, number) in self._sent.items() if now - at < _ONCE}
        return self._sent[key][1] if key in self._sent else None

    def _recipient(self, body: dict[str, Any]) -> Resident:
        resident = self._world.residents.by_openid(str(body.get("touser")))
        if resident is None:
            raise PlatformError(40003, "invalid openid")
        return resident

    def _spend(self, resident: Resident) -> None:
        if resident.follows is not Follows.YES or self._world.switches.trouble.window_closed:
            raise PlatformError(45015, "response out of time limit or subscription is canceled")
        resident.window.spend(self._world.now())
        self._world.changed(resident)

    def _content(self, kind: str, inner: dict[str, Any]) -> dict[str, Any]:
        if kind == "image":
            return {"media": self._world.media.get(str(inner.get("media_id")), self._world.now()).id}
        return _text(inner) if kind == "text" else _menu(inner)


def _text(inner: dict[str, Any]) -> dict[str, Any]:
    content = inner.get("content")
    if not isinstance(content, str) or not content:
        raise PlatformError(44004, "empty content")
    if len(clean(content).encode()) > _LONGEST_TEXT:
        raise PlatformError(45002, "content size out of limit")
    return {"text": clean(content)}


def _menu(inner: dict[str, Any]) -> dict[str, Any]:
    choices = inner.get("list")
    if not isinstance(choices, list) or not choices:
        raise PlatformError(40035, "invalid parameter: msgmenu.list")
    return {
        "head": clean(str(inner.get("head_content") or "")),
        "choices": [_choice(choice) for choice in choices],
        "tail": clean(str(inner.get("tail_content") or "")),
    }


def _choice(choice: object) -> dict[str, str]:
    if not isinstance(choice, dict) or not choice.get("id") or not choice.get("content"):
        raise PlatformError(40035, "invalid parameter: msgmenu.list needs id and content")
    return {"id": clean(str(choice["id"])), "text": clean(str(choice["content"]))}
