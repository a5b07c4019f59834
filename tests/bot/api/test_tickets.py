"""Tickets over HTTP: lists, details, actions, photos."""

import io

import pytest
from PIL import Image

from handlers.rules.lifecycle import Action
from tests.bot.api.served import Api, picture
from tests.handlers.offices.bench import DISPATCHER, EAST, WEST

ONE, TWO, THREE = "GX20261124-0001", "GX20261124-0002", "GX20261124-0003"


async def test_a_list_holds_what_the_officer_may_see(api: Api) -> None:
    api.house.bench.file(ONE)
    api.house.bench.file(TWO, owner=WEST, office=WEST)

    mine = await (await api.get("/api/v1/tickets")).json()
    desks = await (await api.get("/api/v1/tickets", "desk")).json()

    assert ([item["number"] for item in mine["items"]], mine["total"], mine["page"]) == ([ONE], 1, 1)
    assert desks["total"] == 2


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("status=accepted", [TWO]),
        ("status=", [TWO, ONE, THREE]),
        (f"office={WEST}", [THREE]),
        ("category=smoke", [THREE]),
        ("q=烧烤", [THREE]),
        ("q=20261124-0002", [TWO]),
        ("overdue=true", []),
        ("page=2&size=2", [ONE]),
        ("page=1000000", []),
        ("unknown=1&overdue=false", [TWO, ONE, THREE]),
    ],
)
async def test_a_list_is_narrowed_by_its_parameters(api: Api, query: str, numbers: list[str]) -> None:
    api.house.bench.file(ONE)
    api.house.bench.file(TWO)
    api.house.bench.file(THREE, owner=WEST, office=WEST, category="smoke", text="烧烤店油烟")
    api.house.bench.act(DISPATCHER, Action.ACCEPT, TWO)

    listed = await (await api.get(f"/api/v1/tickets?{query}", "desk")).json()

    assert sorted(item["number"] for item in listed["items"]) == sorted(numbers)


async def test_only_late_tickets_are_listed_on_demand(api: Api) -> None:
    api.house.bench.file(ONE)
    due = api.house.bench.ticket(ONE).due_at
    assert due is not None
    api.house.clock.move(due - api.house.clock.now())

    at_the_limit = await (await api.get("/api/v1/tickets?overdue=1")).json()
    api.house.clock.move(due - api.house.clock.now() + (due - due.replace(hour=0)))
    later = await (await api.get("/api/v1/tickets?overdue=1")).json()

    assert at_the_limit["total"] == 0
    assert [item["overdue"] for item in later["items"]] == [True]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=lost", "status"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("size=101", "size"),
        ("overdue=perhaps", "overdue"),
        ("office=%27--", "office"),
        ("q=%00", "q"),
        (f"q={'长' * 101}", "q"),
    ],
)
async def test_a_parameter_that_makes_no_sense_is_named(api: Api, query: str, field: str) -> None:
    response = await api.get(f"/api/v1/tickets?{query}")

    problem = await response.json()
    assert (response.status, response.content_type) == (422, "application/problem+json")
    assert problem["field"] == field
    assert field in problem["detail"]


async def test_a_ticket_shows_all_but_the_resident(api: Api) -> None:
    api.house.bench.file(ONE, why=[["扬尘", "dust", 2.5]], also=["smoke"])

    response = await api.get(f"/api/v1/tickets/{ONE}")

    ticket = await response.json()
    assert ticket["office"] == {"code": EAST, "name": "东街道"}
    assert ticket["due_at"] == ticket["promised_at"] == "2026-12-01T17:30:00+08:00"
    assert ticket["actions"] == ["accept", "return", "merge", "correct"]
    assert ticket["why"] == [{"word": "扬尘", "category": "dust", "weight": 2.5}]
    assert [step["action_label"] for step in ticket["history"]] == ["登记派单"]
    assert "resident" not in ticket
    assert "o-resident" not in await response.text()


