"""Everything that a resident can send besides text."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.chat import NUMBER, another_resident
from tests.browser.conftest import Visit
from tests.browser.marks import BROWSER

pytestmark = BROWSER


async def test_photos_join_the_latest_ticket_and_the_office_sees_them(visit: Visit, photo: Path) -> None:
    resident = await visit.resident()
    number = await resident.reports("富民花苑楼下烧烤店油烟太大")

    sheet = await resident.sends("照片")
    await sheet.get_by_role("button", name="油烟").click()
    await resident.hears("照片")
    sheet = await resident.sends("照片")
    await sheet.locator("input[type=file]").set_input_files(photo)

    await expect(resident.mine.locator("img")).to_have_count(2)
    await resident.hears("照片")
    office = await visit.desk()
    await office.opens(number)
    pictures = office.page.get_by_alt_text("居民照片")
    await expect(pictures.first).to_have_js_property("complete", True)


async def test_a_place_answers_where_and_one_outside_goes_to_the_desk(visit: Visit) -> None:
    inside = await visit.resident()
    outside = await another_resident(inside.page)

    await inside.says("工地灰尘太大了")
    await inside.hears("在哪里")
    sheet = await inside.sends("位置")
    await sheet.get_by_role("button", name="华兴街道中心附近").click()
    await outside.says("工地灰尘太大了")
    await outside.hears("在哪里")
    sheet = await outside.sends("位置")
    await sheet.get_by_role("button", name="辖区外").click()

    await inside.hears(NUMBER)
    await inside.hears("华兴街道")
    await expect(outside.theirs().last).not_to_contain_text("由华兴街道负责")


async def test_recognised_words_of_a_voice_note_are_a_report(visit: Visit) -> None:
    resident = await visit.resident()

    sheet = await resident.sends("语音")
    await sheet.get_by_label("说的话").fill("平湖公园的湖水又黑又臭")
    await sheet.get_by_role("button", name="发送语音").click()

    await expect(resident.mine.locator(".voice")).to_be_visible()
    assert "黑臭水体" in await resident.hears(NUMBER)


async def test_a_scanned_poster_says_where(visit: Visit) -> None:
    resident = await visit.resident()

    sheet = await resident.sends("扫一扫")
    await sheet.get_by_role("button", name="富民花苑").click()
    await resident.hears("富民花苑")
    await resident.says("楼下烧烤店油烟太大，没法开窗")

    receipt = await resident.hears(NUMBER)
    assert "华兴街道" in receipt
    assert "富民花苑" in receipt


async def test_the_menu_tells_how_far_a_ticket_is(visit: Visit) -> None:
    resident = await visit.resident()
    number = await resident.reports("蒸水苑门口的烧烤摊油烟熏人")

    await resident.presses("我的工单", "查进度")
    await resident.hears(number)
    await resident.presses("帮助", "我的信息")

    await resident.hears("删除我的信息")


async def test_who_left_and_came_back_is_greeted(visit: Visit) -> None:
    resident = await visit.resident()
    await resident.says("你好")
    await resident.phone.get_by_label("关注与取消关注").click()
    await resident.page.locator("#sheet").get_by_role("button", name="取消关注").click()

    await resident.phone.get_by_role("button", name="重新关注公众号").click()

    await expect(resident.phone.locator(".composer")).to_be_visible()
    await resident.hears("您好")
