"""When the zone works and when it sleeps, as the configuration says it."""

from datetime import date, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, model_validator

from handlers.rules.part import Part, mistake

MINUTES_A_DAY = 24 * 60
"""YAML 1.1 reads an unquoted 14:30 as 870, the minutes since midnight; it is taken as meant."""


def _clock_time(value: Any) -> Any:
    if isinstance(value, str | time):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MINUTES_A_DAY:
        return time(value // 60, value % 60)
    raise ValueError('write a time like "08:30"')


def _day_range(value: Any) -> Any:
    return {"first": value, "last": value} if isinstance(value, str | date) else value


def _known_timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {value!r}") from error
    return value


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
"""A local time of day."""
TimezoneName = Annotated[str, AfterValidator(_known_timezone)]
"""A name of the tz database."""


class Span(Part):
    """A stretch of a local day from ``start`` up to ``end``; past midnight where ``end`` is earlier."""

    start: ClockTime
    end: ClockTime


class DayRange(Part):
    """Days from ``first`` to ``last``, both included; a single date in the file stands for itself."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "DayRange":
        if self.last < self.first:
            raise mistake("last", "lies before first")
        return self

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


Days = tuple[Annotated[DayRange, BeforeValidator(_day_range)], ...]
"""Dates and ranges of dates."""


class CalendarSettings(Part):
    """Working time: opening hours on a working day, the zone's own exceptions, and the quiet night.

    ``weekends_worked``: ranges in which Saturdays and Sundays are worked and public holidays still are
    not; ``extra_workdays`` makes a day a working day whatever it is, ``extra_days_off`` wins over all.
    """

    opening: tuple[Span, ...] = (
        Span(start=time(8, 30), end=time(12)),
        Span(start=time(14, 30), end=time(17, 30)),
    )
    extra_workdays: Days = ()
    weekends_worked: Days = ()
    extra_days_off: Days = ()
    quiet: Span = Span(start=time(21, 30), end=time(8))

    @model_validator(mode="after")
    def _in_order(self) -> "CalendarSettings":
        if not self.opening:
            raise mistake("opening", "needs at least one span")
        times = [moment for span in self.opening for moment in (span.start, span.end)]
        if times != sorted(set(times)):
            raise mistake("opening", "spans must follow each other within one day")
        return self
