"""What became of an order: written down in a transaction of its own, and when to try again."""

from datetime import datetime, time, timedelta

from bot.channels import ChannelError, Reaction
from bot.delivery.order import CUSTOMER, ROBOT, Order
from handlers.receipts import catch_up
from handlers.rules.calendar import ONE_DAY, WorkingCalendar
from handlers.rules.delivery import Backoff, next_try
from storage.models import Notice
from storage.unit import Unit

OPERATOR_BACKOFF = Backoff(tries=100, first=timedelta(minutes=5), cap=timedelta(hours=2))
"""A wrong credential or a missing permission takes people days to mend: about eight days of patience."""
_ERROR_CHARACTERS = 200


class Recorder:
    """Writes outcomes down; nothing where the claim lapsed and another node has the notice."""

    def __init__(self, calendar: WorkingCalendar, backoff: Backoff) -> None:
        self._calendar = calendar
        self._backoff = backoff

    def sent(self, unit: Unit, order: Order, msgid: str, now: datetime) -> None:
        """The platform took it."""
        notice = unit.outbox.held(order.notice_id, order.claim)
        if notice is None:
            return
        notice.state, notice.way, notice.msgid, notice.sent_at = "sent", order.way, msgid, now
        notice.error, notice.next_at = "", None
        unit.outbox.save(notice)
        catch_up(unit, msgid, now)

    def failed(self, unit: Unit, order: Order, error: ChannelError, now: datetime) -> str:
        """The platform did not take it; return what is done about it: the notice's state, "" for nothing."""
        notice = unit.outbox.held(order.notice_id, order.claim)
        if notice is None:
            return ""
        notice.error = f"{error} {error.detail}"[:_ERROR_CHARACTERS]
        self._settle_window(unit, order, error)
        self._react(unit, notice, order, error, now)
        unit.outbox.save(notice)
        return notice.state

    def poisoned(self, unit: Unit, notice_id: int, claim: str, error: Exception) -> None:
        """The row itself makes no sense: a dead letter, so that the rest of its lane goes on."""
        notice = unit.outbox.held(notice_id, claim)
        if notice is not None:
            notice.state, notice.next_at, notice.error = "failed", None, type(error).__name__
            unit.outbox.save(notice)

    def _react(self, unit: Unit, notice: Notice, order: Order, error: ChannelError, now: datetime) -> None:
        if error.retry_after is not None:
            # A rate, not a failure: it does not count as a try.
            notice.attempts -= 1
            return _wait(notice, now + error.retry_after)
        if error.reaction is Reaction.WINDOW_CLOSED and order.way == CUSTOMER:
            return _wait(notice, now)
        if error.reaction is Reaction.RECIPIENT_GONE and order.way != ROBOT:
            _mark_gone(unit, order)
            notice.state, notice.next_at = "kept", None
            return None
        return _wait(notice, self._next(error.reaction, notice.attempts, now))

    def _next(self, reaction: Reaction, attempts: int, now: datetime) -> datetime | None:
        if reaction is Reaction.RETRY:
            return next_try(attempts, now, self._backoff)
        if reaction is Reaction.OPERATOR:
            return next_try(attempts, now, OPERATOR_BACKOFF)
        if reaction is Reaction.QUOTA and attempts < self._backoff.tries:
            return self._calendar.at(self._calendar.local_date(now) + ONE_DAY, time())
        return None

    @staticmethod
    def _settle_window(unit: Unit, order: Order, error: ChannelError) -> None:
        """Give the reserved message back, or believe the platform that there is none left."""
        resident = unit.residents.held(order.resident_id) if order.resident_id else None
        # Where the resident wrote meanwhile, a fresh window is open of which nothing was taken.
        if resident is None or order.way != CUSTOMER or resident.window_until != order.window_until:
            return
        closed = error.reaction is Reaction.WINDOW_CLOSED
        resident.window_left = 0 if closed else resident.window_left + 1
        unit.residents.save(resident)


def _wait(notice: Notice, until: datetime | None) -> None:
    notice.state, notice.next_at = ("pending", until) if until else ("failed", None)


def _mark_gone(unit: Unit, order: Order) -> None:
    resident = unit.residents.held(order.resident_id) if order.resident_id else None
    if resident is not None:
        resident.followed = resident.reachable = False
        unit.residents.save(resident)
