"""What holds for every operation: tokens, methods, content types, the document."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.api.endpoints import Endpoints
from bot.api.inputs import BODIES
from handlers.rules.lifecycle import RESIDENT_ACTIONS, Action
from storage.models import Notice
from storage.unit import Unit
from tests.bot.api.served import Api, House
from tests.clock import TUESDAY_MORNING as NOW

ONE = "GX20261124-0001"


def _paths(house: House) -> list[tuple[str, str]]:
    endpoints = Endpoints(
        house.database, house.bench.zone, house.bench.casework, house.presenter, house.album
    )
    return [(one.method, f"/api{one.path}") for one in endpoints.operations()]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer é", f"Bearer {'x' * 500}"]
)
async def test_nothing_is_answered_without_a_token(api: Api, header: str) -> None:
    for method, path in _paths(api.house):
        response = await api.client.request(
            method, path.format(number=ONE, id=1), headers={"Authorization": header} if header else {}
        )

        assert response.status == 401, path
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert (await response.json())["status"] == 401


async def test_officers_learn_who_they_are(api: Api) -> None:
    east = await (await api.get("/api/v1/me")).json()
    desk = await (await api.get("/api/v1/me", "desk")).json()

    assert east == {
        "name": "east",
        "role": "office",
        "role_label": "街道办",
        "unit": {"code": "1001001", "name": "东街道"},
    }
    assert desk["unit"]["name"] == "调度台"


async def test_codes_can_be_looked_up(api: Api) -> None:
    offices = await (await api.get("/api/v1/offices")).json()
    categories = await (await api.get("/api/v1/categories")).json()

    assert [one["code"] for one in offices["items"]] == [
        "desk",
        "1001001",
        "1001002",
        "construction",
        "ecology",
    ]
    assert categories["items"][0]["outcomes"][1] == {"code": "covered", "label": "覆盖裸土", "unit": "平方米"}


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", f"/api/v1/tickets/{ONE}/rate/now"])
async def test_an_unknown_path_is_a_problem_too(api: Api, path: str) -> None:
    response = await api.get(path)

    assert (response.status, response.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize("action", sorted(RESIDENT_ACTIONS))
async def test_what_residents_do_is_no_operation(api: Api, action: Action) -> None:
    api.house.bench.file(ONE)

    assert (await api.act(ONE, action)).status == 404


async def test_a_wrong_method_names_the_right_ones(api: Api) -> None:
    response = await api.client.delete(f"/api/v1/tickets/{ONE}", headers=api.bearer("east"))

    assert (response.status, response.content_type) == (405, "application/problem+json")
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 5000, b'{"version": 1, "note": "\\ud800"}'])
async def test_what_is_not_json_gets_400(api: Api, body: bytes) -> None:
    headers = {**api.bearer("east"), "Content-Type": "application/json; charset=utf-8"}

    response = await api.client.post(f"/api/v1/tickets/{ONE}/accept", data=body, headers=headers)

    assert response.status == 400


@pytest.mark.parametrize("body", ["[]", "null", "7", '"x"'])
async def test_json_that_is_no_object_gets_422(api: Api, body: str) -> None:
    headers = {**api.bearer("east"), "Content-Type": "application/json"}

    response = await api.client.post(f"/api/v1/tickets/{ONE}/accept", data=body, headers=headers)

    assert response.status == 422


async def test_another_content_type_gets_415_and_a_flood_413(api: Api) -> None:
    path, headers = f"/api/v1/tickets/{ONE}/accept", api.bearer("east")

    form = await api.client.post(path, data={"version": "1"}, headers=headers)
    flood = await api.client.post(
        path, data=b" " * 70_000, headers={**headers, "Content-Type": "application/json"}
    )

    assert (form.status, flood.status) == (415, 413)


def _dead(unit: Unit) -> int:
    row = Notice(
        channel="resident", address="77", lane="ticket:1", kind="accepted", text="已受理", dedupe="x",
        created_at=NOW, state="failed", error="45015", attempts=24,
    )  # fmt: skip
    unit.outbox.add(row)
    return unit.outbox.dead()[0].id or 0


async def test_the_desk_sees_dead_letters_without_addresses_and_sends_them_again(api: Api) -> None:
    wanted = await api.house.database.write(_dead)

    listed = await (await api.get("/api/v1/notices?state=failed", "desk")).json()
    sent = await api.post(f"/api/v1/notices/{wanted}/resend", {}, "desk")
    again = await api.post(f"/api/v1/notices/{wanted}/resend", {}, "desk")

    assert (listed["total"], listed["items"][0]["error"]) == (1, "45015")
    assert "address" not in listed["items"][0]
    assert (sent.status, (await sent.json())["state"], again.status) == (200, "pending", 404)


async def test_dead_letters_are_the_desks_business(api: Api) -> None:
    wanted = await api.house.database.write(_dead)

    assert (await api.get("/api/v1/notices")).status == 403
    assert (await api.get("/api/v1/notices?state=sent", "desk")).status == 422
    assert (await api.post(f"/api/v1/notices/{wanted}/resend", {}, "leader")).status == 403
    assert (await api.post("/api/v1/notices/x/resend", {}, "desk")).status == 404


async def test_the_document_describes_every_route_and_only_those(api: Api) -> None:
    document = await (await api.client.get("/api/openapi.json")).json()

    described = [(method.upper(), path) for path, methods in document["paths"].items() for method in methods]
    assert sorted(described) == sorted(_paths(api.house))
    assert document["openapi"].startswith("3.1")
    assert document["security"] == [{"bearer": []}]
    assert {action for action in Action if action not in RESIDENT_ACTIONS} == set(BODIES)


async def test_every_reference_of_the_document_leads_somewhere(api: Api) -> None:
    text = await (await api.client.get("/api/openapi.json")).text()
    document = json.loads(text)

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*(references(item) for item in value.values()))
        return set().union(*(references(item) for item in value)) if isinstance(value, list) else set()

    names = {ref.removeprefix("#/components/schemas/") for ref in references(document)}
    assert names
    assert names <= set(document["components"]["schemas"])
    assert "oneOf" not in document["paths"]["/api/v1/tickets"]["get"]["parameters"][0]["schema"]


async def test_the_document_says_what_each_operation_may_answer(api: Api) -> None:
    paths = (await (await api.client.get("/api/openapi.json")).json())["paths"]

    resolve = paths["/api/v1/tickets/{number}/resolve"]["post"]
    status = paths["/api/v1/tickets"]["get"]["parameters"][0]
    assert sorted(resolve["responses"]) == ["200", "400", "401", "403", "404", "409", "413", "415", "422"]
    assert resolve["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/ResolveBody"
    }
    assert "on_hold" in status["schema"]["enum"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(action=st.sampled_from(sorted(BODIES)), body=st.binary(max_size=80))
def test_no_bytes_bring_an_action_down(action: Action, body: bytes) -> None:
    with suppress(ValidationError):
        BODIES[action].model_validate_json(body)


async def test_a_database_out_of_reach_gets_503(api: Api) -> None:
    api.house.database.close()

    response = await api.get("/api/v1/tickets")

    assert (response.status, response.content_type) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "5"
