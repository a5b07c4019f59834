"""The console as people see it: in a real browser, on a desk and on a phone."""

import os
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from handlers.rules.lifecycle import Action
from handlers.rules.zone import DESK
from tests.bot.api.served import PASSWORD
from tests.bot.console.browser import Browser
from tests.bot.console.drafting import add_word, do, finished
from tests.browser import chromium
from tests.handlers.offices.bench import EASTERN

pytestmark = pytest.mark.browser

ONE, TWO = "GX20261124-0001", "GX20261124-0002"
DESK_SIZE, PHONE_SIZE = (1280, 900), (390, 844)
ENOUGH = 4.5
"""Contrast of text against its ground (WCAG 2.1 AA, 1.4.3)."""
FAINT = """least => {
  const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(linear);
    return .2126 * r + .7152 * g + .0722 * b; };
  const parts = s => { const m = s.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const ground = e => { for (; e; e = e.parentElement) { const b = parts(getComputedStyle(e).backgroundColor);
    if (b[3] >= .99) return b.slice(0, 3); } return [255, 255, 255]; };
  const says = n => n.nodeType === 3 && n.data.trim();
  const shown = e => e.getClientRects().length && [...e.childNodes].some(says);
  return [...document.querySelectorAll('body *')].filter(shown).map(e => {
    const style = getComputedStyle(e), back = ground(e), ink = parts(style.color);
    const share = style.opacity * ink[3];
    const seen = ink.slice(0, 3).map((v, i) => v * share + back[i] * (1 - share));
    const [low, high] = [light(seen), light(back)].sort((a, b) => a - b);
    return [e.textContent.trim().slice(0, 20), (high + .05) / (low + .05)];
  }).filter(([_, contrast]) => contrast < least);
}"""


@pytest.fixture(params=[DESK_SIZE, PHONE_SIZE], ids=["desk", "phone"])
async def page(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    """A page of Chromium before the served console; whatever it complains of fails the test."""
    path = chromium.found()
    if path is None:
        assert not os.environ.get(chromium.REQUIRED), "no browser"
        pytest.skip("no browser")
    width, height = request.param
    base = str(browser.client.make_url("/console/"))
    async with async_playwright() as playwright:
        engine = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = await engine.new_page(viewport={"width": width, "height": height}, base_url=base)
        complaints: list[str] = []
        opened.on("console", lambda said: complaints.append(said.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        await engine.close()
        # A refused form is answered with its status, which Chromium notes down.
        assert [said for said in complaints if "Failed to load resource" not in said] == []


async def _sign_in(page: Page, name: str) -> None:
    await page.goto("/console/sign-in")
    await page.get_by_label("用户名").fill(name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await page.wait_for_url("**/console/")


async def _work_on_the_lexicon(browser: Browser) -> None:
    """Leave a published version, a tried draft with changes, and a word that misled."""
    bench = browser.house.bench
    for serial in range(3, 6):
        number = f"GX20261124-000{serial}"
        bench.file(number, text="嗡嗡声" * 30, first_category="dust", why=[["灰尘", "dust", 1.0]])
        bench.act(EASTERN, Action.CORRECT, number, category="smoke")
    await browser.get("/enter/desk")
    await do(browser, "begin")
    await add_word(browser, "嗡嗡声")
    await do(browser, "publish", note="居民常说" * 40)
    await do(browser, "begin")
    await add_word(browser, "嗡嗡声", category="smoke")
    await do(browser, "compare")
    await finished(browser)


async def test_every_page_fits_and_can_be_read(page: Page, browser: Browser) -> None:
    bench = browser.house.bench
    bench.file(ONE, text="楼下烧烤店油烟直接往家里灌" * 8, urgency=2, also=["smoke"], flags=["night"])
    bench.file(TWO, owner=DESK, office="", text="x" * 300)
    await browser.house.photo_of(ONE)
    bench.act(EASTERN, Action.ACCEPT, internal="明早到场")
    await _work_on_the_lexicon(browser)
    await page.goto("/console/sign-in")
    assert await page.evaluate(FAINT, ENOUGH) == []
    await _sign_in(page, "desk")

    for path in (
        "",
        "?tab=all",
        "?q=nothing",
        "messages",
        "letters",
        f"tickets/{ONE}",
        f"tickets/{TWO}",
        "lexicon",
        "lexicon/draft",
        "lexicon/versions",
        "lexicon/versions/1",
        "lexicon/misled",
        "nothing",
    ):
        await page.goto(f"/console/{path}")
        for fold in await page.locator("details.act > summary").all():
            await fold.click()
        width = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, path
        assert await page.evaluate(FAINT, ENOUGH) == [], path


async def test_an_office_signs_for_a_ticket_and_files_its_result(page: Page, browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await _sign_in(page, "east")
    await page.get_by_role("link", name="北门工地").click()
    await page.get_by_role("button", name="签收受理").click()
    await page.get_by_text("签收受理成功").wait_for()

    await page.locator("#act-resolve > summary").click()
    await page.get_by_label("整改到位", exact=True).check()
    await page.get_by_label("办结答复").fill("已全部覆盖")
    await page.get_by_role("button", name="确认办结").click()

    await page.get_by_text("办结成功").wait_for()
    assert browser.house.bench.ticket().status == "resolved"


async def test_a_form_that_failed_is_in_view_with_what_was_typed(page: Page, browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.act(EASTERN, Action.ACCEPT)
    await _sign_in(page, "east")
    await page.goto(f"/console/tickets/{ONE}")
    await page.locator("#act-return > summary").click()
    await page.get_by_label("退单理由").fill("   ")
    await page.get_by_role("button", name="确认退单").click()

    wrong = page.locator("#return-note-wrong")
    await wrong.wait_for()
    assert "请填写说明" in await wrong.inner_text() or "必须填写" in await wrong.inner_text()
    assert await page.evaluate(
        "document.querySelector('#act-return').getBoundingClientRect().top < innerHeight"
    )


async def test_a_photo_is_enlarged_and_closed_again(page: Page, browser: Browser) -> None:
    browser.house.bench.file(ONE)
    photo = await browser.house.photo_of(ONE)
    await _sign_in(page, "east")
    await page.goto(f"/console/tickets/{ONE}")
    large = page.locator(f"#photo-{photo}")

    await page.locator(".photos a").click()
    opened = await large.is_visible()
    await large.locator("a").click()

    assert opened
    assert not await large.is_visible()
