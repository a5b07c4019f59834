"""One service and one browser for all tests of a worker; each test has tabs and residents of its own."""

import os
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from bot.simulator import samples
from tests.browser import chromium
from tests.browser.chat import Chat, another_resident
from tests.browser.desk import Desk
from tests.browser.serving import Served, serving
from tests.browser.watching import Watch

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
NO_BROWSER = "NO CHROMIUM: the browser tests did not run. Install a package named chromium."


@dataclass(frozen=True)
class Visit:
    """A browser context with what is watched in it."""

    context: BrowserContext
    watch: Watch
    url: str

    async def simulator(self) -> Page:
        """Open the simulator in a new tab."""
        page = await self.context.new_page()
        await page.goto(f"{self.url}/simulator/")
        await expect(page.locator("#phone-1")).to_be_visible()
        return page

    async def resident(self) -> Chat:
        """Open the simulator and give somebody new a phone there."""
        return await another_resident(await self.simulator())

    async def desk(self, role: str = "office") -> Desk:
        """Open the console in a new tab, signed in."""
        desk = Desk(await self.context.new_page(), self.url)
        await desk.enters(role)
        return desk


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Where Chromium is; without one the tests are skipped loudly, or fail where it is required."""
    path = chromium.found()
    if path is None and os.environ.get(chromium.REQUIRED):
        pytest.fail(NO_BROWSER)
    if path is None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # told at the end of the run, instead of an error
            warnings.warn(NO_BROWSER, stacklevel=1)
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The running service."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_path: str) -> AsyncIterator[Browser]:
    """The running browser."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, served: Served) -> AsyncIterator[Visit]:
    """A visit on a desk's screen; nothing that is watched for may have happened by its end."""
    async for one in _visit(browser, served, phone=False):
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def pocket(browser: Browser, served: Served) -> AsyncIterator[Visit]:
    """A visit on a phone's screen."""
    async for one in _visit(browser, served, phone=True):
        yield one


async def _visit(browser: Browser, served: Served, *, phone: bool) -> AsyncIterator[Visit]:
    size = NARROW if phone else WIDE
    context = await browser.new_context(viewport=size, has_touch=phone, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context, served.url)
    yield Visit(context, watch, served.url)
    await context.close()
    assert watch.troubles == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the officer's disk."""
    file = tmp_path / "整改后.jpg"
    file.write_bytes(samples.photo("油烟", datetime(2026, 11, 24, tzinfo=UTC)))
    return file