async def test_another_offices_ticket_is_as_unknown_as_none(api: Api) -> None:
    api.house.bench.file(ONE)
    hidden = [
        await api.get(f"/api/v1/tickets/{ONE}", "west"),
        await api.act(ONE, "accept", "west"),
        await api.client.post(
            f"/api/v1/tickets/{ONE}/photos/after",
            data=picture(),
            headers={**api.bearer("west"), "Content-Type": "image/jpeg"},
        ),
    ]
    missing = await api.get(f"/api/v1/tickets/{TWO}", "west")

    assert [response.status for response in hidden] == [404, 404, 404]
    assert await hidden[0].json() == await missing.json()
    assert api.house.bench.ticket(ONE).status == "dispatched"


@pytest.mark.parametrize(
    "number", ["x", "GX20261124-0001%00", "..", "GX20261124-٠٠٠١", "%ED%A0%80", "a" * 5000]
)
async def test_a_number_that_is_none_is_not_found(api: Api, number: str) -> None:
    assert (await api.get(f"/api/v1/tickets/{number}")).status == 404


async def test_an_office_works_a_ticket_to_its_end(api: Api) -> None:
    api.house.bench.file(ONE)

    accepted = await (await api.act(ONE, "accept")).json()
    progressed = await (await api.act(ONE, "progress", note="已到场", internal="记录")).json()
    extended = await (await api.act(ONE, "extend", note="等设备", days=2)).json()
    held = await (await api.act(ONE, "hold", note="等资金", until="2026-12-20")).json()
    resumed = await (await api.act(ONE, "resume")).json()
    resolved = await api.act(
        ONE,
        "resolve",
        note="已覆盖",
        outcome="rectified",
        amount=1,
        outcomes=[["covered", 30], ["rectified", None]],
    )
    closed = await (await api.act(ONE, "close", "desk")).json()

    states = [found["status"] for found in (accepted, progressed, extended, held, resumed, closed)]
    assert states == ["accepted", "in_progress", "in_progress", "on_hold", "in_progress", "closed"]
    assert extended["due_at"] == "2026-12-03T17:30:00+08:00"
    assert held["hold_until"] == "2026-12-20T00:00:00+08:00"
    assert (await resolved.json())["outcomes"] == [
        {"code": "rectified", "label": "整改到位", "amount": 1, "unit": "处"},
        {"code": "covered", "label": "覆盖裸土", "amount": 30, "unit": "平方米"},
    ]
    details = [step["details"] for step in closed["history"]]
    assert "延期2个工作日" in details
    assert "挂账至2026-12-20" in details


async def test_the_desk_passes_on_corrects_and_merges(api: Api) -> None:
    for number in (ONE, TWO):
        api.house.bench.file(number)
    api.house.bench.file(THREE, owner="desk", office="")

    returned = await (await api.act(ONE, "return", note="不归我们")).json()
    reassigned = await (await api.act(ONE, "reassign", "desk", office=WEST)).json()
    corrected = await (await api.act(ONE, "correct", "desk", category="smoke", also=["none"])).json()
    merged = await (await api.act(TWO, "merge", "desk", into=ONE)).json()
    rejected = await (await api.act(THREE, "reject", "desk", note="属邻里纠纷")).json()
    reopened = await (await api.act(THREE, "reopen", "desk", note="重新核实")).json()

    assert returned["owner"]["code"] == "desk"
    assert reassigned["owner"] == reassigned["office"] == {"code": WEST, "name": "西街道"}
    assert (corrected["category_name"], corrected["also"]) == ("油烟", [{"code": "none", "name": "其他"}])
    assert (merged["status"], merged["merged_into"]) == ("merged", ONE)
    assert (rejected["status"], reopened["status"]) == ("rejected", "returned")
    assert [step["details"] for step in corrected["history"]][-2:] == ["调度台 → 西街道", "类别：扬尘 → 油烟"]


async def test_the_slower_of_two_gets_409_and_the_present_version(api: Api) -> None:
    api.house.bench.file(ONE)
    version = api.house.bench.ticket(ONE).version
    await api.act(ONE, "accept")

    response = await api.act(ONE, "return", note="不归我们", version=version)

    problem = await response.json()
    assert response.status == 409
    assert problem["version"] == api.house.bench.ticket(ONE).version


