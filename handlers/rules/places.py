"""Who answers for which ground: districts, their street offices, communities and named places."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handlers.rules.part import Code, Latitude, Longitude, MaybeCode, Name, Part, TextKeys, mistake

Spot = tuple[Latitude, Longitude]
"""A point as (latitude, longitude) in degrees."""
CORNERS = 3
"""A polygon has at least this many corners."""


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Community(Part):
    """A community or village (社区/村) of a street office; ``estates`` are the housing estates in it."""

    name: Name
    aliases: tuple[Name, ...] = ()
    estates: tuple[Name, ...] = ()
    centre: Spot | None = None


class NamedPlace(Part):
    """An estate, market, park, river, road ... of an office; ``community`` is its code where confirmed."""

    name: Name
    kind: Literal["estate", "market", "park", "river", "road", "village", "school", "site", "other"] = "other"
    aliases: tuple[Name, ...] = ()
    community: MaybeCode = ""


class Office(Part):
    """A street office (街道办事处) and the ground it answers for.

    ``robot`` is the name of its WeCom group robot; the robot's key is a secret of the environment
    (``BOT_WECOM__ROBOTS``). Points are in ``datum``, WGS-84 unless said otherwise.
    """

    code: Code
    name: Name
    robot: str = ""
    phone: str = ""
    aliases: tuple[Name, ...] = ()
    centre: Spot | None = None
    polygon: tuple[Spot, ...] | None = None
    datum: Literal["wgs84", "gcj02"] = "wgs84"
    communities: Annotated[dict[Code, Annotated[Community, BeforeValidator(_named)]], TextKeys] = Field(
        default_factory=dict
    )
    places: tuple[NamedPlace, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Office":
        if not self.communities:
            raise mistake("communities", f"{self.name} needs at least one community")
        if self.polygon is not None and len(self.polygon) < CORNERS:
            raise mistake("polygon", f"needs at least {CORNERS} corners")
        for at, place in enumerate(self.places):
            if place.community and place.community not in self.communities:
                raise mistake(f"places[{at}].community", f"{self.name} has no community {place.community}")
        return self


class District(Part):
    """A district or development zone; ``answers`` is whom a resident of a neighbouring one turns to."""

    code: Code
    name: Name
    ours: bool = False
    aliases: tuple[Name, ...] = ()
    answers: str = ""
    phone: str = ""
    offices: tuple[Office, ...]

    @model_validator(mode="after")
    def _complete(self) -> "District":
        if not self.offices:
            raise mistake("offices", f"{self.name} needs at least one street office")
        if not self.ours and not self.answers:
            raise mistake("answers", f"say whom a resident of {self.name} turns to")
        return self
