"""What happens while nobody does anything; each play begins on a calm morning."""

from playwright.async_api import expect

from tests.browser.chat import clock_moves
from tests.browser.conftest import Visit
from tests.browser.marks import BROWSER
from tests.browser.serving import Served

pytestmark = BROWSER


async def test_an_office_that_does_not_sign_is_reminded(visit: Visit, served: Served) -> None:
    served.to_a_calm_morning()
    resident = await visit.resident()
    number = await resident.reports("富民花苑楼下烧烤店油烟太大")

    await clock_moves(resident.page, "1 天")

    office = await visit.desk()
    messages = await office.reads("messages")
    await expect(messages).to_contain_text(f"工单 {number} 已超过签收时限")
    await office.opens(number)
    await expect(office.page.locator(".sign.late")).to_be_visible()


async def test_who_heard_nothing_is_told_by_template_once_the_window_is_closed(
    visit: Visit, served: Served
) -> None:
    served.to_a_calm_morning()
    resident = await visit.resident()
    number = await resident.reports("平湖公园的湖水又黑又臭")

    await clock_moves(resident.page, "1 天", times=3)

    await expect(resident.phone.locator(".window")).to_have_text("客服窗口已关闭")
    card = resident.phone.locator(".theirs[data-via=template] .card").last
    await expect(card).to_contain_text(number)
    await expect(card).to_contain_text("黑臭水体")


async def test_a_resident_is_asked_to_rate_the_day_after(visit: Visit, served: Served) -> None:
    served.to_a_calm_morning()
    resident = await visit.resident()
    number = await resident.reports("互助小区门口烧烤摊的油烟很大")
    office = await visit.desk()
    await office.opens(number)
    await office.clicks("签收受理")
    await office.does("办结", "摊主已搬到室内，装了净化器。", outcome="整改到位")
    await resident.hears("问题解决了吗")

    await clock_moves(resident.page, "1 天")

    await resident.hears("您的评价决定这件事能不能归档")
    await resident.taps("满意")
    await resident.hears(f"{number} 已归档")
