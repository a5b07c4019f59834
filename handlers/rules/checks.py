"""What no single part of a zone can see: whether the parts fit together."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.rules.category import Category
from handlers.rules.part import mistake
from handlers.rules.places import District

DESK = "desk"
"""The owner code of the district desk."""
NONE = "none"
"""The category of what is none of the others."""


def check_ground(districts: Sequence[District], departments: frozenset[str]) -> None:
    """Raise a mistake unless some ground is ours and every owner and community has a code of its own."""
    if not any(district.ours for district in districts):
        raise mistake("districts", "one of them must be ours")
    if DESK in departments:
        raise mistake(f"departments.{DESK}", "is the code of the district desk")
    seen = {DESK, *departments}
    for key, code in _codes(districts):
        if code in seen:
            raise mistake(key, f"{code} is given twice")
        seen.add(code)


def _codes(districts: Sequence[District]) -> Iterator[tuple[str, str]]:
    for at, district in enumerate(districts):
        yield f"districts[{at}].code", district.code
        for number, office in enumerate(district.offices):
            path = f"districts[{at}].offices[{number}]"
            yield f"{path}.code", office.code
            yield from ((f"{path}.communities.{code}", code) for code in office.communities)


def check_categories(categories: Mapping[str, Category], departments: frozenset[str]) -> None:
    """Raise a mistake unless "anything else" is there and every regulator is a department or the desk."""
    if NONE not in categories:
        raise mistake(f"categories.{NONE}", "is missing: what is none of the others needs limits too")
    for code, category in categories.items():
        for role, department in category.departments:
            if department not in departments | {DESK}:
                raise mistake(
                    f"categories.{code}.departments.{role}", f"no department is called {department}"
                )
