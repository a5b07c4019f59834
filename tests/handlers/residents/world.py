"""A small zone and residents who chat with it; what a text means is told by the test, not the analyser."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlmodel import select

from handlers.cases import CLOCK, Actor, Casebook, Move
from handlers.residents import commands
from handlers.residents.dialogue import Dialogue
from handlers.residents.draft import Draft
from handlers.residents.incoming import Datum, Incoming, Kind, Media, Point
from handlers.residents.intake import Intake
from handlers.residents.known import Case, Known
from handlers.residents.posters import posters
from handlers.residents.setting_up import intake
from handlers.residents.steps import Heard, Step
from handlers.residents.talk import Talk
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Action, Status
from handlers.rules.zone import Zone
from handlers.telling import Teller
from nlp import Analysis, Evidence, Place
from storage.database import Database
from storage.models import HistoryEntry, Message, Notice, Ticket
from tests.clock import TUESDAY_MORNING
from tests.handlers.rules.worlds import category, tree

EAST, WEST, SOUTH = "1001001", "1001002", "1002001"
SPRING = "1001001001"
OFFICER = Actor("officer", "王工")

GARDEN = Place("春江花园", "estate", "春江花园", EAST, SPRING, "1001", 1.0)
COURT = Place("夏荷苑", "estate", "夏荷苑", WEST, "", "1001", 1.0)
UNKNOWN = Place("无名小区", "estate")
STREET = Place("东街道", "street", "东街道", EAST, "", "1001", 1.0)
ABROAD = Place("冬社区", "community", "冬社区", SOUTH, "1002001001", "1002", 1.0)
TWICE = Place("人民小区", "estate", "人民小区", ambiguous=(EAST, SOUTH))

HERE = Point(26.905, 112.605, Datum.GCJ02)


def a_zone(**changes: Any) -> Zone:
    """Two streets of ours, one of a neighbour, four matters."""
    matters = {
        "oil_fume": category(name="餐饮油烟", what_example="油烟大", where_example="春江花园3栋"),
        "dust": category(),
        "noise": category(name="噪声", limits={"resolve_days": 4, "reopened_resolve_days": 1}),
        "none": category(name="其他", departments={"industry": "desk", "comprehensive": "desk"}),
    }
    given = tree() | {"categories": matters}
    given["desk"] = {"name": "调度台", "robot": "desk", "phone": "88880000"}
    given["districts"][0]["offices"][0]["places"] = [
        {"name": "春江花园", "kind": "estate", "community": SPRING}
    ]
    return Zone.model_validate(given | changes)


@cache
def a_calendar() -> WorkingCalendar:
    """The calendar of every such zone: a year's holidays are not worked out again for each test."""
    return WorkingCalendar(a_zone().calendar, a_zone().timezone)


def understood(text: str, intent: str, category: str = "none", *places: Place, **values: Any) -> Analysis:
    """What the analyser would make of a text."""
    sure = 0.9 if category != "none" else 0.7
    given: dict[str, Any] = {"confidence": sure, "why": (Evidence("词", category, 1.0),), "also": ()}
    given |= {"choices": ()}
    return Analysis(text=text, intent=intent, primary=category, places=places, **(given | values))


class Talker:
    """A resident of the pure dialogue: what is filed becomes a case at once, nothing is stored."""

    def __init__(self, zone: Zone | None = None, *, cases: Sequence[Case] = ()) -> None:
        self.zone = zone or a_zone()
        self.dialogue = Dialogue(self.zone)
        self.talk, self.cases, self.now = Talk(), list(cases), TUESDAY_MORNING
        self.here: Point | None = None
        self._ids = count(1)
        self.last: Step | None = None

    def say(self, text: str, intent: str = "unclear", category: str = "none", *places: Place, **values: Any):
        menu_id = values.pop("menu_id", "")
        heard = understood(text, intent, category, *places, **values)
        return self.push(Kind.TEXT, heard, text=text, menu_id=menu_id)

    def report(self, text: str, category: str, *places: Place, **values: Any):
        return self.say(text, "report", category, *places, **values)

    def tap(self, label: str):
        return self.say(label, menu_id="0")

    def send(self, kind: Kind, **values: Any):
        return self.push(kind, None, **values)

    def photo(self):
        return self.send(Kind.PHOTO, media=(Media("m", Kind.PHOTO),))

    def scan(self, scene: str):
        return self.send(Kind.SCAN, event_key=scene)

    def press(self, key: str):
        return self.send(Kind.MENU, event_key=key)

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def push(self, kind: Kind, analysis: Analysis | None, **values: Any):
        number = next(self._ids)
        incoming = Incoming(f"k{number}", kind, "o", "gh", self.now, **values)
        heard = Heard(
            incoming, analysis, number, tuple(100 * number + at for at in range(len(incoming.media)))
        )
        known = Known(
            tuple(reversed(self.cases)), posters(self.zone).get(values.get("event_key", "")), self.here
        )
        self.last = self.dialogue.step(self.talk.current(self.now), heard, known, self.now)
        self.talk = self.last.talk
        if isinstance(self.last.command, commands.File):
            self._file(self.last.command)
        return self.last.command

    def _file(self, command: commands.File) -> None:
        number = len(self.cases) + 1
        draft = command.draft
        key = draft.place_name or draft.place
        self.cases.append(case(number, category=draft.category, created_at=self.now, place_key=key))
        self.talk = self.talk.about(number)

    @property
    def said(self) -> str:
        """What the chat says, where it only says something."""
        assert self.last is not None
        words = self.last.command.text if isinstance(self.last.command, commands.Say) else ""
        return "\n".join(part for part in (self.last.prefix, words, self.last.suffix) if part)


