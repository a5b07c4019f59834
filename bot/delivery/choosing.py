"""How a claimed notice goes out now; what it costs of the resident's window is taken at once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.delivery.order import CONSOLE, CUSTOMER, ROBOT, TEMPLATE, Order
from bot.delivery.templates import Filled, Templates
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.deadlines import URGENT
from handlers.rules.delivery import Means, Way, choose
from storage.models import Notice, Resident
from storage.unit import Unit

INTERRUPTED = "interrupted"
INTERRUPTIONS = 3
"""Times that nobody lived to write down what became of a notice, after which it is a dead letter."""


class Chooser:
    """Decides on a notice in a transaction. ``robots``: names of the group robots that have a key."""

    def __init__(
        self, calendar: WorkingCalendar, templates: Templates, robots: Collection[str], lease: timedelta
    ) -> None:
        self._calendar = calendar
        self._templates = templates
        self._robots = frozenset(robots)
        self._lease = lease

    def order(self, unit: Unit, notice_id: int, claim: str, now: datetime) -> Order | None:
        """Return what to send; None where it is not to be sent now, which is then written down.

        Raises whatever a row that makes no sense causes.
        """
        notice = unit.outbox.held(notice_id, claim)
        if notice is None:
            return None
        order = (
            self._robot(unit, notice, now) if notice.channel == "robot" else self._resident(unit, notice, now)
        )
        if order:
            _begun(notice)
            notice.claimed_until = now + self._lease
        unit.outbox.save(notice)
        return order

    def _resident(self, unit: Unit, notice: Notice, now: datetime) -> Order | None:
        assert notice.id is not None
        if notice.channel != "resident":
            raise ValueError("unknown channel")
        resident = unit.residents.held(int(notice.address))
        if resident is None:
            raise LookupError("no such resident")
        filled = self._templates.filled(notice.kind, notice.data)
        way = self._way(resident, filled, now)
        if way.means is Means.KEEP or unit.outbox.keeps(notice.lane, notice.id):
            notice.state, notice.next_at = "kept", None
            return None
        if way.means is Means.LATER:
            notice.state, notice.next_at = "pending", way.at
            return None
        if way.means is Means.CUSTOMER:
            resident.window_left -= 1
            unit.residents.save(resident)
            return _freely(notice, resident)
        return _by_template(notice, resident, filled)

    def _way(self, resident: Resident, filled: Filled | None, now: datetime) -> Way:
        return choose(
            now,
            resident.window_until,
            resident.window_left,
            followed=resident.followed and resident.reachable,
            reachable=filled is not None,
            quiet=self._calendar.quiet_until(now),
        )

    def _robot(self, unit: Unit, notice: Notice, now: datetime) -> Order | None:
        if notice.address not in self._robots:
            # The office reads the same in the console: without a robot that is the only way there is.
            notice.state, notice.way, notice.sent_at = "sent", CONSOLE, now
            return None
        quiet = self._calendar.quiet_until(now)
        if quiet and not _urgent(unit, notice):
            notice.state, notice.next_at = "pending", quiet
            return None
        return _order(notice, ROBOT, notice.address)


def _begun(notice: Notice) -> None:
    """Count a try before it is made: what kills the process each time must end as a dead letter, too."""
    interrupted = notice.error.count(INTERRUPTED)
    if interrupted >= INTERRUPTIONS:
        raise RuntimeError("interrupted too often")
    notice.attempts += 1
    notice.error = f"{INTERRUPTED} " * (interrupted + 1)  # until the outcome is written over it


def _urgent(unit: Unit, notice: Notice) -> bool:
    ticket = unit.tickets.by_id(notice.ticket_id) if notice.ticket_id else None
    return ticket is not None and ticket.urgency >= URGENT


def _freely(notice: Notice, resident: Resident) -> Order:
    choices = tuple((str(id_), str(label)) for id_, label in notice.data.get("choices", ()))
    return _order(
        notice,
        CUSTOMER,
        resident.openid,
        choices=choices,
        resident_id=resident.id,
        window_until=resident.window_until,
    )


def _by_template(notice: Notice, resident: Resident, filled: Filled | None) -> Order:
    return _order(notice, TEMPLATE, resident.openid, template=filled, resident_id=resident.id)


def _order(
    notice: Notice,
    way: str,
    to: str,
    *,
    choices: tuple[tuple[str, str], ...] = (),
    template: Filled | None = None,
    resident_id: int | None = None,
    window_until: datetime | None = None,
) -> Order:
    assert notice.id is not None
    return Order(
        notice_id=notice.id,
        claim=notice.claimed_by,
        kind=notice.kind,
        way=way,
        to=to,
        text=notice.text,
        choices=choices,
        template=template,
        resident_id=resident_id,
        window_until=window_until,
    )
