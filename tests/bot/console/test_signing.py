"""Signing in and out, and what keeps others from it."""

from datetime import timedelta

import pytest

from bot.passwords import Argon2Passwords
from tests.bot.api.served import PASSWORD
from tests.bot.console.browser import Browser


async def test_whoever_is_not_signed_in_comes_back_to_where_they_wanted(browser: Browser) -> None:
    away = await browser.get("/console/?tab=late&q=工地")
    form = await browser.get(away.location)

    inside = await browser.sign_in("east", next=form.hidden("next"))

    assert (away.status, inside.status) == (303, 303)
    assert inside.location == "/console/?tab=late&q=%E5%B7%A5%E5%9C%B0"


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/console//evil.example",
        "/console/\\evil",
        "/simulator/",
        "x",
    ],
)
async def test_nobody_is_sent_out_of_the_house(browser: Browser, onward: str) -> None:
    assert (await browser.sign_in("east", next=onward)).location == "/console/"


async def test_every_sign_in_has_a_session_of_its_own(browser: Browser) -> None:
    await browser.sign_in("east")
    first = browser.cookie()
    await browser.sign_in("west")
    second = browser.cookie()
    page = await browser.get("/console/")

    browser.client.session.cookie_jar.clear()
    old = await browser.client.get("/console/", cookies={"jiesu_session": first}, allow_redirects=False)

    assert first
    assert second != first
    assert "west" in page.words
    assert old.status == 303


async def test_a_cookie_that_somebody_planted_is_never_taken(browser: Browser) -> None:
    browser.client.session.cookie_jar.update_cookies({"jiesu_session": "planted"})

    await browser.sign_in("east")

    assert browser.cookie() not in {"", "planted"}


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    page = await browser.sign_in("east")

    (cookie,) = [value for value in page.headers.getall("Set-Cookie") if value.startswith("jiesu_session")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/console" in cookie


async def test_a_session_ends_with_its_time_and_with_signing_out(browser: Browser) -> None:
    await browser.sign_in("east")
    page = await browser.get("/console/")
    cookie = browser.cookie()

    out = await browser.post("/console/sign-out", {"csrf": page.hidden("csrf")})
    again = await browser.client.get("/console/", cookies={"jiesu_session": cookie}, allow_redirects=False)
    await browser.sign_in("east")
    browser.house.clock.move(timedelta(hours=12, seconds=1))

    assert (out.status, out.location, again.status) == (303, "/console/sign-in", 303)
    assert (await browser.get("/console/")).status == 303


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(browser: Browser) -> None:
    wrong = await browser.sign_in("east", "wrong")
    unknown = await browser.sign_in("nobody", "wrong")

    assert wrong.status == unknown.status == 401
    assert "用户名或密码不对" in wrong.words
    assert wrong.words.replace("east", "") == unknown.words.replace("nobody", "")
    assert browser.cookie() == ""


async def test_guessing_is_slowed_even_for_the_right_password(browser: Browser) -> None:
    for _ in range(5):
        await browser.sign_in("east", "wrong")

    barred = await browser.sign_in("east")
    browser.house.clock.move(timedelta(minutes=1))
    inside = await browser.sign_in("east")

    assert (barred.status, barred.headers["Retry-After"]) == (429, "31")
    assert "秒后再试" in barred.words
    assert inside.status == 303


async def test_the_address_is_the_one_that_the_proxy_here_noted(browser: Browser) -> None:
    for at in range(20):
        form = await browser.get("/console/sign-in")
        fields = {"name": f"guess{at}", "password": "x", "door": form.hidden("door")}
        await browser.post("/console/sign-in", fields, headers={"X-Forwarded-For": f"10.9.9.{at}, 10.0.0.1"})
    form = await browser.get("/console/sign-in")
    fields = {"name": "east", "password": PASSWORD, "door": form.hidden("door")}

    same = await browser.post("/console/sign-in", fields, headers={"X-Forwarded-For": "10.0.0.1"})
    other = await browser.post("/console/sign-in", fields, headers={"X-Forwarded-For": "10.0.0.2"})

    assert (same.status, other.status) == (429, 303)


@pytest.mark.parametrize("door", ["", "guessed", "x" * 43])
async def test_a_sign_in_form_of_another_site_is_refused(browser: Browser, door: str) -> None:
    page = await browser.sign_in("east", door=door)

    assert page.status == 403
    assert browser.cookie() == ""


@pytest.mark.parametrize("name", ["\x00", "a" * 5000, "王;DROP", ""])
async def test_any_name_gets_an_answer(browser: Browser, name: str) -> None:
    assert (await browser.sign_in(name)).status == 401


async def test_the_simulators_link_opens_the_console_signed_in(browser: Browser) -> None:
    await browser.sign_in("east")
    before = browser.cookie()

    entered = await browser.get("/enter/desk")
    page = await browser.get("/console/")

    assert (entered.status, entered.location) == (303, "/console/")
    assert browser.cookie() != before
    assert "调度员" in page.words


async def test_an_account_that_was_closed_is_out_at_once(browser: Browser) -> None:
    await browser.sign_in("east")

    def close(unit):
        user = unit.users.by_name("east")
        user.active = False
        unit.users.add(user)

    await browser.house.database.write(close)

    away = await browser.get("/console/")
    assert away.status == 303
    assert (await browser.get(away.location)).status == 200


async def test_who_is_signed_in_does_not_see_the_form_again(browser: Browser) -> None:
    await browser.sign_in("east")

    assert (await browser.get("/console/sign-in")).location == "/console/"


async def test_a_database_out_of_reach_says_that_nothing_was_kept(browser: Browser) -> None:
    await browser.sign_in("east")
    browser.house.database.close()

    page = await browser.get("/console/")

    assert page.status == 503
    assert "没有保存" in page.words


def test_passwords_are_hashed_with_argon2() -> None:
    passwords = Argon2Passwords()
    kept = passwords.hashed(PASSWORD)

    assert kept.startswith("$argon2id$")
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, PASSWORD + "x")
    assert not passwords.fits("no hash", PASSWORD)
