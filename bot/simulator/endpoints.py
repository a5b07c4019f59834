"""What each of the platform's calls does."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from aiohttp import web

from bot.simulator import menu, pushes
from bot.simulator.calls import Answered, Call, Handler
from bot.simulator.courier import Courier
from bot.simulator.errors import PlatformError
from bot.simulator.media import LIMITS
from bot.simulator.residents import Resident
from bot.simulator.sending import Sending
from bot.simulator.uploads import uploaded
from bot.simulator.world import World

VIDEO = "/simulator/platform/video"
"""Where a video that a call points to is fetched."""
_DELIVERED, _BLOCKED = "success", "failed:user block"


class Endpoints:
    """One method for each call, by HTTP method and path; ``free`` ones need no access token."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier
        self._sending = Sending(world)
        self._tasks: set[asyncio.Task[Any]] = set()
        self.free: dict[tuple[str, str], Handler] = {
            ("POST", "/cgi-bin/stable_token"): self._stable_token,
            ("GET", "/cgi-bin/token"): self._token,
        }
        self.known: dict[tuple[str, str], Handler] = {
            ("POST", "/cgi-bin/message/custom/send"): self._custom,
            ("POST", "/cgi-bin/message/template/send"): self._template,
            ("GET", "/cgi-bin/media/get"): self._media_get,
            ("POST", "/cgi-bin/media/upload"): self._media_upload,
            ("POST", "/cgi-bin/menu/create"): self._menu_create,
            ("GET", "/cgi-bin/menu/get"): self._menu_get,
            ("GET", "/cgi-bin/menu/delete"): self._menu_delete,
            ("POST", "/cgi-bin/qrcode/create"): self._qrcode,
            ("GET", "/cgi-bin/getcallbackip"): self._addresses,
        }

    async def close(self) -> None:
        """Drop the receipts that are still on their way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stable_token(self, call: Call) -> Answered:
        return self._world.tokens.stable(call.json(), self._world.now())

    async def _token(self, call: Call) -> Answered:
        appid, secret, grant = (call.query.get(name, "") for name in ("appid", "secret", "grant_type"))
        return self._world.tokens.classic(appid, secret, grant, self._world.now())

    async def _custom(self, call: Call) -> Answered:
        return self._sending.custom(call.json())

    async def _template(self, call: Call) -> Answered:
        message_id = self._courier.next_id()
        answer, resident = self._sending.template(call.json(), message_id)
        if resident is not None:
            self._later(self._receipt(resident, message_id))
        return answer

    async def _receipt(self, resident: Resident, message_id: int) -> None:
        status = _BLOCKED if self._world.switches.trouble.template_blocked else _DELIVERED
        await self._courier.event(resident, "模板回执", pushes.receipt(message_id, status))

    async def _media_get(self, call: Call) -> Answered:
        media = self._world.media.get(call.query.get("media_id", ""), self._world.now())
        if media.kind == "video":
            return {"video_url": f"{self._world.settings.address()}{VIDEO}/{media.id}"}
        disposition = {"Content-Disposition": f'attachment; filename="{media.filename}"'}
        return web.Response(body=media.data, content_type=media.mime, headers=disposition)

    async def _media_upload(self, call: Call) -> Answered:
        kind = call.query.get("type", "")
        if kind not in LIMITS:
            raise PlatformError(40004, "invalid media type")
        media = self._world.media.add(
            kind, await uploaded(call.request, "media", LIMITS[kind]), self._world.now()
        )
        return {"type": kind, "media_id": media.id, "created_at": int(media.created.timestamp())}

    async def _menu_create(self, call: Call) -> Answered:
        if b"\\u" in call.body:
            raise PlatformError(
                40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"
            )
        self._set_menu(menu.check(call.json()))
        return {}

    async def _menu_get(self, _: Call) -> Answered:
        if not self._world.menu:
            raise PlatformError(46003, "menu no exist")
        return {"menu": {"button": self._world.menu}}

    async def _menu_delete(self, _: Call) -> Answered:
        self._set_menu([])
        return {}

    def _set_menu(self, buttons: list[menu.Button]) -> None:
        self._world.menu = buttons
        self._world.feed.publish("menu", buttons)

    async def _qrcode(self, call: Call) -> Answered:
        return self._world.scenes.create(call.json(), self._world.now())

    async def _addresses(self, _: Call) -> Answered:
        return {"ip_list": ["127.0.0.1"]}

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
