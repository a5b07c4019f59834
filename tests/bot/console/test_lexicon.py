"""The lexicon's pages, over real HTTP."""

from datetime import timedelta

import pytest

from handlers.rules.lifecycle import Action
from tests.bot.console.browser import Browser, Page, Wellformed
from tests.bot.console.conftest import LEXICON
from tests.bot.console.drafting import DRAFT, add_word, do, finished
from tests.handlers.offices.bench import EASTERN

HOSTILE = "油烟<script>alert(1)</script>"


@pytest.fixture
async def desk(browser: Browser) -> Browser:
    """A browser in which the desk is signed in."""
    await browser.get("/enter/desk")
    return browser


async def try_text(browser: Browser, text: str) -> Page:
    page = await browser.get("/console/lexicon")
    return await browser.post("/console/lexicon", {"csrf": page.hidden("csrf"), "text": text})


async def published(browser: Browser, word: str = "嗡嗡声") -> None:
    await do(browser, "begin")
    await add_word(browser, word)
    assert (await do(browser, "publish", note=f"加“{word}”")).status == 303


async def test_a_text_is_tried_and_its_words_are_marked(desk: Browser) -> None:
    page = await try_text(desk, "烧烤店油烟大，没有香烟")

    assert page.status == 200
    assert "油烟 把握" in page.words
    assert '<mark class="m-for">油烟</mark>' in page.text
    assert '<mark class="m-off">香烟</mark>' in page.text
    assert "烧烤店+油烟" in page.words


async def test_what_is_tried_is_shown_as_text_never_as_marks(desk: Browser) -> None:
    page = await try_text(desk, HOSTILE)

    assert "<script>" not in page.text
    assert "alert(1)" in page.words
    Wellformed(page.text)


async def test_a_draft_is_read_beside_what_is_in_force(desk: Browser) -> None:
    await do(desk, "begin")
    await add_word(desk, "嗡嗡声")

    page = await try_text(desk, "嗡嗡声")

    assert "随程序的词库" in page.words
    assert "我的草稿" in page.words
    assert '<mark class="m-for">嗡嗡声</mark>' in page.text


async def test_a_word_is_drafted_tried_over_tickets_and_published(desk: Browser) -> None:
    bench = desk.house.bench
    bench.file("GX20261124-0001", text="嗡嗡声，电话13812345678", category="smoke", first_category="smoke")
    bench.act(EASTERN, Action.CORRECT, "GX20261124-0001", category="dust")
    bench.file("GX20261124-0002", text="油烟大")
    begun = await do(desk, "begin")
    changed = await add_word(desk, "嗡嗡声")

    started = await do(desk, "compare")
    tried = await finished(desk)
    done = await do(desk, "publish", note="居民常说嗡嗡声")
    listed = await desk.get("/console/lexicon/versions")

    assert [page.status for page in (begun, changed, started, done)] == [303] * 4
    assert "读了 2 件， 1 件的类别会变" in tried.words
    assert "改好了 1" in tried.words
    assert "嗡嗡声，电话（号码略）" in tried.words
    assert "13812345678" not in tried.text
    assert "第1版 现行" in listed.words
    assert "居民常说嗡嗡声" in listed.words
    assert "还没有草稿" in (await desk.get(DRAFT)).words
    assert "嗡嗡声" in (await desk.get("/console/lexicon/versions/1")).words


async def test_the_whole_text_can_be_saved(desk: Browser) -> None:
    await do(desk, "begin")

    saved = await do(desk, "text", text=LEXICON.replace("油烟味]", "灶头烟]").replace("\n", "\r\n"))

    page = await desk.get(DRAFT)
    assert saved.status == 303
    assert "<ins>灶头烟</ins>" in page.text
    assert "<del>油烟味</del>" in page.text


async def test_a_text_that_cannot_be_used_names_its_key_and_stays_typed(desk: Browser) -> None:
    await do(desk, "begin")

    page = await do(desk, "text", text=LEXICON.replace("near: 10", "near: 远"))

    assert page.status == 422
    assert "要写成数" in page.words
    assert "near" in page.words
    assert "near: 远" in page.text
    assert 'aria-describedby="text-wrong"' in page.text


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"word": " "}, "word"), ({"how": "shouts"}, "how"), ({"category": "x"}, "category")],
)
async def test_a_form_of_one_word_names_the_field_that_is_wrong(
    desk: Browser, fields: dict[str, str], name: str
) -> None:
    await do(desk, "begin")

    page = await add_word(desk, "词", **fields)

    assert page.status == 422
    assert f'id="{name}-wrong"' in page.text


async def test_of_two_windows_the_slower_one_is_told(desk: Browser) -> None:
    await do(desk, "begin")
    first = await desk.get(DRAFT)
    await add_word(desk, "一")

    fields = {"how": "says", "category": "dust", "level": "weak", "word": "二"}
    page = await desk.post(
        f"{DRAFT}/word", {"csrf": first.hidden("csrf"), "revision": first.hidden("revision"), **fields}
    )
    publish = await do(desk, "publish", note="发布", revision=first.hidden("revision"))

    assert (page.status, publish.status) == (409, 409)
    assert "别的窗口" in page.words


