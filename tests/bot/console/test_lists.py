"""Lists: tabs, filters, pages, messages, dead letters."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.rendering import left
from bot.console.tabs import Asked
from handlers.rules.lifecycle import Action
from handlers.rules.zone import DESK
from storage.models import Notice
from storage.unit import Unit
from tests.bot.console.browser import Browser, Wellformed
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import EASTERN, WEST, small_zone

ONE, TWO, THREE = "GX20261124-0001", "GX20261124-0002", "GX20261124-0003"


async def test_an_office_sees_its_own_list_and_no_other(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.file(TWO, owner=WEST, office=WEST, place="西门工地")
    await browser.sign_in("east")

    page = await browser.get("/console/?tab=all")

    assert ONE in page.words
    assert "西门工地" not in page.words
    assert "全部 1" in page.words


async def test_what_is_late_stands_first_and_says_so(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.file(TWO, urgency=1)
    due = browser.house.bench.ticket(TWO).due_at
    assert due is not None
    browser.house.clock.move(due - NOW + timedelta(hours=3))
    await browser.sign_in("east")

    page = await browser.get("/console/")
    late = await browser.get("/console/?tab=late")

    assert page.words.index(TWO) < page.words.index(ONE)
    assert "超期 3 小时" in page.words
    assert "已超期 1" in page.words
    assert ONE not in late.words


@pytest.mark.parametrize(
    ("tab", "shown"), [("sign", ONE), ("work", TWO), ("back", THREE), ("done", ""), ("nonsense", ONE)]
)
async def test_tabs_follow_the_life_of_a_ticket(browser: Browser, tab: str, shown: str) -> None:
    bench = browser.house.bench
    for number in (ONE, TWO, THREE):
        bench.file(number)
    bench.act(EASTERN, Action.ACCEPT, TWO)
    bench.act(EASTERN, Action.RETURN, THREE, note="不归我们")
    await browser.sign_in("east")

    page = await browser.get(f"/console/?tab={tab}")

    assert shown in page.words
    if not shown:
        assert "还没有办结的工单" in page.words


async def test_the_desk_begins_with_what_it_must_give_out(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.file(TWO, owner=DESK, office="")
    await browser.sign_in("desk")

    page = await browser.get("/console/")

    assert TWO in page.words
    assert ONE not in page.words
    assert "待派 1" in page.words


async def test_filters_stay_in_the_address_of_tabs_and_pages(browser: Browser) -> None:
    for at in range(1, 33):
        browser.house.bench.file(f"GX20261124-{at:04}", text="工地扬尘 <b>")
    await browser.sign_in("east")

    first = await browser.get("/console/?q=工地&category=dust")
    second = await browser.get("/console/?q=工地&category=dust&page=2")

    assert "共 32 件，第 1 / 2 页" in first.words
    assert "q=%E5%B7%A5%E5%9C%B0&amp;page=2" in first.text
    assert "tab=late&amp;category=dust&amp;q=" in first.text
    assert "第 2 / 2 页" in second.words
    assert "<b>" not in first.text.split("<tbody>")[1]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "手头没有要办的工单"),
        ("?q=%00%F0%9F%98%80", "没有符合条件的工单"),
        ("?category=dust", "没有符合条件的工单"),
        ("?page=7", "没有这一页"),
        ("?page=-1&category=nonsense&office=x&tab=%3Cscript%3E", "手头没有要办的工单"),
    ],
)
async def test_an_empty_list_says_what_to_do(browser: Browser, query: str, sentence: str) -> None:
    await browser.sign_in("east")

    page = await browser.get(f"/console/{query}")

    assert page.status == 200
    assert sentence in page.words
    Wellformed(page.text)


@given(query=st.dictionaries(st.sampled_from(["tab", "category", "office", "q", "page"]), st.text()))
def test_any_address_is_read(query: dict[str, str]) -> None:
    asked = Asked.of(query, small_zone())

    assert 1 <= asked.page <= 100_000
    assert asked.address(tab="all").startswith("/console/?")


async def test_a_unit_reads_what_it_was_told(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.act(EASTERN, Action.RETURN, note="不归我们")
    await browser.sign_in("desk")
    desks = await browser.get("/console/messages")
    await browser.sign_in("east")
    mine = await browser.get("/console/messages")

    assert f"东街道退单 {ONE}" in desks.words
    assert "还没有消息" in mine.words


def _dead(unit: Unit) -> None:
    row = Notice(
        channel="resident", address="77", lane="ticket:1", kind="accepted", text="您的诉求已受理", dedupe="x",
        created_at=NOW, state="failed", error="45015", attempts=24,
    )  # fmt: skip
    unit.outbox.add(row)


async def test_the_desk_sends_dead_letters_again(browser: Browser) -> None:
    await browser.house.database.write(_dead)
    await browser.sign_in("desk")
    warned = await browser.get("/console/")
    listed = await browser.get("/console/letters")

    sent = await browser.post("/console/letters/1/resend", {"csrf": listed.hidden("csrf")})
    after = await browser.get(sent.location)
    again = await browser.post("/console/letters/1/resend", {"csrf": listed.hidden("csrf")})

    assert "有 1 条通知没有发出去" in warned.words
    assert "45015" in listed.words
    assert "已重新放入发送队列" in after.words
    assert "没有发送失败的通知" in after.words
    assert again.status == 404


async def test_dead_letters_are_the_desks_business(browser: Browser) -> None:
    await browser.house.database.write(_dead)
    await browser.sign_in("east")

    page = await browser.get("/console/letters")

    assert page.status == 403
    assert "您的诉求已受理" not in page.words
    assert "没有发出去" not in (await browser.get("/console/")).words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=3, hours=1), "剩 3 天"),
        (timedelta(hours=25), "剩 1 天 1 小时"),
        (timedelta(hours=2, minutes=59), "剩 2 小时"),
        (timedelta(minutes=5), "剩 5 分钟"),
        (timedelta(), "剩 1 分钟"),
        (-timedelta(seconds=1), "超期 1 分钟"),
        (-timedelta(days=2), "超期 2 天"),
    ],
)
def test_time_left_is_said_as_people_say_it(ahead: timedelta, words: str) -> None:
    assert left(NOW + ahead, NOW) == words
