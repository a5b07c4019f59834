"""A resident's phone on the simulator's page, and the page's own buttons.

A tab is brought to the front before it is used: the browser draws hidden ones rarely.
"""

import re
from re import Pattern

from playwright.async_api import Locator, Page, expect

NUMBER = re.compile(r"GX\d{8}-\d{4}")


class Chat:
    """What one resident does and sees."""

    def __init__(self, page: Page, phone: Locator, name: str) -> None:
        self.page = page
        self.phone = phone
        self.name = name

    async def says(self, text: str) -> None:
        """Type a text and send it."""
        await self.page.bring_to_front()
        await self.phone.get_by_label(f"以{self.name}的身份说").fill(text)
        await self.phone.get_by_role("button", name="发送", exact=True).click()

    async def hears(self, words: str | Pattern[str], via: str = "") -> str:
        """Wait until the newest line of the account has these words; return it whole."""
        line = self.theirs(via).last
        await expect(line).to_contain_text(words)
        return await line.inner_text()

    def theirs(self, via: str = "") -> Locator:
        """What the account wrote; ``via`` is reply, custom or template."""
        return self.phone.locator(f".theirs[data-via={via}]" if via else ".theirs")

    @property
    def mine(self) -> Locator:
        """What the resident sent."""
        return self.phone.locator(".mine")

    async def reports(self, text: str) -> str:
        """Report something that needs no question; return the ticket's number."""
        await self.says(text)
        return number_in(await self.hears(NUMBER))

    async def taps(self, choice: str) -> None:
        """Tap the newest choice of that name."""
        await self.page.bring_to_front()
        await self.phone.locator(".choice", has_text=re.compile(f"^{choice}$")).last.click()

    async def sends(self, tool: str) -> Locator:
        """Open what the plus button offers; return the sheet."""
        await self.page.bring_to_front()
        await self.phone.get_by_label("更多").click()
        await self.phone.locator(".tools").get_by_role("button", name=tool).click()
        return self.page.locator("#sheet")

    async def presses(self, button: str, entry: str) -> None:
        """Press an entry of the account's menu."""
        await self.page.bring_to_front()
        await self.phone.locator(".menu summary", has_text=button).click()
        await self.phone.locator(".menu").get_by_role("button", name=entry).click()


def number_in(text: str) -> str:
    """Return the ticket's number in a text."""
    found = NUMBER.search(text)
    assert found, text
    return found[0]


async def another_resident(page: Page) -> Chat:
    """Give somebody new a phone on the page."""
    known = await page.locator(".phone").count()
    await page.get_by_role("button", name="添一位居民").first.click()
    phone = page.locator(".phone").nth(known)
    name = await phone.locator(".caption b").inner_text()
    return Chat(page, phone, name)


async def clock_moves(page: Page, step: str, times: int = 1) -> None:
    """Press a clock button and wait until everything that fell due was done."""
    await page.bring_to_front()
    button = page.get_by_role("button", name=f"+{step}", exact=True)
    for _ in range(times):
        async with page.expect_response("**/simulator/clock") as moved:
            await button.click()
        assert (await moved.value).ok
        await expect(button).to_be_enabled()
