"""An office works a ticket through the API, and the resident hears of it."""

import pytest

from tests.acceptance.configuration import OTHER_OFFICE
from tests.acceptance.desk import Desk
from tests.acceptance.service import Resident, Service
from tests.acceptance.test_reports import COMPLETE, NUMBER


def filed(service: Service) -> tuple[Resident, str]:
    """Return a resident and the number of the ticket just filed."""
    resident = service.resident()
    number = NUMBER.search(resident.writes(COMPLETE))
    assert number
    return resident, number.group()


def test_the_resident_hears_of_every_step(service: Service, desk: Desk) -> None:
    resident, number = filed(service)

    desk.acts(number, "accept")
    desk.acts(number, "progress", note="已约谈店主，明天安装油烟净化器")
    desk.acts(number, "resolve", note="净化器已装好并试运行", outcome="purifier", amount=1)

    accepted, progressed, resolved = service.platform.told(resident.openid, 3)
    assert {each.way for each in (accepted, progressed, resolved)} == {"custom"}
    assert number in accepted.text
    assert "受理" in accepted.text
    assert "已约谈店主，明天安装油烟净化器" in progressed.text
    assert "办结" in resolved.text
    assert "净化器已装好并试运行" in resolved.text


def test_not_solved_opens_the_ticket_again(service: Service, desk: Desk) -> None:
    resident, number = filed(service)
    desk.acts(number, "accept")
    before = desk.acts(number, "resolve", note="已要求整改", outcome="persuaded")

    reply = resident.writes("不满意")

    ticket = desk.ticket(number)
    assert number in reply
    assert (before["status"], ticket["status"]) == ("resolved", "dispatched")
    assert ticket["version"] > before["version"]
    assert ticket["history"][-1]["action"] == "reopen"


def test_whoever_saw_an_old_version_is_told_so(service: Service, desk: Desk) -> None:
    _, number = filed(service)
    seen = desk.ticket(number)["version"]
    desk.tries(number, "accept", version=seen)

    late = desk.tries(number, "progress", version=seen, note="我已在现场")

    assert late.status == 409
    assert late.json()["version"] == desk.ticket(number)["version"]


def test_a_ticket_that_nobody_filed_is_not_found(service: Service, desk: Desk) -> None:
    answer = service.get("/api/v1/tickets/GX20200101-9999", desk.office)

    assert answer.status == 404


@pytest.mark.parametrize("action", ["accept", "progress"])
def test_another_offices_ticket_is_out_of_reach(service: Service, desk: Desk, action: str) -> None:
    _, number = filed(service)

    seen = service.get(f"/api/v1/tickets/{number}", desk.other_office)
    tried = desk.tries(number, action, token=desk.other_office, version=1, note="试试")

    assert seen.status in {403, 404}
    assert tried.status in {403, 404}
    assert desk.ticket(number)["version"] == 1
    assert number not in service.get(f"/api/v1/tickets?q={number}", desk.other_office).body


def test_a_reassigned_ticket_changes_hands(service: Service, desk: Desk) -> None:
    resident, number = filed(service)

    moved = desk.tries(
        number, "reassign", token=desk.dispatcher, version=1, office=OTHER_OFFICE, note="地点在试点社区"
    )

    assert moved.status == 200, moved.body
    assert service.get(f"/api/v1/tickets/{number}", desk.other_office).status == 200
    assert "试点街道" in service.platform.told(resident.openid, 1)[0].text


@pytest.mark.parametrize("token", ["", "nobody-has-this-token"])
def test_without_a_token_nothing_is_shown(service: Service, token: str) -> None:
    answer = service.get("/api/v1/tickets", token)

    assert answer.status == 401
    assert answer.json()["status"] == 401


@pytest.mark.parametrize(
    ("action", "content", "field"),
    [
        ("accept", {}, "version"),
        ("progress", {"version": 1}, "note"),
        ("resolve", {"version": 1, "note": "好了"}, "outcome"),
        ("resolve", {"version": 1, "note": "好了", "outcome": "no_such_outcome"}, "outcome"),
        ("reassign", {"version": 1, "office": "000000000"}, "office"),
    ],
)
def test_a_missing_or_wrong_field_is_named(
    service: Service, desk: Desk, action: str, content: dict[str, object], field: str
) -> None:
    _, number = filed(service)
    version = desk.acts(number, "accept")["version"]
    given = {name: version if name == "version" else value for name, value in content.items()}

    answer = desk.tries(number, action, token=desk.dispatcher, **given)

    assert answer.status == 422, answer.body
    assert answer.json()["field"] == field
    assert desk.ticket(number)["version"] == version
