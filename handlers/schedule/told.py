"""What each reminder says, and to whom."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import texts
from handlers.cases import CLOCK, Casebook, Move
from handlers.rules.deadlines import ReminderKind as Kind
from handlers.rules.lifecycle import Action, Status
from handlers.rules.zone import DESK, Zone
from handlers.telling import Teller, rating_choices
from storage.models import Ticket
from storage.unit import Unit

_NOTE_CHARACTERS = 60
"""Of the office's answer in the question whether it is true."""
_ON_ITS_WAY = frozenset({"pending", "sending", "kept"})

_Say = Callable[[Unit, Ticket, str, datetime], object]


class Told:
    """Says reminders; each is a fact of its kind and planned moment, so that none is told twice."""

    def __init__(self, zone: Zone, teller: Teller, casebook: Casebook) -> None:
        self._zone = zone
        self._teller = teller
        self._casebook = casebook
        self._says: dict[Kind, _Say] = {
            Kind.SIGN_FOR: self._sign_for,
            Kind.HALF: self._half,
            Kind.EIGHTY: self._eighty,
            Kind.OVERDUE: self._overdue,
            Kind.ESCALATE_DESK: self._escalate_desk,
            Kind.ESCALATE_LEADER: self._escalate_leader,
            Kind.RETURN_WAITING: self._return_waiting,
            Kind.HOLD_OVER: self._hold_over,
            Kind.FOLLOW_UP: self._follow_up,
            Kind.ASK_RATING: self._ask_rating,
            Kind.ASK_RATING_AGAIN: self._ask_rating_again,
            Kind.CLOSE_UNRATED: self._close,
        }

    def tell(self, unit: Unit, ticket: Ticket, kind: Kind, planned: datetime, now: datetime) -> None:
        """Say one reminder of a ticket, which was planned for ``planned``."""
        self._says[kind](unit, ticket, f"{kind}:{planned:%Y%m%dT%H%M%S}", now)

    def _sign_for(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        self._owner(unit, ticket, Kind.SIGN_FOR, texts.remind_sign_for(ticket.number), fact, now)

    def _half(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        self._share(unit, ticket, Kind.HALF, self._zone.clock.half, fact, now)

    def _eighty(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        self._share(unit, ticket, Kind.EIGHTY, self._zone.clock.eighty, fact, now)

    def _share(self, unit: Unit, ticket: Ticket, kind: Kind, share: float, fact: str, now: datetime) -> None:
        text = texts.remind_share(ticket.number, round(share * 100), self._due(ticket))
        self._owner(unit, ticket, kind, text, fact, now)

    def _overdue(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        text = texts.remind_overdue(ticket.number, self._due(ticket))
        self._owner(unit, ticket, Kind.OVERDUE, text, fact, now)

    def _owner(self, unit: Unit, ticket: Ticket, kind: Kind, text: str, fact: str, now: datetime) -> None:
        self._teller.owner(unit, ticket, kind, text, now, fact=fact)

    def _escalate_desk(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        text = texts.escalate_desk(ticket.number, self._zone.owner_name(ticket.owner), self._due(ticket))
        self._teller.desk(unit, ticket, Kind.ESCALATE_DESK, text, now, fact=fact)

    def _escalate_leader(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        self._teller.leaders(unit, ticket, Kind.ESCALATE_LEADER, self._for_leaders(ticket), now, fact=fact)

    def _for_leaders(self, ticket: Ticket) -> str:
        owner = self._zone.owner_name(ticket.owner)
        match ticket.status:
            case Status.RETURNED:
                return texts.leader_unassigned(ticket.number)
            case Status.ON_HOLD:
                return texts.leader_hold_over(ticket.number, owner)
        return texts.escalate_leader(ticket.number, owner, self._due(ticket))

    def _return_waiting(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        text = texts.remind_unassigned(ticket.number)
        self._teller.desk(unit, ticket, Kind.RETURN_WAITING, text, now, fact=fact)

    def _hold_over(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        text = texts.remind_hold_over(ticket.number)
        self._teller.owner(unit, ticket, Kind.HOLD_OVER, text, now, fact=fact)
        self._teller.desk(unit, ticket, Kind.HOLD_OVER, text, now, fact=fact)

    def _follow_up(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        if _something_on_its_way(unit, ticket):
            # Word that has not even arrived needs no second one; the resident is reached by the first.
            ticket.told_at = now
            return
        text = self._still_working(ticket, now)
        self._teller.resident(
            unit, ticket, Kind.FOLLOW_UP, text, now, fact=fact, note="还没有办结，没有被遗忘"
        )

    def _still_working(self, ticket: Ticket, now: datetime) -> str:
        owner, due = self._zone.owner_name(ticket.owner), self._due(ticket)
        if ticket.status == Status.RETURNED or ticket.owner == DESK:
            return texts.follow_up_desk(ticket.number)
        if ticket.due_at is not None and ticket.due_at <= now:
            return texts.follow_up_late(ticket.number, owner, due)
        if ticket.status == Status.DISPATCHED:
            return texts.follow_up_unsigned(ticket.number, owner)
        return texts.follow_up(ticket.number, owner, Status(ticket.status).label, due)

    def _ask_rating(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        note = texts.brief(ticket.answer, _NOTE_CHARACTERS)
        text = texts.ask_rating(ticket.number, self._zone.owner_name(ticket.owner), note)
        self._ask(unit, ticket, Kind.ASK_RATING, text, fact, now)

    def _ask_rating_again(self, unit: Unit, ticket: Ticket, fact: str, now: datetime) -> None:
        self._ask(unit, ticket, Kind.ASK_RATING_AGAIN, texts.ask_rating_again(ticket.number), fact, now)

    def _ask(self, unit: Unit, ticket: Ticket, kind: Kind, text: str, fact: str, now: datetime) -> None:
        assert ticket.id is not None
        choices = rating_choices(ticket.id)
        note = "请回复满意或不满意"
        self._teller.resident(unit, ticket, kind, text, now, fact=fact, note=note, choices=choices)

    def _close(self, unit: Unit, ticket: Ticket, _fact: str, now: datetime) -> None:
        move = Move(Action.CLOSE, CLOCK, internal="居民没有评价，到期自动归档")
        self._casebook.move(unit, ticket, move, now)

    def _due(self, ticket: Ticket) -> str:
        return texts.day_and_time(ticket.due_at, ZoneInfo(self._zone.timezone)) if ticket.due_at else ""


def _something_on_its_way(unit: Unit, ticket: Ticket) -> bool:
    assert ticket.id is not None
    notices = unit.outbox.of_ticket(ticket.id)
    return any(notice.channel == "resident" and notice.state in _ON_ITS_WAY for notice in notices)
