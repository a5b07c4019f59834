"""The main job, as a newcomer plays it after `make run`."""

import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.chat import NUMBER, Chat, number_in
from tests.browser.conftest import Visit
from tests.browser.desk import Desk
from tests.browser.marks import BROWSER

pytestmark = BROWSER


async def test_a_report_is_worked_reopened_and_closed_and_each_step_heard(visit: Visit, photo: Path) -> None:
    simulator = await visit.simulator()
    resident = Chat(simulator, simulator.locator("#phone-1"), "王大姐")

    await resident.phone.get_by_role("button", name="富民花苑楼下烧烤店油烟太大，没法开窗").click()

    receipt = await resident.hears(NUMBER, via="reply")
    assert "华兴街道" in receipt
    assert re.search(r"\d+月\d+日（周.）\d\d:\d\d", receipt)
    number = number_in(receipt)
    async with visit.context.expect_page() as opened:
        await simulator.get_by_role("link", name="以街道办身份打开控制台").click()
    office = Desk(await opened.value, visit.url)
    row = office.page.locator("tr", has_text=number)
    await expect(row).to_contain_text("富民花苑")
    await expect(row).to_contain_text("餐饮油烟")
    await row.get_by_role("link").click()

    await office.clicks("签收受理")
    await resident.hears(f"{number} 已由华兴街道签收受理", via="custom")

    await office.does("填报进展", "已到现场，责令店家加装油烟净化器。", photo=photo)
    await resident.hears("责令店家加装油烟净化器", via="custom")

    await office.does("办结", "净化器已装好，排烟管已清洗。", outcome="整改到位", photo=photo)
    await resident.hears(re.compile("净化器已装好.*不满意", re.DOTALL), via="custom")
    await expect(office.page.get_by_alt_text("整改后照片").first).to_have_js_property("complete", True)

    await resident.taps("不满意")
    await resident.hears("重新办理", via="reply")
    await office.opens(number)
    await office.sees_status("已派单")
    await expect(office.page.locator(".head")).to_contain_text("重办 1 次")

    await office.clicks("签收受理")
    await office.does("办结", "换了更大的净化器，店家承诺每周清洗。", outcome="安装油烟净化设施")
    await resident.hears("换了更大的净化器")
    await resident.taps("满意")
    await resident.hears(f"{number} 已归档")
    await office.opens(number)
    await office.sees_status("已归档")
    await expect(office.page.locator(".rating")).to_contain_text("满意")


async def test_only_what_is_missing_is_asked_for(visit: Visit) -> None:
    resident = await visit.resident()

    await resident.says("工地灰尘太大了")
    await resident.hears("在哪里")
    await resident.says("西园市场旁边")

    assert "扬尘" in await resident.hears(NUMBER)


async def test_residents_do_not_hear_of_each_other(visit: Visit) -> None:
    one = await visit.resident()
    other = Chat(one.page, one.page.locator("#phone-2"), "李师傅")

    number = await one.reports("平湖公园的湖水又黑又臭")
    await other.says("你好")
    await other.hears("接诉")

    await expect(other.phone).not_to_contain_text(number)
    await expect(one.phone).not_to_contain_text("你好，")
