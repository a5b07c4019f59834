"""The console's door, its empty pages, and two officers at one ticket."""

from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.marks import BROWSER
from tests.browser.serving import Served

pytestmark = BROWSER

PASSWORD = "a long enough password"


async def test_a_wrong_password_is_told_and_the_right_one_lets_in(visit: Visit, served: Served) -> None:
    served.adds_user("调度一", "dispatcher", "", PASSWORD)
    visit.watch.expect_status(401)
    page = await visit.context.new_page()
    await page.goto(f"{visit.url}/console/messages")

    await page.get_by_label("用户名").fill("调度一")
    await page.get_by_label("密码").fill("wrong")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("alert")).to_contain_text("不对")
    await expect(page.get_by_label("用户名")).to_have_value("调度一")
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()

    await expect(page.get_by_role("heading", name="消息", exact=True)).to_be_visible()
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_label("密码")).to_be_visible()


async def test_the_slower_of_two_officers_is_told_and_sees_what_happened(visit: Visit) -> None:
    resident = await visit.resident()
    number = await resident.reports("蒸水苑门口的烧烤摊油烟熏人")
    fast, slow = await visit.desk(), await visit.desk()
    await fast.opens(number)
    await slow.opens(number)
    visit.watch.expect_status(409)

    await fast.clicks("签收受理")
    await slow.page.get_by_role("button", name="签收受理").click()

    await expect(slow.page.get_by_role("alert")).to_contain_text("已有人先处理")
    await slow.sees_status("已受理")


async def test_a_returned_ticket_is_given_to_another_by_the_desk(visit: Visit) -> None:
    resident = await visit.resident()
    number = await resident.reports("互助小区的工地灰尘很大，从不洒水")
    office, desk = await visit.desk(), await visit.desk("desk")
    await office.enters("office")
    await office.opens(number)

    form = await office.form("退单")
    await form.locator("textarea[name=note]").fill("工地由住建部门审批。")
    await form.get_by_role("button", name="确认退单").click()
    await desk.enters("desk")
    await expect(desk.page.locator("tr", has_text=number)).to_contain_text("退单待派")
    await desk.opens(number)
    form = await desk.form("改派")
    await form.get_by_label("改派给").select_option(label="住房和城乡建设局")
    await form.get_by_role("button", name="确认改派").click()

    await desk.sees_status("已派单")
    await resident.hears("住房和城乡建设局")


async def test_what_is_not_there_is_said_so(visit: Visit) -> None:
    office = await visit.desk()
    visit.watch.expect_status(404)

    await office.page.goto(f"{visit.url}/console/tickets/GX20200101-0001")
    await expect(office.page.get_by_role("alert")).to_contain_text("没有")
    await office.page.goto(f"{visit.url}/console/?tab=all&q=没有这样的地方")

    await expect(office.page.get_by_role("heading", name="没有符合条件的工单")).to_be_visible()
