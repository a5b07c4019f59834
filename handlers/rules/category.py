"""What kinds of matter there are: names, examples, regulators, limits, outcomes and law."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from handlers.rules.part import Code, Name, Part, mistake

Days = Annotated[int, Field(ge=1, le=60)]
"""Working days; 60 days is the legal ceiling (信访工作条例 §34)."""
Hours = Annotated[float, Field(gt=0, le=80)]
"""Working hours."""


class CategoryDepartments(Part):
    """The two regulators of a matter (双监管): of its industry, and the comprehensive one."""

    industry: Code
    comprehensive: Code

    @property
    def codes(self) -> tuple[str, ...]:
        """The regulators' codes, each once."""
        return tuple(dict.fromkeys((self.industry, self.comprehensive)))


class CategoryLimits(Part):
    """How long an office has: to sign for a ticket in working hours, to resolve it in working days."""

    sign_for_hours: Hours = 2
    resolve_days: Days = 5
    urgent_sign_for_hours: Hours = 0.5
    urgent_resolve_days: Days = 1
    reopened_resolve_days: Days = 3


class Outcome(Part):
    """A way a matter may end; ``unit`` counts it where a number is wanted (台, 元 ...)."""

    code: Code
    label: Name
    unit: str = ""


class LegalBasis(Part):
    """An article of a law and the days on which it was or is in force, both included."""

    law: Name
    article: Name
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "LegalBasis":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise mistake("valid_to", "lies before valid_from")
        return self


class Category(Part):
    """A kind of matter. The examples complete the sentences in which the chat asks what and where."""

    name: Name
    what_example: str
    where_example: str
    departments: CategoryDepartments
    limits: CategoryLimits = CategoryLimits()
    outcomes: tuple[Outcome, ...]
    legal: tuple[LegalBasis, ...] = ()
    after_photo: bool = False
    look_back_days: Annotated[int, Field(ge=1, le=365)] = 30
    checklist: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Category":
        codes = [outcome.code for outcome in self.outcomes]
        if not codes:
            raise mistake("outcomes", f"{self.name} needs at least one outcome")
        for at, code in enumerate(codes):
            if code in codes[:at]:
                raise mistake(f"outcomes[{at}].code", f"{code} is given twice")
        return self

    def outcome(self, code: str) -> Outcome | None:
        """Return the outcome with that code, None where this category has none such."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)
