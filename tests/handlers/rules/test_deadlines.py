from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import WorkingCalendar
from handlers.rules.category import Category
from handlers.rules.deadlines import Planned, ReminderKind, extended, ladder, promise, shifted
from handlers.rules.hours import CalendarSettings
from handlers.rules.lifecycle import FINAL, Status
from handlers.rules.tuning import ClockSettings
from handlers.rules.zone import DESK
from tests.handlers.rules.worlds import at, category

CALENDAR = WorkingCalendar(CalendarSettings())
CLOCK = ClockSettings()
TUESDAY = "2026-11-24 09:00"
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001
PAUSES = st.timedeltas(timedelta(), timedelta(days=40))


def matter(**limits: Any) -> Category:
    return Category.model_validate(category(limits=limits))


def reminders(status: Status, **facts: Any) -> dict[str, str]:
    known = {
        "created_at": at(TUESDAY),
        "sign_for_at": at("2026-11-24 11:00"),
        "due_at": at("2026-12-01 17:30"),
    }
    planned = ladder(status, clock=CLOCK, calendar=CALENDAR, **(known | facts))
    return {one.kind.value: CALENDAR.local(one.at).strftime("%m-%d %H:%M") for one in planned}


@pytest.mark.parametrize(
    ("urgency", "reopened", "sign_for", "due"),
    [
        (0, 0, "2026-11-24 11:00", "2026-12-01 17:30"),
        (1, 0, "2026-11-24 09:30", "2026-11-25 17:30"),
        (0, 1, "2026-11-24 11:00", "2026-11-27 17:30"),
        (2, 3, "2026-11-24 09:30", "2026-11-25 17:30"),
    ],
)
def test_a_promise_is_shorter_when_urgent_or_reopened(
    urgency: int, reopened: int, sign_for: str, due: str
) -> None:
    promised = promise(matter(), urgency, reopened, at(TUESDAY), CALENDAR)

    assert promised.sign_for_at == at(sign_for)
    assert promised.due_at == at(due)


def test_a_short_limit_is_never_lengthened_by_urgency() -> None:
    burning = matter(resolve_days=1, urgent_resolve_days=3, reopened_resolve_days=3)

    promised = promise(burning, 1, 1, at(TUESDAY), CALENDAR)

    assert promised.due_at == at("2026-11-25 17:30")


def test_an_extension_counts_working_days_from_the_old_limit() -> None:
    assert extended(at("2026-11-27 17:30"), 2, CALENDAR) == at("2026-12-01 17:30")


def test_an_office_is_reminded_at_each_rung() -> None:
    assert reminders(Status.DISPATCHED, owner="1001001") == {
        "sign_for": "11-24 11:00",
        "half": "11-27 08:45",
        "follow_up": "11-27 09:00",
        "eighty": "11-30 16:18",
        "overdue": "12-01 17:30",
        "escalate_desk": "12-02 17:30",
        "escalate_leader": "12-03 17:30",
    }


def test_what_is_signed_for_is_not_reminded_of_signing() -> None:
    assert "sign_for" not in reminders(Status.ACCEPTED)
    assert "overdue" in reminders(Status.IN_PROGRESS)


def test_the_desk_is_reminded_of_what_nobody_was_given() -> None:
    planned = reminders(Status.DISPATCHED, owner=DESK)

    assert planned["return_waiting"] == "11-24 11:00"
    assert "sign_for" not in planned
    assert "overdue" in planned


def test_a_returned_ticket_has_no_running_limit_but_the_leaders_hear_of_it() -> None:
    planned = reminders(Status.RETURNED, since=at("2026-11-25 17:00"))

    assert planned == {
        "return_waiting": "11-26 10:00",
        "escalate_leader": "11-27 17:30",
        "follow_up": "11-27 09:00",
    }


def test_a_parked_ticket_is_recalled_on_its_day() -> None:
    planned = reminders(Status.ON_HOLD, hold_until=at("2026-12-12 09:00"))

    assert planned == {
        "hold_over": "12-14 08:30",
        "escalate_leader": "12-15 17:30",
        "follow_up": "11-27 09:00",
    }
    assert "hold_over" not in reminders(Status.ON_HOLD)


def test_a_resident_is_asked_to_rate_twice_and_then_left_alone() -> None:
    planned = reminders(Status.RESOLVED, since=at("2026-11-27 16:00"))

    assert planned == {
        "ask_rating": "11-30 10:00",
        "ask_rating_again": "12-02 10:00",
        "close_unrated": "12-07 10:00",
    }


def test_who_has_rated_is_not_asked() -> None:
    assert reminders(Status.RESOLVED, rated=True) == {}


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_is_over_needs_no_reminder(status: Status) -> None:
    assert reminders(status) == {}


def test_silence_counts_from_the_last_word() -> None:
    planned = reminders(Status.ACCEPTED, heard_at=at("2026-11-26 20:00"))

    assert planned["follow_up"] == "11-30 08:30"


def test_a_ticket_without_a_limit_is_still_followed_up() -> None:
    assert reminders(Status.ACCEPTED, due_at=None) == {"follow_up": "11-27 09:00"}


@given(MOMENTS, st.integers(1, 15))
def test_the_rungs_follow_each_other(start: datetime, days: int) -> None:
    due = CALENDAR.add_days(start, days)

    planned = ladder(Status.ACCEPTED, start, None, due, CLOCK, CALENDAR)

    when = {one.kind: one.at for one in planned}
    rungs = [when[kind] for kind in (ReminderKind.HALF, ReminderKind.EIGHTY, ReminderKind.OVERDUE)]
    assert start <= rungs[0] < rungs[1] < rungs[2] == due
    assert due < when[ReminderKind.ESCALATE_DESK] < when[ReminderKind.ESCALATE_LEADER]
    assert list(planned) == sorted(planned, key=lambda one: one.at)
    assert Planned(ReminderKind.OVERDUE, due) in planned


@pytest.mark.parametrize(
    ("paused_from", "paused_until", "due"),
    [
        ("2026-11-24 09:00", "2026-11-24 09:00", "2026-12-01 17:30"),
        ("2026-11-24 09:00", "2026-11-24 11:00", "2026-12-02 10:30"),
        ("2026-11-28 09:00", "2026-11-29 09:00", "2026-12-01 17:30"),
        ("2026-12-01 17:00", "2026-12-21 17:30", "2026-12-22 09:00"),
        ("2026-12-02 09:00", "2026-12-09 09:00", "2026-12-01 17:30"),
    ],
)
def test_a_pause_keeps_the_working_time_that_was_left(paused_from: str, paused_until: str, due: str) -> None:
    assert shifted(at("2026-12-01 17:30"), at(paused_from), at(paused_until), CALENDAR) == at(due)


@given(MOMENTS, st.integers(1, 10), PAUSES, PAUSES)
def test_no_pause_shortens_a_limit_or_gives_time_away(
    start: datetime, days: int, before: timedelta, length: timedelta
) -> None:
    due, pause = CALENDAR.add_days(start, days), start + before

    later = shifted(due, pause, pause + length, CALENDAR)

    assert later >= due
    if pause < due:
        assert CALENDAR.working(pause + length, later) == CALENDAR.working(pause, due)
