"""Whether a report is there already, or one too many."""

import re
from datetime import datetime, timedelta

from handlers.residents.draft import Draft
from handlers.residents.incoming import Point
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.geo import distance_km, to_wgs84
from handlers.rules.lifecycle import OPEN
from handlers.rules.zone import NONE, Zone
from storage.models import Ticket
from storage.unit import Unit

COMPARED = 20
"""Tickets of a resident that a new report is compared with."""
_NOISE_IN_PLACE = re.compile(r"[\s，。,.、（）()“”\"'旁边附近对面楼下门口里的]+")


class Comparing:
    """Compares a report with what its resident filed before."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar) -> None:
        self._zone = zone
        self._calendar = calendar

    def enough(self, unit: Unit, resident_id: int, now: datetime) -> bool:
        """Whether the resident filed as many reports today as one may."""
        limit = self._zone.limits.reports_per_day
        latest = unit.tickets.of_resident(resident_id, limit)
        today = self._calendar.local_date(now)
        return len(latest) >= limit and self._calendar.local_date(latest[-1].created_at) == today

    def same(self, unit: Unit, resident_id: int, draft: Draft, key: str, now: datetime) -> Ticket | None:
        """Return the resident's own open ticket of the same category and place, as far as it is fresh."""
        if draft.category in {"", NONE}:
            return None  # nothing to compare by: two unknown matters are not the same one
        since = now - timedelta(days=self._zone.limits.duplicate_days)
        open_ones = unit.tickets.of_resident(resident_id, COMPARED, [status.value for status in OPEN])
        found = (
            ticket
            for ticket in open_ones
            if ticket.created_at >= since and draft.category in {ticket.category, *ticket.also}
            if (key and ticket.place_key == key) or self._near(ticket, draft.point)
        )
        return next(found, None)

    def _near(self, ticket: Ticket, point: Point | None) -> bool:
        if point is None or ticket.latitude is None or ticket.longitude is None:
            return False
        before = to_wgs84(ticket.latitude, ticket.longitude, ticket.datum)
        metres = 1000 * distance_km(before, to_wgs84(point.latitude, point.longitude, point.datum.value))
        return metres <= self._zone.limits.duplicate_metres


def place_key(draft: Draft) -> str:
    """Return the same key for the same place written in two ways, "" where no place was named."""
    return (draft.place_name or _NOISE_IN_PLACE.sub("", draft.place))[:120]