async def test_what_the_state_does_not_allow_gets_409(api: Api) -> None:
    api.house.bench.file(ONE)

    response = await api.act(ONE, "progress", note="已到场")

    assert response.status == 409
    assert "不能填报进展" in (await response.json())["detail"]


async def test_what_is_the_desks_gets_403(api: Api) -> None:
    api.house.bench.file(ONE)

    assert (await api.act(ONE, "reassign", office=WEST)).status == 403
    assert (await api.act(ONE, "accept", "leader")).status == 403
    assert (await api.act(ONE, "accept", "builders")).status == 403


@pytest.mark.parametrize(
    ("action", "fields", "field"),
    [
        ("accept", {"version": None}, "version"),
        ("accept", {"version": "1"}, "version"),
        ("accept", {"version": True}, "version"),
        ("accept", {"version": 10**30}, "version"),
        ("accept", {"note": "\u0000"}, "note"),
        ("accept", {"note": "长" * 1001}, "note"),
        ("accept", {"note": "电话13812345678"}, "note"),
        ("accept", {"internal": 5}, "internal"),
        ("return", {}, "note"),
        ("return", {"note": "   "}, "note"),
        ("correct", {"category": "wind"}, "category"),
        ("correct", {"also": "dust"}, "also"),
        ("merge", {"into": ONE}, "into"),
        ("merge", {"into": "other"}, "into"),
    ],
)
async def test_a_field_that_makes_no_sense_is_named(
    api: Api, action: str, fields: dict[str, object], field: str
) -> None:
    api.house.bench.file(ONE)

    response = await api.act(ONE, action, **fields)

    problem = await response.json()
    assert response.status == 422
    assert problem["field"] == field
    assert problem["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"note": "好了"}, "outcome"),
        ({"note": "好了", "outcome": "purifier"}, "outcome"),
        ({"note": "好了", "outcome": "rectified", "amount": -1}, "amount"),
        ({"note": "好了", "outcome": "rectified", "outcomes": [["covered"]]}, "outcomes.0.1"),
    ],
)
async def test_a_result_that_makes_no_sense_is_named(api: Api, fields: dict[str, object], field: str) -> None:
    api.house.bench.file(ONE)
    await api.act(ONE, "accept")

    response = await api.act(ONE, "resolve", **fields)

    assert response.status == 422
    assert (await response.json())["field"] == field


async def test_photos_are_added_and_shown_without_what_hides_in_them(api: Api) -> None:
    api.house.bench.file(ONE)
    uploaded = await api.client.post(
        f"/api/v1/tickets/{ONE}/photos/after",
        data=picture(),
        headers={**api.bearer("east"), "Content-Type": "image/jpeg"},
    )
    (file,) = (await uploaded.json())["attachments"]

    shown = await api.get(file["url"])

    content = await shown.read()
    assert (uploaded.status, file["role"], file["by"]) == (201, "after", "east")
    assert (shown.content_type, shown.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"secret place" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(
    ("kind", "body", "status"), [("image/jpeg", b"no photo", 422), ("text/html", b"<b>", 415)]
)
async def test_what_is_no_photo_is_refused(api: Api, kind: str, body: bytes, status: int) -> None:
    api.house.bench.file(ONE)

    response = await api.client.post(
        f"/api/v1/tickets/{ONE}/photos/after", data=body, headers={**api.bearer("east"), "Content-Type": kind}
    )

    assert response.status == status


async def test_a_photo_is_seen_only_by_those_who_see_its_ticket(api: Api) -> None:
    api.house.bench.file(ONE)
    photo = await api.house.photo_of(ONE)

    assert (await api.get(f"/api/v1/attachments/{photo}", "builders")).status == 200
    assert (await api.get(f"/api/v1/attachments/{photo}", "west")).status == 404


@pytest.mark.parametrize("wanted", ["0", "x", "-1", "٣", "99999999999999999999", "9223372036854775808"])
async def test_an_attachment_that_is_none_is_not_found(api: Api, wanted: str) -> None:
    assert (await api.get(f"/api/v1/attachments/{wanted}")).status == 404
