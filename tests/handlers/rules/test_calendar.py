import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.hours import CalendarSettings
from tests.handlers.rules.worlds import at

CALENDAR = WorkingCalendar(CalendarSettings())
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WORK = st.timedeltas(timedelta(), timedelta(hours=60))


def calendar(**settings: Any) -> WorkingCalendar:
    return WorkingCalendar(CalendarSettings.model_validate(settings))


@pytest.mark.parametrize(
    ("day", "worked", "why"),
    [
        ("2026-11-24", True, "a Tuesday"),
        ("2026-11-28", False, "a Saturday"),
        ("2026-02-14", True, "a Saturday made up for the Spring Festival"),
        ("2026-02-20", False, "a Friday within the Spring Festival holiday"),
        ("2026-10-07", False, "a Wednesday bridged by a make-up day"),
        ("2026-10-10", True, "the Saturday that makes up for it"),
        ("2027-10-01", False, "National Day of a year not yet announced"),
        ("2027-03-02", True, "an ordinary Tuesday of that year"),
        ("2300-01-01", True, "a Monday of a year that no library knows"),
        ("2299-12-31", False, "a Sunday of such a year"),
    ],
)
def test_a_day_is_worked_as_the_state_council_says(day: str, worked: bool, why: str) -> None:
    assert CALENDAR.is_workday(date.fromisoformat(day)) is worked, why


def test_a_zone_that_cancelled_weekends_still_has_its_holidays() -> None:
    busy = calendar(weekends_worked=[{"first": "2019-05-01", "last": "2019-06-30"}])

    assert busy.is_workday(date(2019, 5, 25))  # a Saturday
    assert not busy.is_workday(date(2019, 5, 1))  # Labour Day
    assert not busy.is_workday(date(2019, 6, 7))  # Dragon Boat Festival, a Friday
    assert not busy.is_workday(date(2019, 7, 6))  # a Saturday after the campaign


def test_an_extra_workday_beats_a_holiday_and_an_extra_day_off_beats_both() -> None:
    exceptional = calendar(
        extra_workdays=["2026-10-01", "2026-10-02"],
        extra_days_off=["2026-10-02", "2026-11-24"],
    )

    assert exceptional.is_workday(date(2026, 10, 1))
    assert not exceptional.is_workday(date(2026, 10, 2))
    assert not exceptional.is_workday(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-24 09:00", 2, "2026-11-24 11:00"),
        ("2026-11-24 11:30", 1, "2026-11-24 15:00"),
        ("2026-11-24 11:30", 0.5, "2026-11-24 12:00"),
        ("2026-11-24 12:30", 2, "2026-11-24 16:30"),
        ("2026-11-24 17:00", 2, "2026-11-25 10:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),
        ("2026-11-24 23:00", 0, "2026-11-25 08:30"),
        ("2026-02-13 17:00", 1, "2026-02-14 09:00"),
    ],
)
def test_working_hours_skip_lunch_night_and_weekend(start: str, hours: float, due: str) -> None:
    assert CALENDAR.add_hours(at(start), hours) == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-24 09:00", 5, "2026-12-01 17:30"),
        ("2026-11-24 23:59", 5, "2026-12-01 17:30"),
        ("2026-11-28 10:00", 1, "2026-11-30 17:30"),
        ("2026-11-24 09:00", 0, "2026-11-24 17:30"),
        ("2026-02-13 09:00", 2, "2026-02-24 17:30"),
    ],
)
def test_working_days_end_with_the_last_opening_hour(start: str, days: int, due: str) -> None:
    assert CALENDAR.add_days(at(start), days) == at(due)


def test_working_time_between_two_moments_leaves_out_lunch() -> None:
    assert CALENDAR.working(at("2026-11-24 11:00"), at("2026-11-24 15:30")) == timedelta(hours=2)


def test_working_time_backwards_is_negative() -> None:
    assert CALENDAR.working(at("2026-11-24 15:30"), at("2026-11-24 11:00")) == timedelta(hours=-2)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24 09:00", "2026-11-24 09:00"),
        ("2026-11-24 12:00", "2026-11-24 14:30"),
        ("2026-11-27 18:00", "2026-11-30 08:30"),
    ],
)
def test_the_next_opening_is_now_or_the_next_span(moment: str, opening: str) -> None:
    assert CALENDAR.next_opening(at(moment)) == at(opening)


