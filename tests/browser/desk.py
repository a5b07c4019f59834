"""An officer's console in a tab of the browser."""

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect


class Desk:
    """What one officer does and sees."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    async def enters(self, role: str) -> None:
        """Come in by the simulator's door, as ``office`` or ``desk``."""
        await self.page.goto(f"{self.url}/simulator/enter?as={role}")

    async def opens(self, number: str) -> None:
        """Open a ticket from the list of all."""
        await self.page.bring_to_front()
        await self.page.goto(f"{self.url}/console/?tab=all&q={number}")
        await self.page.locator("tr", has_text=number).get_by_role("link").click()
        await expect(self.page.locator(".head .number")).to_have_text(number)

    async def clicks(self, action: str) -> None:
        """Do what takes one click."""
        await self.page.bring_to_front()
        await self.page.get_by_role("button", name=action, exact=True).click()
        await self._done(action)

    async def does(self, action: str, note: str, *, outcome: str = "", photo: Path | None = None) -> None:
        """Fill in an action's form and send it."""
        form = await self.form(action)
        if outcome:
            await form.get_by_label(outcome, exact=True).check()
        await form.locator("textarea[name=note]").fill(note)
        if photo:
            await form.locator("input[type=file]").set_input_files(photo)
        await form.get_by_role("button", name=f"确认{action}").click()
        await self._done(action)

    async def form(self, action: str) -> Locator:
        """Unfold an action's form."""
        await self.page.bring_to_front()
        title = self.page.locator("details.act > summary", has_text=re.compile(rf"^\s*{action}\s*$"))
        await title.click()
        return title.locator("xpath=..")

    async def _done(self, action: str) -> None:
        await expect(self.page.get_by_role("status")).to_contain_text(f"{action}成功")

    async def sees_status(self, status: str) -> None:
        """Wait for the ticket's status."""
        await expect(self.page.locator(".head .status")).to_have_text(status)

    async def reads(self, page: str) -> Locator:
        """Open one of the other pages; return its main part."""
        await self.page.goto(f"{self.url}/console/{page}")
        return self.page.locator("main")
