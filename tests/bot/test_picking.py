from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import picking
from bot.settings import load
from handlers.rules.geo import Map, distance_km, to_wgs84
from handlers.rules.zone import Zone

SHIPPED = Path(__file__).parents[2] / "config.yaml"
KILOMETRES = st.floats(-30, 30)


@pytest.fixture(scope="module")
def zone() -> Zone:
    return load(SHIPPED, {"BOT_SIMULATOR__ENABLED": "true"}).zone


def test_each_place_but_the_far_one_counts_as_the_centres(zone: Zone) -> None:
    *near, far = picking.places(zone)
    ground = Map(zone)

    found = [
        ground.nearest(to_wgs84(one.latitude, one.longitude), zone.limits.nearest_km) for one in (*near, far)
    ]

    assert [one and one[0] for one in found] == [zone.own_offices[0].code] * len(near) + [None]


def test_places_have_names_of_their_own(zone: Zone) -> None:
    names = [place.name for place in picking.places(zone)]

    assert len(set(names)) == len(names) >= 4


@given(st.floats(18, 50), st.floats(75, 130), KILOMETRES, KILOMETRES)
def test_a_moved_point_lies_as_far_away_as_was_asked(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    start = (latitude, longitude)

    end = picking.moved(start, north_km=north, east_km=east)

    assert distance_km(start, end) == pytest.approx((north**2 + east**2) ** 0.5, rel=0.02, abs=0.01)
