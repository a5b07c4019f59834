"""Places for the simulator's location picker: the configured centres, and points at a distance from them."""

from collections.abc import Iterator
from math import cos, radians

from bot.simulator.values import SamplePlace
from handlers.rules.geo import to_gcj02, to_wgs84
from handlers.rules.places import Office, Spot
from handlers.rules.zone import Zone

KM_A_DEGREE = 111.2
"""Length of a degree of latitude, and of longitude at the equator (mean radius of the earth, IUGG)."""
NEAR_SHARE, FAR_FACTOR = 0.5, 20
"""Of the distance within which a point counts as a centre's: well inside it, and far outside of any."""


def places(zone: Zone) -> tuple[SamplePlace, ...]:
    """Return what the picker offers, in GCJ-02 as WeChat's own; nothing is claimed of what stands there."""
    return tuple(place for office in zone.own_offices for place in _of_office(office, zone.limits.nearest_km))


def _of_office(office: Office, nearest_km: float) -> Iterator[SamplePlace]:
    for community in office.communities.values():
        if community.centre is not None:
            yield _place(f"{community.name}中心附近", to_wgs84(*community.centre, office.datum))
    if office.centre is not None:
        yield from _around(office.name, to_wgs84(*office.centre, office.datum), nearest_km)


def _around(name: str, centre: Spot, nearest_km: float) -> Iterator[SamplePlace]:
    near, far = nearest_km * NEAR_SHARE, nearest_km * FAR_FACTOR
    yield _place(f"{name}中心附近", centre)
    yield _place(f"{name}中心以北{near * 1000:.0f}米", moved(centre, north_km=near))
    yield _place(f"{name}中心以东{near * 1000:.0f}米", moved(centre, east_km=near))
    yield _place(f"{name}中心以南{far:.0f}公里（辖区外）", moved(centre, north_km=-far))


def moved(spot: Spot, *, north_km: float = 0, east_km: float = 0) -> Spot:
    """Return a WGS-84 point so many kilometres away, exact enough within a district."""
    latitude, longitude = spot
    return latitude + north_km / KM_A_DEGREE, longitude + east_km / KM_A_DEGREE / cos(radians(latitude))


def _place(name: str, spot: Spot) -> SamplePlace:
    latitude, longitude = to_gcj02(*spot)
    return SamplePlace(name, round(latitude, 6), round(longitude, 6))