def test_the_offices_are_open_in_their_hours_only() -> None:
    assert CALENDAR.is_open(at("2026-11-24 08:30"))
    assert not CALENDAR.is_open(at("2026-11-24 12:00"))
    assert not CALENDAR.is_open(at("2026-11-28 09:00"))


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-24 21:29", None),
        ("2026-11-24 21:30", "2026-11-25 08:00"),
        ("2026-11-25 00:10", "2026-11-25 08:00"),
        ("2026-11-25 08:00", None),
    ],
)
def test_quiet_hours_pass_midnight(moment: str, until: str | None) -> None:
    expected = at(until) if until else None

    assert CALENDAR.quiet_until(at(moment)) == expected
    assert CALENDAR.in_quiet_hours(at(moment)) is (until is not None)


def test_quiet_hours_may_lie_within_one_day() -> None:
    siesta = calendar(quiet={"start": "12:00", "end": "14:30"})

    assert siesta.quiet_until(at("2026-11-24 13:00")) == at("2026-11-24 14:30")
    assert not siesta.in_quiet_hours(at("2026-11-24 23:00"))


def test_a_clock_time_of_a_local_day_comes_out_in_utc() -> None:
    moment = CALENDAR.at(date(2026, 11, 24), time(8, 30))

    assert moment == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert CALENDAR.local_date(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == date(2026, 11, 25)


def test_a_zone_that_never_works_does_not_stop_the_clock() -> None:
    asleep = calendar(extra_days_off=[{"first": "2020-01-01", "last": "2099-12-31"}])
    now = at("2026-11-24 09:00")

    assert asleep.add_hours(now, 2) == now + timedelta(hours=2)
    assert asleep.next_opening(now) == now
    assert asleep.add_days(now, 1) > now


@given(MOMENTS, MOMENTS, WORK)
def test_a_later_start_is_never_due_earlier(one: datetime, other: datetime, work: timedelta) -> None:
    early, late = sorted((one, other))

    assert CALENDAR.add(early, work) <= CALENDAR.add(late, work)
    assert CALENDAR.add_days(early, 3) <= CALENDAR.add_days(late, 3)


@given(MOMENTS, WORK, WORK)
def test_two_stretches_of_work_end_where_their_sum_does(
    start: datetime, one: timedelta, two: timedelta
) -> None:
    assert CALENDAR.add(CALENDAR.add(start, one), two) in (
        CALENDAR.add(start, one + two),
        CALENDAR.next_opening(CALENDAR.add(start, one + two)),
    )


@given(MOMENTS, WORK)
def test_what_was_added_has_been_worked(start: datetime, work: timedelta) -> None:
    due = CALENDAR.add(start, work)

    assert CALENDAR.working(start, due) == work
    assert due >= start


@given(MOMENTS, WORK)
def test_everything_falls_due_in_opening_hours(start: datetime, work: timedelta) -> None:
    local = CALENDAR.local(CALENDAR.add(start, work))

    assert CALENDAR.is_workday(local.date())
    clock = local.timetz().replace(tzinfo=None)
    assert time(8, 30) <= clock <= time(12) or time(14, 30) <= clock <= time(17, 30)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted((one, two, three))
    b, c = min(b, a + timedelta(days=60)), min(c, a + timedelta(days=90))

    assert CALENDAR.working(a, b) + CALENDAR.working(b, c) == CALENDAR.working(a, c)
    assert CALENDAR.working(b, a) == -CALENDAR.working(a, b)


@pytest.fixture
def restless_threads() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless_threads")
def test_many_threads_at_once_are_told_the_same_of_a_year_nobody_asked_for_yet() -> None:
    holidays = [date(year, 10, 1) for year in range(2020, 2028)]

    with ThreadPoolExecutor(len(holidays)) as threads:
        for _ in range(10):
            fresh, together = calendar(), Barrier(len(holidays))
            asked = [threads.submit(_asked_together, together, fresh, day) for day in holidays]

            assert [one.result() for one in asked] == [[False] * len(holidays)] * len(holidays)


def _asked_together(together: Barrier, fresh: WorkingCalendar, first: date) -> list[bool]:
    together.wait()
    return [fresh.is_workday(first.replace(year=2020 + (first.year + ahead) % 8)) for ahead in range(8)]
