import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.geo import GCJ02, WGS84, Map, distance_km, to_gcj02, to_wgs84
from tests.handlers.rules.worlds import tree, zone

LATITUDES, LONGITUDES = st.floats(5, 53), st.floats(75, 135)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ],
)
def test_the_shift_is_that_of_the_known_pairs(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-9)
    assert to_wgs84(*gcj02) == pytest.approx(wgs84, abs=1e-9)


@given(LATITUDES, LONGITUDES)
def test_there_and_back_is_the_same_place(latitude: float, longitude: float) -> None:
    there = to_gcj02(latitude, longitude)

    assert to_wgs84(*there) == pytest.approx((latitude, longitude), abs=1e-9)
    assert 0.01 < distance_km((latitude, longitude), there) < 2


def test_outside_of_china_nothing_is_shifted() -> None:
    assert to_gcj02(48.85, 2.35) == (48.85, 2.35)
    assert to_wgs84(-33.9, 151.2, GCJ02) == (-33.9, 151.2)


def test_what_is_wgs84_already_stays() -> None:
    assert to_wgs84(26.9, 112.6, WGS84) == (26.9, 112.6)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_km((26, 112), (27, 112)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((26, 112), (26, 112)) == 0
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)


def test_a_point_inside_or_on_the_edge_belongs_to_the_office() -> None:
    ground = Map(zone())

    assert ground.office_at((26.905, 112.605)) == "1001001"
    assert ground.office_at((26.9, 112.605)) == "1001001"
    assert ground.office_at((26.92, 112.605)) == ""


def test_a_polygon_drawn_on_a_gcj02_map_is_moved_to_the_ground() -> None:
    data = tree()
    data["districts"][0]["offices"][0]["datum"] = "gcj02"
    ground = Map(zone(**data))

    assert ground.office_at(to_wgs84(26.9001, 112.6001, GCJ02)) == "1001001"
    assert ground.office_at((26.9099, 112.6099)) == ""


def test_the_nearest_centre_is_found_within_its_limit() -> None:
    ground = Map(zone())

    assert ground.nearest((26.95, 112.65), 1) == ("1001001", "1001001002", 0)
    found = ground.nearest((26.909, 112.5), 1.5)
    assert found is not None
    assert found[:2] == ("1001002", "")
    assert found[2] == pytest.approx(1.0, abs=0.01)
    assert ground.nearest((26.92, 112.5), 1.5) is None


def test_a_zone_without_any_point_has_no_nearest() -> None:
    data = tree()
    for office in data["districts"][0]["offices"] + data["districts"][1]["offices"]:
        office.pop("centre", None)
        office["communities"] = dict.fromkeys(office["communities"], "某社区")

    assert Map(zone(**data)).nearest((26.9, 112.6), 50) is None
