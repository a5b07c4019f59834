"""What a zone is: its desk, its ground, its departments, its categories and its numbers."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from handlers.rules.category import Category, CategoryDepartments, CategoryLimits, LegalBasis, Outcome
from handlers.rules.checks import DESK, NONE, check_categories, check_ground
from handlers.rules.hours import CalendarSettings, DayRange, Span, TimezoneName
from handlers.rules.part import Code, Name, Part, TextKeys
from handlers.rules.places import Community, District, NamedPlace, Office
from handlers.rules.tuning import (
    ClockSettings,
    DialogueSettings,
    Hotline,
    Hotlines,
    Limits,
    RetentionSettings,
)

__all__ = [
    "DESK",
    "NONE",
    "CalendarSettings",
    "Category",
    "CategoryDepartments",
    "CategoryLimits",
    "ClockSettings",
    "Community",
    "DayRange",
    "Department",
    "Desk",
    "DialogueSettings",
    "District",
    "Hotline",
    "Hotlines",
    "LegalBasis",
    "Limits",
    "NamedPlace",
    "Office",
    "Outcome",
    "RetentionSettings",
    "Span",
    "Zone",
]


class Desk(Part):
    """The district desk (区级调度): holds what the rules could not assign, supervises the rest."""

    name: Name
    phone: str = ""
    robot: str = ""


class Department(Part):
    """A department (部门) that regulates some matters and helps the offices with them."""

    name: Name
    robot: str = ""
    phone: str = ""


class Zone(Part):
    """One deployment's world, read from the configuration and never changed while running."""

    name: Name
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,4}$")] = "GX"
    timezone: TimezoneName = "Asia/Shanghai"
    desk: Desk
    districts: tuple[District, ...]
    departments: dict[Code, Department]
    categories: Annotated[dict[Code, Category], TextKeys]
    calendar: CalendarSettings = CalendarSettings()
    limits: Limits = Limits()
    dialogue: DialogueSettings = DialogueSettings()
    clock: ClockSettings = ClockSettings()
    retention: RetentionSettings = RetentionSettings()
    hotlines: Hotlines = Hotlines()

    @model_validator(mode="after")
    def _consistent(self) -> "Zone":
        departments = frozenset(self.departments)
        check_ground(self.districts, departments)
        check_categories(self.categories, departments)
        return self

    @cached_property
    def _offices(self) -> dict[str, tuple[District, Office]]:
        return {office.code: (district, office) for district in self.districts for office in district.offices}

    @cached_property
    def _communities(self) -> dict[str, Office]:
        return {code: office for _, office in self._offices.values() for code in office.communities}

    @property
    def offices(self) -> tuple[Office, ...]:
        """All street offices known, the neighbours' too."""
        return tuple(office for _, office in self._offices.values())

    @property
    def own_offices(self) -> tuple[Office, ...]:
        """The street offices of the districts that are ours."""
        return tuple(office for district, office in self._offices.values() if district.ours)

    def knows_office(self, code: str) -> bool:
        """Tell whether a code is that of a configured street office, ours or a neighbour's."""
        return code in self._offices

    def office(self, code: str) -> Office:
        """Return the street office with that code; KeyError where there is none."""
        return self._offices[code][1]

    def district_of(self, office_code: str) -> District:
        """Return the district of a street office; KeyError where there is no such office."""
        return self._offices[office_code][0]

    def district(self, code: str) -> District | None:
        """Return the district with that code, None where there is none."""
        return next((district for district in self.districts if district.code == code), None)

    def office_of_community(self, code: str) -> Office | None:
        """Return the street office that a community belongs to, None where it is not known."""
        return self._communities.get(code)

    def community_name(self, code: str) -> str:
        """Return a community's name, or the code itself where the configuration no longer has it."""
        office = self._communities.get(code)
        return office.communities[code].name if office else code

    def is_ours(self, office_code: str) -> bool:
        """Tell whether a code is that of a street office in a district of ours."""
        found = self._offices.get(office_code)
        return found is not None and found[0].ours

    def category(self, code: str) -> Category:
        """Return a category, that of "anything else" where the code is not known (any more)."""
        return self.categories.get(code, self.categories[NONE])

    def category_name(self, code: str) -> str:
        """Return a category's Chinese name, or the code itself where the configuration has none such."""
        category = self.categories.get(code)
        return category.name if category else code

    def owner_name(self, code: str) -> str:
        """Return the name of an office, a department or the desk, or the code where it is not known."""
        if code == DESK:
            return self.desk.name
        if code in self._offices:
            return self._offices[code][1].name
        return self.departments[code].name if code in self.departments else code

    def is_owner(self, code: str) -> bool:
        """Tell whether a ticket may be given to that code: the desk, an office of ours, a department."""
        return code == DESK or code in self.departments or self.is_ours(code)

    def robot(self, code: str) -> str:
        """Return the name of the owner's group robot, "" where it has none."""
        if code == DESK:
            return self.desk.robot
        if code in self._offices:
            return self._offices[code][1].robot
        return self.departments[code].robot if code in self.departments else ""
