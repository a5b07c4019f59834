"""The estates' posters: a QR code's scene leads to the place where it hangs."""

from collections.abc import Iterator, Mapping

from handlers.residents.known import Scene
from handlers.rules.places import Office
from handlers.rules.zone import Zone


def posters(zone: Zone) -> Mapping[str, Scene]:
    """Return where each poster hangs by its scene: ``e:`` and a community's code or a place's name."""
    return {key: scene for office in zone.own_offices for key, scene in _of_office(office)}


def _of_office(office: Office) -> Iterator[tuple[str, Scene]]:
    for code, community in office.communities.items():
        yield f"e:{code}", Scene(community.name, office.code, code)
        for estate in community.estates:
            yield f"e:{estate}", Scene(estate, office.code, code)
    for place in office.places:
        yield f"e:{place.name}", Scene(place.name, office.code, place.community)
