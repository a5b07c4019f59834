"""The WeChat API, as far as a service account that answers complaints needs it.

wechatpy's own client is not used: it blocks, asks for a token without a timeout, knows neither stable_token
nor client_msg_id, and repeats a refused call without limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.channels.calls import Calls
from bot.channels.limits import fit_field
from bot.channels.tokens import MemoryShelf, TokenShelf
from bot.channels.transport import Fetched
from bot.clock import Clock

API_BASE_URL = "https://api.weixin.qq.com"
MEDIA_TIMEOUT_SECONDS = 60.0
QR_LIFETIME_LIMIT = timedelta(days=30)
QR_SCENE_LIMIT_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; ``msgid`` comes back in the receipt of a template message, else ""."""

    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Qr:
    """A scene code: ``url`` is what to draw, ``ticket`` fetches the platform's own drawing."""

    ticket: str
    url: str


class WeChatClient:
    """Calls of one account; any number may run at once.

    Every method raises ChannelError and nothing else. What is worth it is tried ``attempts`` times with
    growing pauses, so a customer-service message may arrive twice when an answer was lost; a template
    message does not where it has a ``client_msg_id``.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        appid: str,
        secret: str,
        clock: Clock,
        kept: TokenShelf | None = None,
        base_url: str = API_BASE_URL,
        timeout_seconds: float = 10.0,
        media_timeout_seconds: float = MEDIA_TIMEOUT_SECONDS,
        attempts: int = 3,
        pause: timedelta = timedelta(seconds=0.5),
    ) -> None:
        self._calls = Calls(
            session,
            base_url=base_url,
            appid=appid,
            secret=secret,
            clock=clock,
            kept=kept or MemoryShelf(),
            timeout_seconds=timeout_seconds,
            media_timeout_seconds=media_timeout_seconds,
            attempts=attempts,
            pause=pause,
        )

    async def send_text(self, openid: str, text: str) -> Sent:
        """Send a customer-service text as it is; over about 2048 bytes the platform refuses it (45002)."""
        return await self._custom(openid, "text", {"content": text})

    async def send_menu(self, openid: str, head: str, choices: Sequence[tuple[str, str]], tail: str) -> Sent:
        """Send a text with tappable choices (id, label), which come back as a text with the id.

        Use digits for ids: letters reportedly get lost. Accounts without verification get 40200.
        """
        items = [{"id": id_, "content": label} for id_, label in choices]
        return await self._custom(
            openid, "msgmenu", {"head_content": head, "list": items, "tail_content": tail}
        )

    async def send_template(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        url: str = "",
        client_msg_id: str = "",
    ) -> Sent:
        """Send a template message, each field cut to what its type takes.

        The platform sends the same ``client_msg_id`` to the same person once in 10 minutes. Whether it
        arrived is told by a receipt with the returned msgid.
        """
        fields = {name: {"value": fit_field(name, value)} for name, value in data.items()}
        payload: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": fields}
        options = {"url": url, "client_msg_id": client_msg_id}
        payload |= {name: value for name, value in options.items() if value}
        answer = await self._calls.post("message/template/send", payload)
        return Sent(str(answer.get("msgid", "")))

    async def fetch_media(self, media_id: str) -> Fetched:
        """Return a photo, voice note or video that a resident sent, within the 3 days the platform keeps it.

        OUR_FAULT where it is gone (40007) or over 20 MB (MEDIA_LIMIT_BYTES).
        """
        return await self._calls.media(media_id)

    async def create_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        """Replace the account's menu; ``buttons`` as the platform wants them (3 of 5 at most)."""
        await self._calls.post("menu/create", {"button": list(buttons)})

    async def create_qr(self, scene: str, permanent: bool, lifetime: timedelta = QR_LIFETIME_LIMIT) -> Qr:
        """Return a code that opens the account with ``scene`` (1-64 characters).

        Permanent ones are 100 000 in all and cannot be taken back; others live for ``lifetime``, at most 30
        days. ValueError for a scene or lifetime out of range.
        """
        answer = await self._calls.post("qrcode/create", _qr_request(scene, permanent, lifetime))
        return Qr(ticket=str(answer.get("ticket", "")), url=str(answer.get("url", "")))

    async def check(self) -> None:
        """Prove appid, secret and the address list by getting a token; ChannelError says what is wrong."""
        await self._calls.tokens.current()

    async def _custom(self, openid: str, kind: str, content: Mapping[str, Any]) -> Sent:
        payload = {"touser": openid, "msgtype": kind, kind: content}
        await self._calls.post("message/custom/send", payload)
        return Sent()


def _qr_request(scene: str, permanent: bool, lifetime: timedelta) -> dict[str, Any]:
    if not 1 <= len(scene) <= QR_SCENE_LIMIT_CHARACTERS:
        raise ValueError("a scene has 1 to 64 characters")
    action = {"action_info": {"scene": {"scene_str": scene}}}
    if permanent:
        return {"action_name": "QR_LIMIT_STR_SCENE", **action}
    if not timedelta(seconds=1) <= lifetime <= QR_LIFETIME_LIMIT:
        raise ValueError("a code lives for 1 second to 30 days")
    return {"action_name": "QR_STR_SCENE", "expire_seconds": int(lifetime.total_seconds()), **action}
