"""The page of a ticket, and what is done on it."""

import pytest

from handlers.rules.lifecycle import Action
from handlers.rules.zone import DESK
from tests.bot.api.served import picture
from tests.bot.console.browser import Browser, Wellformed
from tests.handlers.offices.bench import DISPATCHER, EASTERN, WEST

ONE, TWO = "GX20261124-0001", "GX20261124-0002"


async def test_one_screen_shows_all_there_is(browser: Browser) -> None:
    bench = browser.house.bench
    bench.file(ONE, why=[["扬尘", "dust", 1.0]], flags=["night"], urgency=2, accused="某建筑公司")
    bench.file(TWO)
    await browser.house.photo_of(ONE)
    bench.act(EASTERN, Action.ACCEPT, internal="明早去")
    await browser.sign_in("east")

    page = await browser.get(f"/console/tickets/{ONE}")

    for words in (
        "北门工地天天扬尘",
        "某建筑公司",
        "夜间",
        "危险",
        "明早去",
        "住建局",
        "围挡",
        TWO,
        "对居民承诺",
    ):
        assert words in page.words
    assert "/console/photos/1" in page.text
    assert "o-resident" not in page.text
    Wellformed(page.text)


async def test_pages_are_well_formed_labelled_and_without_inline_code(browser: Browser) -> None:
    bench = browser.house.bench
    bench.file(ONE)
    bench.file(TWO, owner=DESK, office="")
    bench.act(EASTERN, Action.ACCEPT)
    await browser.sign_in("desk")

    for path in ("", "messages", "letters", f"tickets/{ONE}", f"tickets/{TWO}", "nothing"):
        page = await browser.get(f"/console/{path}")
        read = Wellformed(page.text)
        assert not read.inline, path
        assert len(read.ids) == len(set(read.ids)), path
        assert set(read.labels) <= set(read.ids), path
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"


