"""What a browser does with the console, over real HTTP: cookies, forms, pages."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient
from yarl import URL

from tests.bot.api.served import PASSWORD, House


class Page:
    """A page as it was answered."""

    def __init__(self, response: ClientResponse, text: str) -> None:
        self.status = response.status
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.text = text

    @property
    def words(self) -> str:
        """The page without its marks."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text)))

    def hidden(self, name: str) -> str:
        """The value of the first field of that name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return unescape(found[1]) if found else ""


class Browser:
    """A browser that keeps cookies and follows nothing by itself."""

    def __init__(self, house: House, client: TestClient[web.Request, web.Application]) -> None:
        self.house = house
        self.client = client

    async def get(self, path: str) -> Page:
        response = await self.client.get(path, allow_redirects=False)
        return Page(response, await response.text(errors="replace"))

    async def post(self, path: str, data: Any = None, **options: Any) -> Page:
        response = await self.client.post(path, data=data, allow_redirects=False, **options)
        return Page(response, await response.text())

    async def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> Page:
        form = await self.get("/console/sign-in")
        if form.status == 303:  # somebody is signed in
            await self.post("/console/sign-out", {"csrf": (await self.get("/console/")).hidden("csrf")})
            form = await self.get("/console/sign-in")
        return await self.post(
            "/console/sign-in", {"name": name, "password": password, "door": form.hidden("door"), **fields}
        )

    async def act(self, number: str, action: str, **fields: str) -> Page:
        """Open the ticket and send the form of an action as it stands there."""
        page = await self.get(f"/console/tickets/{number}")
        known = {"csrf": page.hidden("csrf"), "version": page.hidden("version")}
        return await self.post(f"/console/tickets/{number}/{action}", known | fields)

    async def upload(self, number: str, action: str, photos: list[bytes], **fields: str) -> Page:
        page = await self.get(f"/console/tickets/{number}")
        form = FormData({"csrf": page.hidden("csrf"), "version": page.hidden("version"), **fields})
        for at, photo in enumerate(photos):
            form.add_field("photos", photo, filename=f"{at}.jpg", content_type="image/jpeg")
        return await self.post(f"/console/tickets/{number}/{action}", form)

    def cookie(self, name: str = "jiesu_session") -> str:
        found = self.client.session.cookie_jar.filter_cookies(URL(self.client.make_url("/console/")))
        return found[name].value if name in found else ""


class Wellformed(HTMLParser):
    """Reads a page and complains of elements that are not closed in their order."""

    _VOID = frozenset({"meta", "link", "img", "input", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.inline: list[str] = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.labels += [given["for"] or ""] if tag == "label" and "for" in given else []
        self.inline += [tag for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag in {"script", "style"} else []
        if tag not in self._VOID and tag != "option":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "option":
            assert self.open.pop() == tag, tag
