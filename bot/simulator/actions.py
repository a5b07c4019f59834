"""What a resident can do in the chat, each action told to the account as the platform would."""

import asyncio
from dataclasses import asdict, dataclass

from bot.simulator import pushes, samples
from bot.simulator.contact import Contact
from bot.simulator.errors import PageError, PlatformError
from bot.simulator.media import Media
from bot.simulator.menu import Button, leaves
from bot.simulator.replies import Answer
from bot.simulator.residents import Follows, Resident
from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Point:
    """A chosen place in degrees (GCJ-02) with the label that the picker shows."""

    latitude: float
    longitude: float
    label: str


class Actions:
    """The resident's thumb."""

    def __init__(self, world: World, contact: Contact) -> None:
        self._world = world
        self._contact = contact

    async def say(self, resident: Resident, text: str) -> Answer:
        """Send typed text."""
        await self._contact.follow(resident)
        return await self._contact.message(resident, "文本", "text", pushes.text(text), text=text)

    async def tap(self, resident: Resident, text: str, menu_id: str) -> Answer:
        """Tap a choice of a menu message: arrives as text, but opens a click's allowance only."""
        await self._contact.follow(resident)
        self._contact.touched(resident)
        fields = pushes.text(text, menu_id)
        return await self._contact.message(resident, "点选", "text", fields, opens=False, text=text)

    async def photo(self, resident: Resident, data: bytes, key: str = "") -> Answer:
        """Send a photo; ``key`` is the menu button that opened the camera."""
        await self._contact.follow(resident)
        media = self._keep("image", data)
        if key:
            kind = self._button(key)["type"]
            await self._contact.event(resident, "菜单拍照", pushes.photo_chosen(kind, key, data))
        url = f"{self._world.settings.address()}/simulator/media/{media.id}"
        return await self._contact.message(
            resident, "图片", "image", pushes.image(media, url), media=media.id
        )

    async def voice(self, resident: Resident, seconds: int, words: str) -> Answer:
        """Send a voice note of so many seconds with its recognised words."""
        await self._contact.follow(resident)
        media, wide = (self._keep("voice", samples.voice(seconds)) for _ in range(2))
        fields = pushes.voice(media, wide, words)
        return await self._contact.message(resident, "语音", "voice", fields, seconds=seconds, words=words)

    async def video(self, resident: Resident, data: bytes) -> Answer:
        """Send a video."""
        await self._contact.follow(resident)
        media = self._keep("video", data)
        thumb = self._keep("image", samples.photo(samples.PHOTOS[0], self._world.now()))
        fields = pushes.video(media, thumb)
        return await self._contact.message(resident, "视频", "video", fields, media=media.id, thumb=thumb.id)

    async def place(self, resident: Resident, point: Point, key: str = "") -> Answer:
        """Send a place; ``key`` is the menu button that opened the map."""
        await self._contact.follow(resident)
        where = (point.latitude, point.longitude, point.label)
        if key:
            await self._contact.event(resident, "菜单选位置", pushes.place_chosen(key, *where))
        fields = pushes.place(*where)
        return await self._contact.message(resident, "位置", "place", fields, **asdict(point))

    async def scan(self, resident: Resident, scene: str, key: str = "") -> Answer:
        """Scan a poster: follows the account if need be; ``key`` is the menu button of the scanner."""
        if resident.follows is not Follows.YES:
            return await self._contact.follow(resident, scene)
        self._contact.touched(resident)
        self._contact.notice(resident, f"扫描二维码：{self._world.samples.poster(scene)}")
        if key:
            kind = self._button(key)["type"]
            return await self._contact.event(resident, "菜单扫码", pushes.code_scanned(kind, key, scene))
        return await self._contact.event(resident, "扫码", pushes.scan(scene, self._contact.ticket(scene)))

    async def click(self, resident: Resident, key: str) -> Answer:
        """Tap a menu button, named by its key or its address; PageError 404 when the menu has none such."""
        button = self._button(key)
        await self._contact.follow(resident)
        if button["type"] == "view":
            return await self._contact.event(resident, "菜单链接", pushes.view(key))
        if button["type"] != "click":
            raise PageError(400, "这个菜单要先选照片、位置或二维码")
        self._contact.touched(resident)
        return await self._contact.event(resident, f"菜单“{button['name']}”", pushes.click(key))

    async def crowd(self, text: str, count: int) -> list[Answer]:
        """Let so many other residents send the same text at one moment."""
        people = [self._world.residents.passer_by() for _ in range(count)]
        for person in people:
            self._world.changed(person)
        return await asyncio.gather(*(self.say(person, text) for person in people))

    def _keep(self, kind: str, data: bytes) -> Media:
        try:
            return self._world.media.add(kind, data, self._world.now())
        except PlatformError as error:
            raise PageError(415, "微信不收这种文件，或文件太大（10 MB 以内）") from error

    def _button(self, key: str) -> Button:
        for button in leaves(self._world.menu):
            if key in {button.get("key"), button.get("url")}:
                return button
        raise PageError(404, "菜单里没有这一项")
