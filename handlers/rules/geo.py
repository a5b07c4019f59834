"""Points and polygons: from WeChat's GCJ-02 to WGS-84, distances, and whose ground a point lies on."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt
from typing import TYPE_CHECKING

from handlers.rules.places import Office, Spot
from handlers.rules.zone import Zone

if TYPE_CHECKING:
    from shapely import Polygon

GCJ02 = "gcj02"
WGS84 = "wgs84"
AXIS_M = 6378245.0
"""Semi-major axis of the Krasovsky 1940 ellipsoid in metres, which the GCJ-02 formula uses."""
ECCENTRICITY_2 = 0.00669342162296594323
"""Its first eccentricity squared."""
SOUTH_WEST, NORTH_EAST = (0.8293, 72.004), (55.8271, 137.8347)
"""The box in which GCJ-02 differs from WGS-84, as (latitude, longitude)."""
EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
ROUNDS = 5
"""Each round of the inversion leaves a thousandth of the error; five leave less than a nanometre."""


def _wave(x: float, wavelength: float) -> float:
    return sin(x / wavelength * pi)


def _ripples(x: float) -> float:
    return 20 * _wave(x, 1 / 6) + 20 * _wave(x, 1 / 2)


def _shift(latitude: float, longitude: float) -> Spot:
    """Return by how many degrees GCJ-02 moves a WGS-84 point (the publicly known formula)."""
    x, y = longitude - 105, latitude - 35
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (
        (_ripples(x) + 20 * _wave(y, 1) + 40 * _wave(y, 3) + 160 * _wave(y, 12) + 320 * _wave(y, 30)) * 2 / 3
    )
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (
        (_ripples(x) + 20 * _wave(x, 1) + 40 * _wave(x, 3) + 150 * _wave(x, 12) + 300 * _wave(x, 30)) * 2 / 3
    )
    slope = 1 - ECCENTRICITY_2 * sin(radians(latitude)) ** 2
    metres_north = radians(AXIS_M * (1 - ECCENTRICITY_2) / slope**1.5)
    metres_east = radians(AXIS_M / sqrt(slope) * cos(radians(latitude)))
    return north / metres_north, east / metres_east


def in_china(latitude: float, longitude: float) -> bool:
    """Tell whether a point lies in the box that the GCJ-02 formula is made for."""
    (south, west), (north, east) = SOUTH_WEST, NORTH_EAST
    return south <= latitude <= north and west <= longitude <= east


def to_gcj02(latitude: float, longitude: float) -> Spot:
    """Return a WGS-84 point in GCJ-02."""
    if not in_china(latitude, longitude):
        return latitude, longitude
    north, east = _shift(latitude, longitude)
    return latitude + north, longitude + east


def to_wgs84(latitude: float, longitude: float, datum: str = GCJ02) -> Spot:
    """Return a point of the given datum in WGS-84, to well under a millimetre."""
    if datum == WGS84 or not in_china(latitude, longitude):
        return latitude, longitude
    guess = latitude, longitude
    for _ in range(ROUNDS):
        north, east = _shift(*guess)
        guess = latitude - north, longitude - east
    return guess


def distance_km(one: Spot, other: Spot) -> float:
    """Return the great-circle distance of two points of one datum in kilometres."""
    (lat1, lon1), (lat2, lon2) = one, other
    half_north, half_east = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    chord = sin(half_north) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


class Map:
    """The polygons and centres of all configured offices, built once and in WGS-84."""

    def __init__(self, zone: Zone) -> None:
        self._areas = [(office.code, _area(office)) for office in zone.offices if office.polygon]
        self._centres = [
            (office.code, community, to_wgs84(*centre, office.datum))
            for office in zone.offices
            for community, centre in _centres(office)
        ]

    def office_at(self, spot: Spot) -> str:
        """Return the code of the office in whose polygon a WGS-84 point lies, "" where in none."""
        return next((code for code, area in self._areas if _covers(area, spot)), "")

    def nearest(self, spot: Spot, within_km: float) -> tuple[str, str, float] | None:
        """Return (office, community or "", kilometres) of the nearest centre, None where none is near."""
        near = ((distance_km(spot, centre), office, community) for office, community, centre in self._centres)
        found = min(near, default=None)
        if found is None or found[0] > within_km:
            return None
        return found[1], found[2], found[0]


def _covers(area: Polygon, spot: Spot) -> bool:
    from shapely import Point

    latitude, longitude = spot
    return bool(area.covers(Point(longitude, latitude)))


def _area(office: Office) -> Polygon:
    # Only a zone that draws its borders pays for loading the geometry.
    from shapely import Polygon, prepare

    corners = (to_wgs84(*corner, office.datum) for corner in office.polygon or ())
    area = Polygon([(longitude, latitude) for latitude, longitude in corners])
    prepare(area)
    return area


def _centres(office: Office) -> list[tuple[str, Spot]]:
    own = [("", office.centre)] if office.centre else []
    return own + [
        (code, community.centre) for code, community in office.communities.items() if community.centre
    ]