def filed(command: commands.Command) -> Draft:
    """The draft that is filed."""
    assert isinstance(command, commands.File), command
    return command.draft


def case(number: int, status: Status = Status.DISPATCHED, **values: Any) -> Case:
    given: dict[str, Any] = {"category": "dust", "created_at": TUESDAY_MORNING}
    return Case(number, f"GX20261124-{number:04d}", status, **(given | values))


class Chat:
    """Residents of the whole thing over a database."""

    def __init__(self, database: Database, zone: Zone | None = None) -> None:
        self.database = database
        self.zone = zone or a_zone()
        calendar = a_calendar()
        self.book, self.teller = Casebook(self.zone, calendar), Teller(self.zone, calendar)
        self.intake: Intake = intake(self.zone, calendar, self.book, self.teller)
        self.now = TUESDAY_MORNING
        self._keys = count(1)

    def say(self, text: str, intent: str = "unclear", category: str = "none", *places: Place, **values: Any):
        given = {name: values.pop(name) for name in ("who", "menu_id", "key") if name in values}
        heard = understood(text, intent, category, *places, **values)
        return self.send(Kind.TEXT, heard, text=text, **given)

    def report(self, text: str, category: str, *places: Place, **values: Any) -> str:
        return self.say(text, "report", category, *places, **values)

    def photo(self, media_id: str = "m", **values: Any) -> str:
        return self.send(Kind.PHOTO, media=(Media(media_id, Kind.PHOTO),), **values)

    def send(
        self, kind: Kind, heard: Analysis | None = None, *, who: str = "o-1", key: str = "", **values: Any
    ):
        self.now += timedelta(seconds=10)
        incoming = Incoming(key or f"k{next(self._keys)}", kind, who, "gh_zone", self.now, **values)
        return self.receive(incoming, heard)

    def receive(self, incoming: Incoming, heard: Analysis | None) -> str:
        now = self.now
        return self.database.write_now(lambda unit: self.intake.receive(unit, incoming, heard, now)).text

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def silence(self) -> list[bool]:
        """Let the clock look for talks that wait too long."""
        now = self.now
        waiting = self.database.read_now(lambda unit: list(unit.conversations.silent(now, 100)))
        return [
            self.database.write_now(lambda unit, at=each: self.intake.silent(unit, at, now))
            for each in waiting
        ]

    def move(self, number: str, action: Action, **values: Any) -> None:
        """Let the office act."""
        now = self.now

        def act(unit: Any) -> None:
            ticket = unit.tickets.by_number(number)
            for name, value in values.items():
                setattr(ticket, name, value)
            self.book.move(unit, ticket, Move(action, OFFICER if action is not Action.CLOSE else CLOCK), now)

        self.database.write_now(act)

    def resolve(self, number: str) -> None:
        self.move(number, Action.ACCEPT)
        self.move(number, Action.RESOLVE, answer="已处理")

    def rows(self, table: Any) -> list[Any]:
        """Every row of a table, oldest first."""
        return self.database.read_now(
            lambda unit: list(unit.session.exec(select(table).order_by(table.id)).all())
        )

    @property
    def tickets(self) -> list[Ticket]:
        return self.rows(Ticket)

    @property
    def messages(self) -> list[Message]:
        return self.rows(Message)

    @property
    def notices(self) -> list[Notice]:
        return self.rows(Notice)

    @property
    def history(self) -> list[HistoryEntry]:
        return self.rows(HistoryEntry)
