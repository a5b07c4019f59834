"""Working time: which days are worked, which hours, and sums with both. Aware UTC in and out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

import holidays

from handlers.rules.hours import CalendarSettings, Span

SATURDAY = 5
"""date.weekday() of the first day of the weekend."""
HORIZON_DAYS = 4000
"""Where no working hour lies within so many days (over ten years), the sum ends in calendar time."""
ONE_DAY = timedelta(days=1)
NOTHING = timedelta()


class WorkingCalendar:
    """The zone's working calendar.

    Holidays and make-up workdays are the State Council's, from the `holidays` library. A year whose
    arrangement is not announced yet has its statutory holidays and no make-up workdays; a year the
    library knows nothing of has weekends only. The zone's own exceptions come before both.
    """

    def __init__(self, settings: CalendarSettings, timezone: str = "Asia/Shanghai") -> None:
        self._settings = settings
        self._zone = ZoneInfo(timezone)
        self._holidays = holidays.country_holidays("CN")
        # The library fills in a year when it is first asked for it, and would mix up two at once.
        self._filling = Lock()

    def local(self, at: datetime) -> datetime:
        """Return the moment in the zone's own time."""
        return at.astimezone(self._zone)

    def local_date(self, at: datetime) -> date:
        """Return the local date of a moment."""
        return self.local(at).date()

    def at(self, day: date, clock: time) -> datetime:
        """Return the moment at which the zone's clocks show ``clock`` on ``day``."""
        return datetime.combine(day, clock, self._zone).astimezone(UTC)

    def is_workday(self, day: date) -> bool:
        """Tell whether the offices are open on that local date."""
        if any(day in days for days in self._settings.extra_days_off):
            return False
        if any(day in days for days in self._settings.extra_workdays):
            return True
        with self._filling:
            return self._holidays.is_working_day(day) or self._is_worked_weekend(day)

    def _is_worked_weekend(self, day: date) -> bool:
        weekend = day.weekday() >= SATURDAY and day not in self._holidays
        return weekend and any(day in days for days in self._settings.weekends_worked)

    def _spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        if not self.is_workday(day):
            return ()
        return tuple((self.at(day, span.start), self.at(day, span.end)) for span in self._settings.opening)

    def _spans_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = self.local_date(at)
        for ahead in range(HORIZON_DAYS):
            for start, end in self._spans(first + ahead * ONE_DAY):
                if end > at:
                    yield max(start, at), end

    def is_open(self, at: datetime) -> bool:
        """Tell whether the offices are open at that moment."""
        return any(start <= at < end for start, end in self._spans(self.local_date(at)))

    def next_opening(self, at: datetime) -> datetime:
        """Return the first moment from ``at`` on at which the offices are open."""
        return next((start for start, _ in self._spans_from(at)), at)

    def add(self, start: datetime, working: timedelta) -> datetime:
        """Return the first moment by which ``working`` has been worked since ``start``.

        No time to work (zero or less) ends in the next opening hour, too, so that nothing falls due at night.
        """
        left = max(working, NOTHING)
        for begin, end in self._spans_from(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        return start + working

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """Return the moment ``hours`` working hours after ``start``."""
        return self.add(start, timedelta(hours=hours))

    def workday_after(self, day: date, days: int) -> date:
        """Return the ``days``-th working day after ``day``, which itself does not count."""
        for _ in range(HORIZON_DAYS):
            if days <= 0:
                break
            day += ONE_DAY
            days -= self.is_workday(day)
        return day

    def add_days(self, start: datetime, days: int) -> datetime:
        """Return the close of business on the ``days``-th working day after that of ``start``."""
        day = self.workday_after(self.local_date(start), days)
        return self.at(day, self._settings.opening[-1].end)

    def working(self, start: datetime, end: datetime) -> timedelta:
        """Return the time worked between two moments, negative where ``end`` lies before ``start``."""
        if end < start:
            return -self.working(end, start)
        days = (self.local_date(end) - self.local_date(start)).days
        first = self.local_date(start)
        spans = (span for ahead in range(days + 1) for span in self._spans(first + ahead * ONE_DAY))
        worked = (min(close, end) - max(begin, start) for begin, close in spans)
        return sum((piece for piece in worked if piece > NOTHING), NOTHING)

    def in_quiet_hours(self, at: datetime) -> bool:
        """Tell whether people should be left in peace at that moment."""
        return _within(self._settings.quiet, self.local(at).timetz().replace(tzinfo=None))

    def quiet_until(self, at: datetime) -> datetime | None:
        """Return when the quiet hours end in which ``at`` lies, None where it lies in none."""
        if not self.in_quiet_hours(at):
            return None
        here, end = self.local(at), self._settings.quiet.end
        day = here.date() if here.time() < end else here.date() + ONE_DAY
        return self.at(day, end)


def _within(span: Span, clock: time) -> bool:
    if span.start <= span.end:
        return span.start <= clock < span.end
    return clock >= span.start or clock < span.end
