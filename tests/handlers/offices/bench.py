"""A small zone at work: two street offices, two departments, a desk, and tickets to act on."""

from datetime import datetime
from typing import Any

from handlers.cases import SYSTEM, Casebook
from handlers.offices.access import Officer, Role
from handlers.offices.casework import Casework
from handlers.offices.command import Command
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action
from handlers.rules.zone import Zone
from handlers.telling import Teller
from storage.database import Database
from storage.models import HistoryEntry, Notice, Ticket
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.rules import worlds

EAST, WEST, SOUTH = "1001001", "1001002", "1002001"
"""Street offices: two of ours, one of a neighbour."""
OUTCOMES = [
    {"code": "rectified", "label": "整改到位", "unit": "处"},
    {"code": "covered", "label": "覆盖裸土", "unit": "平方米"},
    {"code": "unfounded", "label": "核查不属实"},
]


def small_zone(**changes: Any) -> Zone:
    ours = worlds.category(outcomes=OUTCOMES, checklist=["围挡", "冲洗"])
    smoke = worlds.category(name="油烟", departments={"industry": "ecology", "comprehensive": "desk"})
    other = worlds.category(name="其他", departments={"industry": "desk", "comprehensive": "desk"})
    proven = worlds.category(name="垃圾", after_photo=True)
    categories = {"dust": ours, "smoke": smoke, "garbage": proven, "none": other}
    return worlds.zone(categories=categories, **changes)


DISPATCHER = Officer(1, "desk-li", Role.DISPATCHER)
EASTERN = Officer(2, "east-wang", Role.OFFICE, EAST)
WESTERN = Officer(3, "west-zhao", Role.OFFICE, WEST)
BUILDERS = Officer(4, "builders-sun", Role.DEPARTMENT, "construction")
ECOLOGY = Officer(5, "ecology-zhou", Role.DEPARTMENT, "ecology")
LEADER = Officer(6, "leader-wu", Role.LEADER)
ADMIN = Officer(7, "admin-zheng", Role.ADMIN)


class Bench:
    """Use cases over a real database; every step is a transaction of its own."""

    def __init__(self, database: Database, zone: Zone | None = None) -> None:
        self.database = database
        self.zone = zone or small_zone()
        self.calendar = WorkingCalendar(self.zone.calendar, self.zone.timezone)
        self.book = Casebook(self.zone, self.calendar)
        self.casework = Casework(self.zone, self.calendar, self.book, Teller(self.zone, self.calendar))

    def file(self, number: str = "GX20261124-0001", **values: Any) -> str:
        given = {
            "category": "dust",
            "owner": EAST,
            "office": EAST,
            "text": "北门工地天天扬尘",
            "place": "北门工地",
        }
        given |= {"place_key": "北门工地", "industry": "construction", "comprehensive": "ecology", **values}

        def work(unit: Unit) -> None:
            row = Ticket(
                number=number, status="dispatched", created_at=NOW, moved_at=NOW, limit_from=NOW, **given
            )
            row.resident_id = unit.residents.met("o-resident", "gh_zone", NOW).id
            self.book.open(unit, row, SYSTEM, NOW)

        self.database.write_now(work)
        return number

    def put(self, status: str, number: str = "GX20261124-0001", **values: Any) -> str:
        """File a ticket and set it to a state at once."""
        self.file(number, **values)

        def work(unit: Unit) -> None:
            row = unit.tickets.by_number(number)
            assert row is not None
            row.status = str(status)
            unit.tickets.save(row)

        self.database.write_now(work)
        return number

    def ticket(self, number: str = "GX20261124-0001") -> Ticket:
        found = self.database.read_now(lambda unit: unit.tickets.by_number(number))
        assert found is not None
        return found

    def act(
        self,
        user: Officer,
        action: Action,
        number: str = "GX20261124-0001",
        *,
        at: datetime = NOW,
        **fields: Any,
    ) -> Ticket:
        version = fields.pop("version", None) or self.ticket(number).version
        command = Command(action=action, version=version, **fields)
        return self.database.write_now(lambda unit: self.casework.act(unit, user, number, command, at))

    def history(self, number: str = "GX20261124-0001") -> list[HistoryEntry]:
        ticket_id = self.ticket(number).id
        assert ticket_id is not None
        return list(self.database.read_now(lambda unit: unit.tickets.history(ticket_id)))

    def notices(self, channel: str, address: str = "", number: str = "GX20261124-0001") -> list[Notice]:
        ticket_id = self.ticket(number).id
        assert ticket_id is not None
        found = self.database.read_now(lambda unit: unit.outbox.of_ticket(ticket_id))
        return [one for one in found if one.channel == channel and (not address or one.address == address)]

    def heard(self, number: str = "GX20261124-0001") -> list[str]:
        """What the resident was told, oldest first."""
        return [notice.text for notice in self.notices("resident", number=number)]
