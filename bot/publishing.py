"""What the command line does to the account on WeChat: its menu, and the codes on posters."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp

from bot.channels import ChannelError, WeChatClient
from bot.clock import SystemClock
from bot.menu import buttons
from bot.settings import BadSettings, Settings
from bot.wiring import wechat_client
from handlers.residents.posters import posters

T = TypeVar("T")


async def push_menu(settings: Settings) -> None:
    """Create the menu on the account. Raises BadSettings with the platform's reason."""
    await _asked(settings, "menu", lambda client: client.create_menu(buttons()))


async def create_posters(settings: Settings, scenes: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Return (scene, address of its QR code). Raises BadSettings for an unknown scene or a refusal."""
    known = posters(settings.zone)
    for scene in scenes:
        if scene not in known:
            raise BadSettings(f"scene: {scene}: no place has it; see 'python -m bot poster list'")

    async def create(client: WeChatClient) -> Sequence[tuple[str, str]]:
        return [(scene, (await client.create_qr(scene, permanent=True)).url) for scene in scenes]

    return await _asked(settings, "code", create)


async def _asked(settings: Settings, what: str, ask: Callable[[WeChatClient], Awaitable[T]]) -> T:
    async with aiohttp.ClientSession() as http:
        try:
            return await ask(wechat_client(settings, http, SystemClock()))
        except ChannelError as error:
            raise BadSettings(f"wechat: the platform refused the {what}: {error}") from error
