"""On a phone: nothing to scroll sideways, nothing too small to tap, and the work can be done."""

from playwright.async_api import Page, expect

from tests.browser.conftest import NARROW, Visit
from tests.browser.marks import BROWSER

pytestmark = BROWSER

PAGES = ("?tab=all", "?tab=back", "messages", "letters", "tickets/{number}", "no-such-page")


async def _width(page: Page) -> int:
    width: int = await page.evaluate("document.documentElement.scrollWidth")
    return width


async def test_a_ticket_is_worked_on_a_phone(pocket: Visit) -> None:
    resident = await pocket.resident()
    number = await resident.reports("富民花苑楼下烧烤店油烟太大")
    assert await _width(resident.page) <= NARROW["width"]
    office = await pocket.desk()
    await office.opens(number)

    await office.clicks("签收受理")
    await office.does("办结", "已装净化器。", outcome="整改到位")

    await resident.hears("已装净化器")
    assert await _width(office.page) <= NARROW["width"]


async def test_no_page_is_wider_than_a_phone(pocket: Visit) -> None:
    resident = await pocket.resident()
    number = await resident.reports("平湖公园的湖水又黑又臭")
    pocket.watch.expect_status(404)
    door = await pocket.context.new_page()
    await door.goto(f"{pocket.url}/console/")
    widths = {"sign-in": await _width(door)}
    desk = await pocket.desk("desk")

    for page in PAGES:
        await desk.reads(page.format(number=number))
        await desk.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        widths[page] = await _width(desk.page)

    assert {page: width for page, width in widths.items() if width > NARROW["width"]} == {}


async def test_sheets_and_panels_fit_a_phone(pocket: Visit) -> None:
    resident = await pocket.resident()
    page = resident.page

    for tool in ("照片", "位置", "扫一扫", "语音", "视频"):
        sheet = await resident.sends(tool)
        box = await sheet.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
        await page.keyboard.press("Escape")
    await page.locator("#dev-toggle").click()
    await page.locator("#trouble > summary").click()

    await expect(page.locator("#switch-platform_down")).to_be_in_viewport()
    assert await _width(page) <= NARROW["width"]