async def test_signing_for_is_one_click(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("east")

    done = await browser.act(ONE, "accept")
    page = await browser.get(done.location)

    assert (done.status, done.location) == (303, f"/console/tickets/{ONE}?done=accept")
    assert "签收受理成功，工单现在是“已受理”，居民会收到通知" in page.words
    assert browser.house.bench.history()[-1].actor == "east"


async def test_a_result_is_filed_with_measures_and_photos(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.act(EASTERN, Action.ACCEPT)
    await browser.sign_in("east")

    done = await browser.upload(
        ONE,
        "resolve",
        [picture(), picture(50)],
        outcome="rectified",
        note="已覆盖\r\n并洒水",
        internal="",
        **{"amount:rectified": "1", "amount:covered": "300.5"},
    )
    page = await browser.get(f"/console/tickets/{ONE}")

    ticket = browser.house.bench.ticket()
    assert done.status == 303
    assert ticket.outcomes == [["rectified", 1.0], ["covered", 300.5]]
    assert ticket.answer == "已覆盖\n并洒水"
    assert "整改到位 1 处" in page.words
    assert "覆盖裸土 300.5 平方米" in page.words
    assert page.text.count("整改后照片，") == 2


async def test_forms_do_all_that_an_office_and_the_desk_may(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.file(TWO)
    await browser.sign_in("east")
    await browser.act(ONE, "accept")
    assert (await browser.act(ONE, "extend", days="2", note="等设备")).status == 303
    assert (await browser.act(ONE, "hold", until="2026-12-20", note="等资金")).status == 303
    assert (await browser.act(ONE, "resume")).status == 303
    assert (await browser.act(ONE, "correct", category="smoke", place="北门烧烤店")).status == 303
    assert (await browser.act(TWO, "merge", into=ONE)).status == 303
    assert (await browser.act(ONE, "resolve", outcome="rectified", note="好了")).status == 303
    await browser.sign_in("desk")
    assert (await browser.act(ONE, "close")).status == 303
    assert (await browser.act(ONE, "reopen", note="复查没有好")).status == 303
    assert (await browser.act(ONE, "reassign", office=WEST, note="地界已核实")).status == 303
    assert (await browser.act(ONE, "reject", note="不属实")).status == 303

    page = await browser.get(f"/console/tickets/{ONE}")
    assert "东街道 → 西街道" in page.words
    assert "类别：扬尘 → 油烟" in page.words
    assert browser.house.bench.ticket().status == "rejected"


async def test_who_gave_a_ticket_away_for_good_is_sent_to_the_list(browser: Browser) -> None:
    browser.house.bench.file(ONE, owner="construction", industry="ecology")
    await browser.sign_in("builders")

    done = await browser.act(ONE, "return", note="不属施工")

    assert done.location == "/console/?done=return"
    assert "已退单" in (await browser.get(done.location)).words


async def test_the_slower_of_two_sees_the_fresh_ticket_and_keeps_their_words(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("east")
    page = await browser.get(f"/console/tickets/{ONE}")
    fields = {"csrf": page.hidden("csrf"), "version": page.hidden("version"), "note": "不归我们的地界"}
    browser.house.bench.act(DISPATCHER, Action.ACCEPT)

    late = await browser.post(f"/console/tickets/{ONE}/return", fields)

    assert late.status == 409
    assert "已有人先处理，页面已更新" in late.words
    assert "已受理" in late.words
    assert "不归我们的地界" in late.text
    assert late.hidden("version") == str(browser.house.bench.ticket().version)


@pytest.mark.parametrize(
    ("action", "fields", "sentence"),
    [
        ("resolve", {"note": "好了"}, "必须填写"),
        ("resolve", {"outcome": "rectified", "note": "户主 13812345678"}, "手机号"),
        ("resolve", {"outcome": "rectified", "note": "好", "amount:covered": "x"}, "要是数字"),
        ("extend", {"days": "99", "note": "等"}, "不能大于60"),
        ("hold", {"until": "2026-13-01", "note": "等"}, "要是日期"),
        ("merge", {"into": TWO}, "没有这个编号"),
        ("progress", {"note": " "}, "必须填写"),
    ],
)
async def test_a_wrong_field_is_named_where_it_stands(
    browser: Browser, action: str, fields: dict[str, str], sentence: str
) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.act(EASTERN, Action.ACCEPT)
    await browser.sign_in("east")

    page = await browser.act(ONE, action, **fields)

    assert page.status == 422
    assert sentence in page.words
    assert 'aria-invalid="true"' in page.text
    Wellformed(page.text)


async def test_what_is_no_photo_changes_nothing(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    browser.house.bench.act(EASTERN, Action.ACCEPT)
    await browser.sign_in("east")

    page = await browser.upload(ONE, "progress", [b"<script>"], note="已到场")
    many = await browser.upload(ONE, "progress", [picture()] * 10, note="已到场")

    assert (page.status, many.status) == (422, 422)
    assert "不是能打开的照片" in page.words
    assert "一次最多传9张" in many.words
    assert browser.house.bench.ticket().status == "accepted"


async def test_without_the_forms_token_nothing_is_done(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("east")
    page = await browser.get(f"/console/tickets/{ONE}")
    good = {"csrf": page.hidden("csrf"), "version": page.hidden("version")}

    for fields in ({"version": good["version"]}, {**good, "csrf": "guessed"}, {**good, "csrf": ""}):
        refused = await browser.post(f"/console/tickets/{ONE}/accept", fields)
        assert refused.status == 403
    assert (await browser.post("/console/sign-out", {})).status == 403
    assert browser.house.bench.ticket().status == "dispatched"


async def test_anothers_token_opens_nothing(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("west")
    foreign = (await browser.get("/console/")).hidden("csrf")
    await browser.sign_in("east")

    refused = await browser.post(f"/console/tickets/{ONE}/accept", {"csrf": foreign, "version": "1"})

    assert refused.status == 403


async def test_another_offices_ticket_is_as_unknown_as_none(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    photo = await browser.house.photo_of(ONE)
    await browser.sign_in("west")
    token = (await browser.get("/console/")).hidden("csrf")

    hidden = await browser.get(f"/console/tickets/{ONE}")
    missing = await browser.get(f"/console/tickets/{TWO}")
    acted = await browser.post(f"/console/tickets/{ONE}/accept", {"csrf": token, "version": "1"})

    assert hidden.status == missing.status == acted.status == 404
    assert hidden.words == missing.words
    assert (await browser.get(f"/console/photos/{photo}")).status == 404


async def test_photos_are_shown_only_to_those_signed_in(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    photo = await browser.house.photo_of(ONE)

    outside = await browser.get(f"/console/photos/{photo}")
    await browser.sign_in("east")
    inside = await browser.get(f"/console/photos/{photo}")

    assert outside.status == 303
    assert (inside.status, inside.headers["Content-Type"]) == (200, "image/jpeg")
    assert "secret place" not in inside.text


async def test_a_leader_reads_and_is_offered_nothing(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("leader")

    page = await browser.get(f"/console/tickets/{ONE}")
    refused = await browser.act(ONE, "accept", version="1")

    assert "领导账号可以查看" in page.words
    assert "确认" not in page.words
    assert refused.status == 403


@pytest.mark.parametrize("action", ["rate", "urge", "nothing", "..%2Faccept"])
async def test_an_action_that_is_none_is_not_found(browser: Browser, action: str) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("east")

    assert (await browser.act(ONE, action)).status in {403, 404, 405}


async def test_what_is_no_form_is_refused(browser: Browser) -> None:
    browser.house.bench.file(ONE)
    await browser.sign_in("east")
    kind = {"Content-Type": "multipart/form-data; boundary=x"}

    broken = await browser.post(f"/console/tickets/{ONE}/accept", b"--x\r\nbroken", headers=kind)
    plain = await browser.post(
        f"/console/tickets/{ONE}/accept", b"{}", headers={"Content-Type": "application/json"}
    )

    assert broken.status in {400, 403}
    assert plain.status == 403
