"""Makes docs/images again: plays the main job in a real browser and keeps what it looks like.

``python -m tests.browser.screenshots [FOLDER]``; `make screenshots` calls it.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from bot.simulator import samples
from tests.browser import chromium
from tests.browser.chat import Chat, clock_moves
from tests.browser.conftest import FLAGS, NARROW, PATIENCE_MS, WIDE
from tests.browser.desk import Desk
from tests.browser.serving import ROOT, serving

FOLDER = ROOT / "docs" / "images"
COLOURS = 192
"""Of a picture's palette: keeps a page legible and under 300 KB."""
GROUND = (233, 237, 239)
MARGIN, GAP, SHADOW = 36, 32, 18
SETTLED_MS = 400
"""Until a page has scrolled and faded."""
OTHERS = (
    "陆家新屋旁边的工地灰尘很大，没有围挡也不洒水",
    "平湖公园的湖水又黑又臭",
    "蒸水苑楼下垃圾堆了三天没人清",
)
TALL: ViewportSize = {"width": 1280, "height": 1030}
TICKET: ViewportSize = {"width": 1060, "height": 900}


class Album:
    """The pictures of one play."""

    def __init__(self, browser: Browser, url: str, folder: Path, photo: Path) -> None:
        self._browser = browser
        self._url = url
        self._folder = folder
        self._photo = photo

    async def make(self) -> None:
        """Play, and take all pictures."""
        context = await self._browser.new_context(viewport=WIDE, locale="zh-CN")
        simulator, office = await context.new_page(), Desk(await context.new_page(), self._url)
        await simulator.goto(f"{self._url}/simulator/")
        resident = Chat(simulator, simulator.locator("#phone-1"), "王大姐")
        number = await self._reports(resident)
        await office.enters("office")
        await self._works(office, resident, number)
        await self._overview(simulator, office)
        await self._other_pages(simulator, office)
        await context.close()

    async def _reports(self, resident: Chat) -> str:
        number = await resident.reports("富民花苑楼下烧烤店油烟太大，没法开窗")
        sheet = await resident.sends("照片")
        await sheet.get_by_role("button", name="油烟").click()
        await resident.hears("照片")
        return number

    async def _works(self, office: Desk, resident: Chat, number: str) -> None:
        await office.opens(number)
        await office.clicks("签收受理")
        await resident.hears("签收受理")
        await office.does("填报进展", "已到现场，责令店家加装油烟净化器。", photo=self._photo)
        await resident.hears("责令店家加装")

    async def _overview(self, simulator: Page, office: Desk) -> None:
        await office.page.set_viewport_size(TICKET)
        await office.page.goto(office.page.url.partition("?")[0])
        await expect(office.page.get_by_alt_text("居民照片")).to_have_js_property("complete", True)
        await office.page.bring_to_front()
        ticket = await office.page.screenshot()
        await simulator.bring_to_front()
        await simulator.set_viewport_size(TALL)
        await simulator.wait_for_timeout(SETTLED_MS)
        phone = await simulator.locator("#phone-1 .screen").screenshot()
        await simulator.set_viewport_size(WIDE)
        save(side_by_side(phone, ticket), self._folder / "overview.png")

    async def _other_pages(self, simulator: Page, office: Desk) -> None:
        other = Chat(simulator, simulator.locator("#phone-2"), "李师傅")
        for text in OTHERS:
            await other.reports(text)
        await simulator.locator("#dev-toggle").click()
        await simulator.locator("#exchanges summary", has_text="文本").first.click()
        await self._keep(simulator, "simulator")
        await clock_moves(simulator, "1 天", times=2)
        await office.page.set_viewport_size(WIDE)
        await office.enters("office")
        await self._keep(office.page, "list")
        await office.page.set_viewport_size(NARROW)
        await self._keep(office.page, "phone")

    async def _keep(self, page: Page, name: str) -> None:
        await page.bring_to_front()
        await page.wait_for_timeout(SETTLED_MS)
        save(Image.open(BytesIO(await page.screenshot())), self._folder / f"{name}.png")


def side_by_side(left: bytes, right: bytes) -> Image.Image:
    """Lay two pictures on one ground, each with a soft shadow."""
    parts = [Image.open(BytesIO(data)).convert("RGB") for data in (left, right)]
    height = max(part.height for part in parts)
    width = sum(part.width for part in parts) + GAP
    sheet = Image.new("RGB", (width + 2 * MARGIN, height + 2 * MARGIN), GROUND)
    across = MARGIN
    for part in parts:
        _lay(sheet, part, (across, MARGIN + (height - part.height) // 2))
        across += part.width + GAP
    return sheet


def _lay(sheet: Image.Image, part: Image.Image, at: tuple[int, int]) -> None:
    shade = Image.new("L", sheet.size, 0)
    frame = (at[0], at[1] + 6, at[0] + part.width, at[1] + part.height + 6)
    ImageDraw.Draw(shade).rectangle(frame, fill=70)
    sheet.paste((120, 132, 138), mask=shade.filter(ImageFilter.GaussianBlur(SHADOW)))
    sheet.paste(part, at)


def save(picture: Image.Image, file: Path) -> None:
    """Write a picture with a palette of its own."""
    colours = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    colours.save(file, optimize=True)
    print(f"{file}: {file.stat().st_size // 1024} KB")


async def _play(path: str, url: str, folder: Path, photo: Path) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--lang=zh-CN"])
        await Album(browser, url, folder, photo).make()
        await browser.close()


def main() -> None:
    """Serve on a folder that is thrown away, and take the pictures."""
    path = chromium.installed()
    if path is None:
        raise SystemExit("screenshots need a browser: install a package named chromium")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, serving(Path(kept)) as served:
        photo = Path(kept) / "photo.jpg"
        photo.write_bytes(samples.photo("油烟", datetime(2026, 11, 24, tzinfo=UTC), seed=2))
        asyncio.run(_play(path, served.url, folder, photo))


if __name__ == "__main__":
    main()
