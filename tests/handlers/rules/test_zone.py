from typing import Any

import pytest
from pydantic import ValidationError

from handlers.rules.part import MISPLACED
from handlers.rules.zone import DESK, CalendarSettings, Zone
from tests.handlers.rules.worlds import category, tree, zone


def mistaken_key(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        Zone.model_validate(data)
    error = caught.value.errors()[0]
    keys = [*error["loc"], error["ctx"]["key"]] if error["type"] == MISPLACED else error["loc"]
    return ".".join(str(key) for key in keys if key != "[key]")


def test_codes_that_yaml_read_as_numbers_are_text() -> None:
    world = zone()

    assert world.office("1001001").communities["1001001001"].name == "春社区"


def test_an_office_is_found_with_its_district() -> None:
    world = zone()

    assert world.district_of("1002001").name == "邻区"
    assert world.knows_office("1002001")
    assert not world.knows_office("9")
    with pytest.raises(KeyError):
        world.office("9")


def test_only_offices_of_our_districts_are_ours() -> None:
    world = zone()

    assert [office.name for office in world.own_offices] == ["东街道", "西街道"]
    assert len(world.offices) == 3
    assert world.is_ours("1001002")
    assert not world.is_ours("1002001")
    assert not world.is_ours(DESK)


@pytest.mark.parametrize(
    ("code", "name"),
    [(DESK, "调度台"), ("1001001", "东街道"), ("construction", "住建局"), ("gone", "gone")],
)
def test_an_owner_has_a_name_even_when_the_configuration_forgot_it(code: str, name: str) -> None:
    assert zone().owner_name(code) == name


@pytest.mark.parametrize(
    ("code", "robot"), [(DESK, "desk"), ("1001001", "east"), ("construction", "builders"), ("gone", "")]
)
def test_an_owner_s_robot_is_known(code: str, robot: str) -> None:
    assert zone().robot(code) == robot


@pytest.mark.parametrize(
    ("code", "fit"), [(DESK, True), ("1001001", True), ("ecology", True), ("1002001", False), ("x", False)]
)
def test_a_ticket_may_go_to_the_desk_to_ours_and_to_departments(code: str, fit: bool) -> None:
    assert zone().is_owner(code) is fit


def test_an_unknown_category_is_treated_as_anything_else() -> None:
    world = zone()

    assert world.category("ufo").name == "其他"
    assert world.category_name("ufo") == "ufo"
    assert world.category_name("dust") == "扬尘"


def test_a_community_leads_to_its_office() -> None:
    world = zone()

    office = world.office_of_community("1001002001")

    assert office is not None
    assert office.name == "西街道"
    assert world.community_name("1001002001") == "秋社区"
    assert world.community_name("9") == "9"
    assert world.office_of_community("9") is None
    assert world.district("9") is None


def test_an_outcome_is_found_by_its_code() -> None:
    dust = zone().category("dust")

    found = dust.outcome("rectified")

    assert found is not None
    assert found.label == "整改到位"
    assert dust.outcome("vanished") is None
    assert dust.departments.codes == ("construction", "ecology")


def test_an_office_without_communities_is_named() -> None:
    data = tree()
    data["districts"][1]["offices"][0]["communities"] = {}

    assert mistaken_key(data) == "districts.1.offices.0.communities"


def test_a_category_without_departments_is_named() -> None:
    data = tree()
    del data["categories"]["dust"]["departments"]

    assert mistaken_key(data) == "categories.dust.departments"


def test_a_category_without_outcomes_is_named() -> None:
    data = tree()
    data["categories"]["dust"]["outcomes"] = []

    assert mistaken_key(data) == "categories.dust.outcomes"


def test_an_outcome_given_twice_is_named() -> None:
    data = tree()
    data["categories"]["dust"]["outcomes"] *= 2

    assert mistaken_key(data) == "categories.dust.outcomes[1].code"


def test_an_unknown_department_is_named() -> None:
    data = tree()
    data["categories"]["dust"] = category(departments={"industry": "ecology", "comprehensive": "moon"})

    assert mistaken_key(data) == "categories.dust.departments.comprehensive"


def test_a_department_cannot_be_called_desk() -> None:
    data = tree()
    data["departments"]["desk"] = {"name": "冒名"}

    assert mistaken_key(data) == "departments.desk"


@pytest.mark.parametrize(
    ("code", "key"),
    [("1001001", "districts[1].offices[0].code"), ("ecology", "districts[1].offices[0].code")],
)
def test_an_office_code_given_twice_is_named(code: str, key: str) -> None:
    data = tree()
    data["districts"][1]["offices"][0]["code"] = code

    assert mistaken_key(data) == key


def test_a_community_code_given_twice_is_named() -> None:
    data = tree()
    data["districts"][1]["offices"][0]["communities"] = {"1001001001": "重名社区"}

    assert mistaken_key(data) == "districts[1].offices[0].communities.1001001001"


def test_a_place_in_an_unknown_community_is_named() -> None:
    data = tree()
    data["districts"][0]["offices"][0]["places"] = [{"name": "某小区", "community": "9"}]

    assert mistaken_key(data) == "districts.0.offices.0.places[0].community"


def test_a_place_may_lie_in_a_community_or_in_none_yet() -> None:
    data = tree()
    places = [{"name": "春园", "kind": "estate", "community": 1001001001}, {"name": "河"}]
    data["districts"][0]["offices"][0]["places"] = places

    found = zone(**data).office("1001001").places

    assert [(place.name, place.kind, place.community) for place in found] == [
        ("春园", "estate", "1001001001"),
        ("河", "other", ""),
    ]


def test_a_polygon_of_two_corners_is_named() -> None:
    data = tree()
    data["districts"][0]["offices"][0]["polygon"] = [[26.9, 112.6], [26.9, 112.7]]

    assert mistaken_key(data) == "districts.0.offices.0.polygon"


def test_latitude_and_longitude_that_changed_places_are_named() -> None:
    data = tree()
    data["districts"][0]["offices"][1]["centre"] = [112.5, 26.9]

    assert mistaken_key(data) == "districts.0.offices.1.centre.0"


def test_a_neighbour_that_nobody_answers_for_is_named() -> None:
    data = tree()
    del data["districts"][1]["answers"]

    assert mistaken_key(data) == "districts.1.answers"


def test_a_district_without_offices_is_named() -> None:
    data = tree()
    data["districts"][1]["offices"] = []

    assert mistaken_key(data) == "districts.1.offices"


def test_a_zone_without_ground_of_its_own_is_refused() -> None:
    data = tree()
    data["districts"] = data["districts"][1:]

    assert mistaken_key(data) == "districts"


def test_a_zone_without_the_category_of_anything_else_is_refused() -> None:
    data = tree()
    del data["categories"]["none"]

    assert mistaken_key(data) == "categories.none"


def test_an_unknown_key_is_named() -> None:
    data = tree()
    data["limits"] = {"nearest_miles": 1}

    assert mistaken_key(data) == "limits.nearest_miles"


def test_an_unknown_time_zone_is_named() -> None:
    assert mistaken_key(tree() | {"timezone": "Asia/Atlantis"}) == "timezone"


def test_a_law_that_ends_before_it_begins_is_named() -> None:
    law = {"law": "某法", "article": "第一条", "valid_from": "2026-01-02", "valid_to": "2026-01-01"}
    data = tree()
    data["categories"]["dust"] = category(legal=[law])

    assert mistaken_key(data) == "categories.dust.legal.0.valid_to"


def test_an_unquoted_time_is_read_as_meant() -> None:
    yaml_reads_14_30_as = 870

    settings = CalendarSettings.model_validate({"opening": [{"start": "08:30", "end": yaml_reads_14_30_as}]})

    assert settings.opening[0].end.isoformat() == "14:30:00"


@pytest.mark.parametrize(
    ("calendar", "key"),
    [
        ({"opening": []}, "opening"),
        ({"opening": [{"start": "14:00", "end": "12:00"}]}, "opening"),
        ({"opening": [{"start": "08:00", "end": "12:00"}, {"start": "11:00", "end": "13:00"}]}, "opening"),
        ({"opening": [{"start": 2000, "end": "12:00"}]}, "opening.0.start"),
        ({"opening": [{"start": True, "end": "12:00"}]}, "opening.0.start"),
        ({"extra_days_off": [{"first": "2026-01-02", "last": "2026-01-01"}]}, "extra_days_off.0.last"),
        ({"extra_workdays": ["yesterday"]}, "extra_workdays.0.first"),
    ],
)
def test_impossible_working_hours_are_named(calendar: dict[str, Any], key: str) -> None:
    assert mistaken_key(tree() | {"calendar": calendar}) == f"calendar.{key}"
