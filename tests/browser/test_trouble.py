"""The platform misbehaves, as the page's switches let it; nothing gets lost."""

from playwright.async_api import Page, expect

from tests.browser.chat import NUMBER, clock_moves
from tests.browser.conftest import Visit
from tests.browser.marks import BROWSER
from tests.browser.serving import TRIES

pytestmark = BROWSER


async def _switch(page: Page, name: str) -> None:
    await page.bring_to_front()
    await page.locator("#trouble > summary").click()
    async with page.expect_response("**/simulator/trouble"):
        await page.locator(f"#switch-{name}").click()
    await page.keyboard.press("Escape")


async def test_what_the_platform_would_not_take_is_delivered_when_it_is_up_again(visit: Visit) -> None:
    resident = await visit.resident()
    number = await resident.reports("富民花苑楼下烧烤店油烟太大")
    office = await visit.desk()
    await office.opens(number)

    await _switch(resident.page, "platform_down")
    await expect(resident.page.locator("#lamp")).to_have_class("lamp on")
    await office.clicks("签收受理")
    await office.does("填报进展", "已联系店家，下午上门。")
    await clock_moves(resident.page, "1 小时")
    await expect(resident.theirs("custom")).to_have_count(0)
    await _switch(resident.page, "platform_down")
    await clock_moves(resident.page, "1 小时")

    await resident.hears("下午上门", via="custom")
    heard = await resident.theirs("custom").all_inner_texts()
    assert [words for words in heard if "签收受理" in words]
    assert "下午上门" in heard[-1]


async def test_the_desk_sees_what_was_given_up_and_sends_it_again(visit: Visit) -> None:
    resident = await visit.resident()
    number = await resident.reports("蒸水苑门口的烧烤摊油烟熏人")
    office = await visit.desk()
    await office.opens(number)
    await _switch(resident.page, "platform_down")
    await office.clicks("签收受理")
    await clock_moves(resident.page, "1 小时", times=TRIES)
    await _switch(resident.page, "platform_down")

    desk = await visit.desk("desk")
    await desk.page.get_by_role("link", name="条通知没有发出去").click()
    letter = desk.page.locator(".mail li", has_text=number)
    await expect(letter).to_contain_text("发给居民（微信）")
    await letter.get_by_role("button", name="重发").click()

    await expect(desk.page.get_by_role("status")).to_contain_text("重新放入发送队列")
    await resident.hears(f"{number} 已由华兴街道签收受理", via="custom")
    await expect(desk.page.locator(".mail li", has_text=number)).to_have_count(0)


async def test_a_push_that_comes_three_times_is_answered_alike_and_filed_once(visit: Visit) -> None:
    resident = await visit.resident()
    await resident.page.locator("#dev-toggle").click()

    await _switch(resident.page, "repeat_pushes")
    await resident.says("三泰市场旁边的工地灰尘很大")
    number = await resident.hears(NUMBER)
    await _switch(resident.page, "repeat_pushes")

    await expect(resident.theirs().filter(has_text="工单号")).to_have_count(1)
    await expect(resident.page.locator("#exchanges li", has_text="文本").first).to_contain_text("答复一致")
    assert number


async def test_a_crowd_at_one_moment_is_answered_each(visit: Visit) -> None:
    page = await visit.simulator()

    await page.locator("#trouble > summary").click()
    await page.get_by_label("人数").fill("12")
    await page.get_by_role("button", name="一起发").click()

    await expect(page.locator("#toast")).to_contain_text("12 位得到答复，其中不同的答复 12 种")
