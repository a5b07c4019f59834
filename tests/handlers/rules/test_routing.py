import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.geo import Map, to_gcj02
from handlers.rules.routing import route
from handlers.rules.zone import DESK
from tests.handlers.rules.worlds import tree, zone

ZONE = zone()
GROUND = Map(ZONE)


def test_a_community_in_the_text_leads_to_its_street() -> None:
    found = route(ZONE, community="1001002001", category="dust")

    assert (found.owner, found.office, found.community) == ("1001002", "1001002", "1001002001")
    assert found.departments == ("construction", "ecology")
    assert found.outside is None
    assert found.how == "place"
    assert found.reason == "秋社区属西街道"


def test_a_street_in_the_text_is_enough() -> None:
    found = route(ZONE, office="1001001")

    assert (found.owner, found.community, found.how) == ("1001001", "", "place")
    assert "东街道" in found.reason


def test_the_text_is_believed_before_the_point() -> None:
    found = route(ZONE, office="1001002", point=(26.905, 112.605, "wgs84"))

    assert found.owner == "1001002"


def test_a_point_in_a_polygon_leads_to_its_street() -> None:
    found = route(ZONE, point=(26.905, 112.605, "wgs84"), ground=GROUND)

    assert (found.owner, found.how, found.reason) == ("1001001", "point", "定位在东街道辖区内")


def test_a_point_in_wechat_s_datum_is_moved_to_the_ground_first() -> None:
    shown = to_gcj02(26.905, 112.6097)

    assert route(ZONE, point=(*shown, "gcj02"), ground=GROUND).how == "point"
    assert route(ZONE, point=(*shown, "wgs84"), ground=GROUND).how == "none"


def test_a_point_near_a_community_leads_to_it() -> None:
    found = route(ZONE, point=(26.951, 112.65, "wgs84"), ground=GROUND)

    assert (found.owner, found.community, found.how) == ("1001001", "1001001002", "nearest")
    assert found.reason == "定位距夏社区中心约0.1公里"


def test_a_point_near_an_office_leads_to_it() -> None:
    found = route(ZONE, point=(26.9, 112.5, "wgs84"))

    assert (found.owner, found.community, found.how) == ("1001002", "", "nearest")


def test_a_point_far_from_everything_goes_to_the_desk() -> None:
    found = route(ZONE, point=(27.5, 113, "wgs84"), ground=GROUND)

    assert (found.owner, found.office, found.how) == (DESK, "", "none")


def test_nothing_known_goes_to_the_desk() -> None:
    found = route(ZONE, category="dust")

    assert (found.owner, found.how) == (DESK, "none")
    assert found.departments == ("construction", "ecology")


@pytest.mark.parametrize("place", [{"community": "1002001001"}, {"office": "1002001"}, {"district": "1002"}])
def test_a_place_in_a_neighbouring_district_says_who_answers_there(place: dict[str, str]) -> None:
    found = route(ZONE, **place)

    assert found.owner == DESK
    assert found.outside is not None
    assert found.outside.answers == "邻区12345热线"


def test_a_point_in_a_neighbouring_district_says_so_too() -> None:
    found = route(ZONE, point=(26.8, 112.5, "wgs84"), ground=GROUND)

    assert found.outside is not None
    assert found.outside.name == "邻区"
    assert found.owner == DESK


def test_our_district_alone_decides_only_where_it_has_one_street() -> None:
    data = tree()
    data["districts"][0]["offices"] = data["districts"][0]["offices"][:1]

    assert route(ZONE, district="1001").owner == DESK
    assert route(zone(**data), district="1001").owner == "1001001"


def test_our_district_with_several_streets_leaves_it_to_the_point() -> None:
    assert route(ZONE, district="1001", point=(26.905, 112.605, "wgs84")).owner == "1001001"


@given(
    st.text(max_size=9), st.text(max_size=9), st.text(max_size=9), st.floats(-90, 90), st.floats(-180, 180)
)
def test_whatever_comes_in_somebody_of_ours_gets_it(
    office: str, community: str, district: str, latitude: float, longitude: float
) -> None:
    point = (latitude, longitude, "gcj02")

    found = route(ZONE, office=office, community=community, district=district, point=point, ground=GROUND)

    assert found.owner == DESK or ZONE.is_ours(found.owner)
    assert found.reason
