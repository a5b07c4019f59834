"""The names that the configuration knows, as entries of the analyser's gazetteer."""

from collections.abc import Iterator

from handlers.rules.places import Community, District, Office
from handlers.rules.zone import Zone
from nlp import Entry


def entries(zone: Zone) -> Iterator[Entry]:
    """Yield every district, office, community, estate and named place of a zone and its neighbours."""
    for district in zone.districts:
        yield Entry(district.name, "district", district=district.code, aliases=district.aliases)
        for office in district.offices:
            yield from _office(district, office)


def _office(district: District, office: Office) -> Iterator[Entry]:
    yield Entry(office.name, "street", office.code, "", district.code, office.aliases)
    for code, community in office.communities.items():
        yield from _community(district, office, code, community)
    for place in office.places:
        yield Entry(place.name, place.kind, office.code, place.community, district.code, place.aliases)


def _community(district: District, office: Office, code: str, community: Community) -> Iterator[Entry]:
    kind = "village" if community.name.endswith("村") else "community"
    yield Entry(community.name, kind, office.code, code, district.code, community.aliases)
    for estate in community.estates:
        yield Entry(estate, "estate", office.code, code, district.code)
