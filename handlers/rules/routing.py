"""Who answers for a report: from a place in the text, a point on the map, or the desk."""

from dataclasses import dataclass

from handlers.rules.geo import Map, to_wgs84
from handlers.rules.zone import DESK, NONE, District, Zone


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes and why.

    ``owner`` is the code of a street office of ours, or DESK; ``office`` and ``community`` are what is
    known of the place, "" where nothing; ``departments`` are the codes of the industry's and the
    comprehensive regulator; ``outside`` is the neighbouring district that answers instead; ``how`` is
    "place", "point", "nearest" or "none"; ``reason`` is a Chinese sentence for officers.
    """

    owner: str
    office: str
    community: str
    departments: tuple[str, str]
    outside: District | None
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Place:
    office: str
    community: str
    district: str
    how: str
    reason: str


def route(
    zone: Zone,
    *,
    office: str = "",
    community: str = "",
    district: str = "",
    point: tuple[float, float, str] | None = None,
    category: str = NONE,
    ground: Map | None = None,
) -> Route:
    """Return who answers for a report.

    ``office``, ``community`` and ``district`` are codes found in the text, ``point`` is (latitude,
    longitude, datum). The text comes first, then the polygon, then the nearest configured centre, else
    the desk. Hand in ``ground`` where many are routed; without it the map is built for this one.
    """
    place = _from_text(zone, office, community, district)
    if place is None and point is not None:
        place = _from_point(zone, ground or Map(zone), point)
    return _route(zone, place or _Place("", "", "", "none", "地点不明，由调度台确认归属"), category)


def _from_text(zone: Zone, office: str, community: str, district: str) -> _Place | None:
    home = zone.office_of_community(community)
    if home is not None:
        reason = f"{zone.community_name(community)}属{home.name}"
        return _Place(home.code, community, zone.district_of(home.code).code, "place", reason)
    if zone.knows_office(office):
        return _Place(office, "", zone.district_of(office).code, "place", f"地点属{zone.owner_name(office)}")
    found = zone.district(district)
    return _from_district(found) if found else None


def _from_district(district: District) -> _Place | None:
    if not district.ours:
        return _Place("", "", district.code, "place", f"地点在{district.name}")
    if len(district.offices) > 1:
        return None  # the district alone does not say which office; a point may
    only = district.offices[0]
    return _Place(only.code, "", district.code, "place", f"{district.name}由{only.name}负责")


def _from_point(zone: Zone, ground: Map, point: tuple[float, float, str]) -> _Place | None:
    spot = to_wgs84(*point)
    inside = ground.office_at(spot)
    if inside:
        reason = f"定位在{zone.owner_name(inside)}辖区内"
        return _Place(inside, "", zone.district_of(inside).code, "point", reason)
    near = ground.nearest(spot, zone.limits.nearest_km)
    if near is None:
        return None
    office, community, kilometres = near
    name = zone.community_name(community) if community else zone.owner_name(office)
    reason = f"定位距{name}中心约{kilometres:.1f}公里"
    return _Place(office, community, zone.district_of(office).code, "nearest", reason)


def _route(zone: Zone, place: _Place, category: str) -> Route:
    regulators = zone.category(category).departments
    district = zone.district(place.district)
    return Route(
        owner=place.office if zone.is_ours(place.office) else DESK,
        office=place.office,
        community=place.community,
        departments=(regulators.industry, regulators.comprehensive),
        outside=district if district is not None and not district.ours else None,
        how=place.how,
        reason=place.reason,
    )