async def test_who_has_not_seen_the_newest_version_is_stopped(desk: Browser) -> None:
    await published(desk, "一")
    await do(desk, "begin")
    await add_word(desk, "二")

    page = await do(desk, "publish", note="发布", seen="0")

    assert page.status == 409
    assert "第1版" in page.words


async def test_a_draft_that_fell_behind_says_so(desk: Browser) -> None:
    await do(desk, "begin")
    await desk.get("/enter/admin")
    await published(desk)
    await desk.get("/enter/desk")

    assert "现行的已经是第1版" in (await desk.get(DRAFT)).words


async def test_an_older_version_is_put_in_force_again(desk: Browser) -> None:
    await published(desk)
    page = await desk.get("/console/lexicon/versions/0")

    done = await desk.post(
        "/console/lexicon/versions/0/restore",
        {"csrf": page.hidden("csrf"), "seen": page.hidden("seen"), "note": ""},
    )

    listed = await desk.get("/console/lexicon/versions")
    assert done.location.endswith("?done=2")
    assert "恢复随程序的词库" in listed.words


async def test_restoring_what_is_in_force_is_refused_with_a_reason(desk: Browser) -> None:
    await published(desk)
    page = await desk.get("/console/lexicon/versions/0")

    answer = await desk.post(
        "/console/lexicon/versions/1/restore", {"csrf": page.hidden("csrf"), "seen": page.hidden("seen")}
    )

    assert answer.status == 409
    assert "和现行词库一样" in answer.words


async def test_a_version_can_be_downloaded_word_for_word(desk: Browser) -> None:
    page = await desk.get("/console/lexicon/versions/0/text")

    assert page.text == LEXICON
    assert page.headers["Content-Type"].startswith("text/plain")
    assert (await desk.get("/console/lexicon/versions/7/text")).status == 404


async def test_a_draft_can_be_dropped(desk: Browser) -> None:
    await do(desk, "begin")

    await do(desk, "discard")

    assert "还没有草稿" in (await desk.get(DRAFT)).words
    assert (await add_word(desk, "词")).status == 409


async def test_a_trial_that_died_with_its_node_may_be_begun_again(desk: Browser) -> None:
    await do(desk, "begin")
    told = {"told_at": desk.house.clock.now().isoformat(), "done": 5, "finished": False}
    await desk.house.database.write(lambda unit: unit.lexicons.note_trial("desk", 1, told))
    waiting = await desk.get(DRAFT)

    desk.house.clock.move(timedelta(minutes=2))

    assert "http-equiv" in waiting.text
    assert "没有跑完" in (await desk.get(DRAFT)).words


async def test_a_draft_of_another_program_can_still_be_mended(desk: Browser) -> None:
    await do(desk, "begin")
    await desk.house.database.write(
        lambda unit: unit.lexicons.rewrite("desk", 1, "version: 1", desk.house.clock.now())
    )

    page = await desk.get(DRAFT)
    mended = await do(desk, "text", text=LEXICON)

    assert "词库不能用" in page.words
    Wellformed(page.text)
    assert mended.status == 303


async def test_words_that_misled_are_listed_with_their_tickets(desk: Browser) -> None:
    bench = desk.house.bench
    for serial in (1, 2):
        number = f"GX20261124-000{serial}"
        bench.file(number, first_category="dust", why=[["灰", "dust", 1.0]] * (serial == 1))
        bench.act(EASTERN, Action.CORRECT, number, category="smoke")

    page = await desk.get("/console/lexicon/misled?days=30")

    assert "灰 判为扬尘，应为 油烟 1 件" in page.words
    assert "没有认出任何词" in page.words
    assert "GX20261124-0001" in page.text
    Wellformed(page.text)


@pytest.mark.parametrize("who", ["east", "builders", "leader"])
async def test_only_the_desk_works_on_the_lexicon(browser: Browser, who: str) -> None:
    await browser.get(f"/enter/{who}")
    csrf = (await browser.get("/console/")).hidden("csrf")

    seen = [
        (await browser.get(f"/console/lexicon{path}")).status
        for path in ("", "/draft", "/versions", "/versions/0", "/versions/0/text", "/misled")
    ]
    done = [
        (await browser.post(f"/console/lexicon{path}", {"csrf": csrf, "text": "x"})).status
        for path in ("", "/draft/begin", "/draft/publish", "/draft/discard", "/versions/0/restore")
    ]

    assert set(seen + done) == {403}
    assert "词库" not in (await browser.get("/console/")).words


async def test_every_page_is_wellformed_and_without_script(desk: Browser) -> None:
    await published(desk, "一")
    await do(desk, "begin")
    await add_word(desk, "二")
    for path in ("", "/draft", "/draft?word=%3Cb%3E", "/versions", "/versions/0", "/versions/1", "/misled"):
        page = await desk.get(f"/console/lexicon{path}")

        read = Wellformed(page.text)
        assert page.status == 200, path
        assert len(read.ids) == len(set(read.ids)), path
        assert set(read.labels) <= set(read.ids), path
        assert read.inline == [], path
        assert "<b>" not in page.text or "vote" in page.text, path


async def test_an_unknown_deed_is_not_found(desk: Browser) -> None:
    assert (await do(desk, "explode")).status == 404
