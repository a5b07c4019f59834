"""A small world in which the clock is the only one who acts, unless the test does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from handlers.cases import RESIDENT, Actor, Casebook, Move
from handlers.forgetting import forget
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action
from handlers.rules.zone import Zone
from handlers.schedule import Job, jobs
from handlers.telling import Teller
from storage.database import Database
from storage.models import Notice, Reminder, Resident, Ticket
from storage.unit import Unit
from tests.handlers.rules.worlds import zone

EAST = "1001001"
OFFICER = Actor("officer", "李四")


class Life:
    def __init__(self, database: Database, world: Zone | None = None) -> None:
        self.zone = world or zone()
        self.calendar = WorkingCalendar(self.zone.calendar, self.zone.timezone)
        self.casebook = Casebook(self.zone, self.calendar)
        self.teller = Teller(self.zone, self.calendar)
        self.database = database
        self.serial = 0
        self.silent: list[int] = []

    def jobs(self, file_silent: Callable[[Unit, int, datetime], object] | None = None) -> tuple[Job, ...]:
        return jobs(
            self.zone,
            self.casebook,
            self.teller,
            file_silent=file_silent or (lambda _unit, resident_id, _now: self.silent.append(resident_id)),
            erase=forget,
        )

    def job(self, name: str) -> Job:
        return next(job for job in self.jobs() if job.name == name)

    def work(self, name: str, now: datetime) -> None:
        """Do a job's batches until it has no more."""
        job = self.job(name)
        while self.database.write_now(lambda unit: job.work(unit, now)):
            pass

    def resident(self, now: datetime, **values: Any) -> int:
        self.serial += 1
        person = Resident(openid=f"o{self.serial}", first_seen_at=now, **values)

        def add(unit: Unit) -> int:
            unit.residents.save(person)
            unit.session.flush()
            assert person.id is not None
            return person.id

        return self.database.write_now(add)

    def file(self, now: datetime, **values: Any) -> int:
        self.serial += 1
        number = f"GX-{self.serial:04}"

        def add(unit: Unit) -> int:
            ticket = Ticket(
                **{
                    "number": number,
                    "status": "dispatched",
                    "category": "dust",
                    "owner": EAST,
                    "created_at": now,
                    "moved_at": now,
                    "limit_from": now,
                    "answer": "已清扫",
                }
                | values
            )
            self.casebook.open(unit, ticket, RESIDENT, now)
            assert ticket.id is not None
            return ticket.id

        return self.database.write_now(add)

    def move(self, ticket_id: int, action: Action, now: datetime, **changes: Any) -> None:
        def step(unit: Unit) -> None:
            ticket = unit.tickets.by_id(ticket_id)
            assert ticket is not None
            for name, value in changes.items():
                setattr(ticket, name, value)
            self.casebook.move(unit, ticket, Move(action, OFFICER), now)

        self.database.write_now(step)

    def change(self, ticket_id: int, **changes: Any) -> None:
        def step(unit: Unit) -> None:
            ticket = unit.tickets.by_id(ticket_id)
            for name, value in changes.items():
                setattr(ticket, name, value)

        self.database.write_now(step)

    def ticket(self, ticket_id: int) -> Ticket:
        ticket = self.database.read_now(lambda unit: unit.tickets.by_id(ticket_id))
        assert ticket is not None
        return ticket

    def notices(self, ticket_id: int, channel: str = "") -> list[Notice]:
        found = self.database.read_now(lambda unit: unit.outbox.of_ticket(ticket_id))
        return [notice for notice in found if not channel or notice.channel == channel]

    def kinds(self, ticket_id: int) -> list[str]:
        """What was told so far, without the robots, which say what the console says."""
        return [notice.kind for notice in self.notices(ticket_id) if notice.channel != "robot"]

    def live(self, start: datetime, hours: int) -> None:
        """Let time pass, and look at the reminders whenever one falls due."""
        end = start + timedelta(hours=hours)
        moment: datetime | None = start
        while moment is not None and moment <= end:
            self.work("reminders", moment)
            moment = self._next_reminder()

    def _next_reminder(self) -> datetime | None:
        undone = select(func.min(Reminder.at)).where(col(Reminder.done_at).is_(None))
        return self.database.read_now(lambda unit: unit.session.exec(undone).one())
