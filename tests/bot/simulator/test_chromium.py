"""The page in a real browser, against the stand-in account."""

import shutil

import pytest
from playwright.async_api import async_playwright, expect

from tests.bot.simulator.standin import text_xml

pytestmark = pytest.mark.browser
EXAMPLE = "富民花苑楼下烧烤店油烟太大，没法开窗"


@pytest.fixture
async def page(stage):
    async with async_playwright() as play:
        chromium = await play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = await chromium.new_page(viewport={"width": 390, "height": 844})
        complaints = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{stage.url}/simulator/")
        yield page
        await chromium.close()
    assert complaints == []


async def test_a_conversation_is_held_by_tapping_and_typing(stage, page):
    stage.account.reply = lambda push: text_xml(
        push,
        '已登记<a href="weixin://bizmsgmenu?msgmenucontent=%E8%BF%9B%E5%BA%A6&amp;msgmenuid=7">查进度</a>',
    )
    phone = page.locator("#phone-1")

    await phone.get_by_role("button", name=EXAMPLE).click()
    await expect(phone.locator(".mine .bubble")).to_have_text(EXAMPLE)
    await phone.get_by_text("查进度").last.click()
    await expect(phone.locator(".mine .bubble").last).to_have_text("进度")
    await phone.get_by_role("textbox").fill('<img src=x onerror="document.title=1">]]>')
    await phone.get_by_role("textbox").press("Enter")

    await expect(phone.locator(".mine .bubble").last).to_have_text(
        '<img src=x onerror="document.title=1">]]>'
    )
    await expect(phone.locator(".theirs .bubble")).to_have_count(4)
    assert [push["bizmsgmenuid"] for push in stage.account.pushes if "bizmsgmenuid" in push] == ["7"]


async def test_pushes_appear_live_and_a_choice_can_be_tapped(stage, page):
    await stage.act("say", {"text": "你好"})
    menu = {"head_content": "满意吗？<b>", "list": [{"id": "101", "content": "满意"}]}
    body = {"touser": await stage.openid(), "msgtype": "msgmenu", "msgmenu": menu}

    await stage.call("/cgi-bin/message/custom/send", body)
    await page.get_by_role("link", name="满意").click()

    await expect(page.locator("#phone-1 .mine .bubble").last).to_have_text("满意")
    await stage.receive(3)
    assert stage.account.pushes[-1]["bizmsgmenuid"] == "101"


async def test_the_clock_and_the_switches_are_within_reach_on_a_phone(stage, page):
    before = stage.clock.time

    await page.get_by_role("button", name="+1 天").click()
    await expect(page.get_by_label("模拟时间")).to_contain_text("11月25日")
    await page.get_by_text("故障演练").click()
    await page.get_by_label("平台故障").check()

    await expect(page.locator("#lamp.on")).to_be_visible()
    assert (stage.clock.time - before).days == 1
    assert (await stage.state())["trouble"]["platform_down"] is True
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
