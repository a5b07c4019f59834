"""From the page's requests to the residents' actions: one method for each address."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import samples
from bot.simulator.actions import Actions, Point
from bot.simulator.contact import Contact
from bot.simulator.errors import PageError, PlatformError
from bot.simulator.form import Form
from bot.simulator.media import LIMITS
from bot.simulator.replies import Answer
from bot.simulator.residents import Resident
from bot.simulator.uploads import uploaded
from bot.simulator.world import World

Deed = Callable[[Resident, web.Request], Awaitable[Answer]]

_LONGEST_TEXT = 2_000
"""Characters that a person can send in one message."""
_LONGEST_NAME = 200
_LONGEST_KEY = 1_024


class Deeds:
    """Reads what each action needs, and does it."""

    def __init__(self, world: World, actions: Actions, contact: Contact) -> None:
        self._world = world
        self._actions = actions
        self._contact = contact
        self.by_name: dict[str, Deed] = {
            "say": self._say,
            "tap": self._tap,
            "photo": self._photo,
            "voice": self._voice,
            "video": self._video,
            "place": self._place,
            "scan": self._scan,
            "click": self._click,
            "follow": self._follow,
            "unfollow": self._unfollow,
        }

    async def _say(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        return await self._actions.say(resident, form.text("text", _LONGEST_TEXT, required=True))

    async def _tap(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        text = form.text("text", _LONGEST_TEXT, required=True)
        return await self._actions.tap(resident, text, form.text("id", _LONGEST_NAME))

    async def _photo(self, resident: Resident, request: web.Request) -> Answer:
        if request.content_type.startswith("multipart/"):
            data = await _file(request, LIMITS["image"])
            return await self._actions.photo(resident, data, request.query.get("key", ""))
        form = await Form.of(request)
        data = self._drawn(form.text("sample", _LONGEST_NAME) or samples.PHOTOS[0])
        return await self._actions.photo(resident, data, form.text("key", _LONGEST_KEY))

    def _drawn(self, name: str) -> bytes:
        if name not in samples.PHOTOS:
            raise PageError(404, "没有这张示例照片")
        now = self._world.now()
        return samples.photo(name, now, int(now.timestamp() * 1000))

    async def _voice(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        seconds = form.whole("seconds", 1, 60) if "seconds" in form.fields else 5
        return await self._actions.voice(resident, seconds, form.text("words", _LONGEST_TEXT))

    async def _video(self, resident: Resident, request: web.Request) -> Answer:
        if request.content_type.startswith("multipart/"):
            return await self._actions.video(resident, await _file(request, LIMITS["video"]))
        return await self._actions.video(resident, samples.video())

    async def _place(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        latitude, longitude = form.number("latitude", -90, 90), form.number("longitude", -180, 180)
        point = Point(latitude, longitude, form.text("label", _LONGEST_NAME))
        return await self._actions.place(resident, point, form.text("key", _LONGEST_KEY))

    async def _scan(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        scene = form.text("scene", 64, required=True)
        return await self._actions.scan(resident, scene, form.text("key", _LONGEST_KEY))

    async def _click(self, resident: Resident, request: web.Request) -> Answer:
        form = await Form.of(request)
        return await self._actions.click(resident, form.text("key", _LONGEST_KEY, required=True))

    async def _follow(self, resident: Resident, request: web.Request) -> Answer:
        return await self._contact.follow(resident, (await Form.of(request)).text("scene", 64))

    async def _unfollow(self, resident: Resident, _: web.Request) -> Answer:
        return await self._contact.unfollow(resident)


async def _file(request: web.Request, most: int) -> bytes:
    try:
        return await uploaded(request, "file", most)
    except PlatformError as error:
        raise PageError(413, f"没有收到文件，或文件超过 {most >> 20} MB") from error
