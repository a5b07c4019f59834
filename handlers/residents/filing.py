"""From a draft to a ticket with an owner, a promise and somebody who is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.cases import RESIDENT, SYSTEM, Casebook, Move
from handlers.discretion import discreet
from handlers.residents.comparing import Comparing, place_key
from handlers.residents.draft import Draft, brief_report
from handlers.residents.incoming import Point
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.deadlines import URGENT
from handlers.rules.geo import Map
from handlers.rules.lifecycle import Action, Status
from handlers.rules.routing import Route, route
from handlers.rules.zone import DESK, NONE, Zone
from handlers.telling import Teller
from handlers.texts import dialogue as texts
from handlers.texts import offices as office_texts
from handlers.texts.moments import brief, day_and_time
from storage.models import Resident, Ticket
from storage.unit import Unit

SUMMARY_CHARACTERS = 60
PLACE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Filed:
    """A ticket, and whether it was there before."""

    ticket: Ticket
    again: bool


class Filing:
    """Routes, files and tells."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar, book: Casebook, teller: Teller) -> None:
        self._zone = zone
        self._calendar = calendar
        self._book = book
        self._teller = teller
        self._ground = Map(zone)
        self._compare = Comparing(zone, calendar)
        self._timezone = ZoneInfo(zone.timezone)

    def file(
        self, unit: Unit, resident: Resident, draft: Draft, now: datetime, *, limited: bool
    ) -> Filed | None:
        """File a draft, or find the resident's own open ticket of the same category and place.

        None where it is ``limited`` and the resident filed as many today as one may; what is urgent is
        filed all the same.
        """
        assert resident.id is not None
        key = place_key(draft)
        same = self._compare.same(unit, resident.id, draft, key, now)
        if same is not None:
            return Filed(same, again=True)
        if limited and draft.urgency < URGENT and self._compare.enough(unit, resident.id, now):
            return None
        way = self.route(draft.office, draft.community, draft.district, draft.point, draft.category)
        ticket = self._ticket(unit, resident, draft, key, way, now)
        self._book.open(unit, ticket, RESIDENT, now, reason=way.reason)
        self.tell_owner(unit, ticket, now, fact="new")
        if draft.human and ticket.owner != DESK:
            line = office_texts.wants_person(ticket.number)
            self._teller.desk(unit, ticket, "human", line, now, fact="human:new")
        return Filed(ticket, again=False)

    def route(self, office: str, community: str, district: str, point: Point | None, category: str) -> Route:
        """Return who answers for a matter at a place; the desk where it is not clear what the matter is."""
        spot = (point.latitude, point.longitude, point.datum.value) if point else None
        way = route(
            self._zone,
            office=office,
            community=community,
            district=district,
            point=spot,
            category=category,
            ground=self._ground,
        )
        if category != NONE or way.owner == DESK:
            return way
        return replace(way, owner=DESK, reason=f"类别不明，由调度台判断（{way.reason}）")

    def tell_owner(self, unit: Unit, ticket: Ticket, now: datetime, *, fact: str) -> None:
        """Tell the owner of a ticket that is new to them."""
        line = office_texts.new_ticket(
            ticket.number,
            self._zone.category_name(ticket.category),
            discreet(ticket.place) or "地点待核实",
            self.due(ticket),
            brief(discreet(ticket.text), SUMMARY_CHARACTERS),
        )
        self._teller.owner(unit, ticket, "new_ticket", line, now, fact=f"{fact}:{ticket.version}")

    def hand_to(self, unit: Unit, ticket: Ticket, way: Route, now: datetime) -> str:
        """Give a ticket that nobody signed for to the office of its place, and return what to say."""
        ticket.owner, ticket.office, ticket.community = way.owner, way.office, way.community
        ticket.industry, ticket.comprehensive = way.departments
        self._book.move(unit, ticket, Move(Action.REASSIGN, SYSTEM, internal=way.reason), now)
        self.tell_owner(unit, ticket, now, fact="placed")
        return texts.rerouted(ticket.number, self._zone.owner_name(ticket.owner))

    def receipt(self, ticket: Ticket, *, complete: bool) -> str:
        """Return what the resident is told of a ticket just filed."""
        words = _receipt(ticket)(
            ticket.number,
            self._matter(ticket),
            self._zone.owner_name(ticket.owner),
            self.due(ticket),
        )
        return words if complete else texts.incomplete(words)

    def full(self) -> str:
        """Return what the resident is told who has filed enough for a day."""
        return texts.enough_today(self._zone.limits.reports_per_day, self._zone.hotlines.government.number)

    def due(self, ticket: Ticket) -> str:
        """Return the promised time as people read it, "" where none runs."""
        return day_and_time(ticket.due_at, self._timezone) if ticket.due_at else ""

    def _matter(self, ticket: Ticket) -> str:
        name = self._zone.category_name(ticket.category)
        place = ticket.place.partition("（")[0]
        return f"{name}（{brief(place, PLACE_SHOWN)}）" if place else name

    def _ticket(
        self, unit: Unit, resident: Resident, draft: Draft, key: str, way: Route, now: datetime
    ) -> Ticket:
        point = draft.point
        return Ticket(
            number=self._number(unit, now),
            status=Status.DISPATCHED,
            category=draft.category or NONE,
            also=list(draft.also),
            owner=way.owner,
            office=way.office,
            community=way.community,
            district=draft.district,
            place=draft.place,
            place_key=key,
            text=brief_report(draft.text, self._zone.limits.text_characters),
            latitude=point.latitude if point else None,
            longitude=point.longitude if point else None,
            datum=point.datum.value if point else "",
            resident_id=resident.id,
            urgency=draft.urgency,
            flags=list(draft.flags),
            accused=draft.accused,
            why=[list(piece) for piece in draft.why],
            confidence=draft.confidence,
            lexicon_version=draft.lexicon,
            first_category=draft.category or NONE,
            industry=way.departments[0],
            comprehensive=way.departments[1],
            created_at=now,
            moved_at=now,
            limit_from=now,
            told_at=now,
        )

    def _number(self, unit: Unit, now: datetime) -> str:
        series = f"{self._zone.prefix}{self._calendar.local_date(now):%Y%m%d}"
        return f"{series}-{unit.tickets.next_serial(series):04d}"


def _receipt(ticket: Ticket) -> Callable[[str, str, str, str], str]:
    """The receipt that fits: whose matter it is, or what the desk has still to find out."""
    if ticket.owner != DESK:
        return texts.receipt
    return texts.receipt_unassigned if ticket.office else texts.receipt_desk
