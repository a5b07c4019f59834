"""Whatever residents do, in whatever order: nothing is lost, nothing is done twice, nothing breaks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.residents.incoming import Datum, Kind, Media, Point
from handlers.residents.pending import REPLY_BYTES
from handlers.rules.lifecycle import FINAL, OPEN, PAUSED, Action, NotAllowed, Status
from handlers.texts import dialogue as texts
from storage.database import Database
from tests.handlers.residents.world import (
    ABROAD,
    COURT,
    GARDEN,
    STREET,
    TWICE,
    UNKNOWN,
    Chat,
    a_zone,
    understood,
)

INTENTS = [
    *("report", "report", "report", "unclear", "progress", "supplement", "urge", "withdraw", "rate", "human"),
    *("help", "greeting", "privacy", "emergency", "not_ours", "correction", "thanks"),
]
PHRASES = [
    *("1", "2", "13", "满意", "不满意", "确认撤回", "不撤回", "确认删除", "不删除"),
    *("仍要登记", "就在这里", "都不是", "更正", "补充", "不知道", "春江花园", "扬尘"),
    *("[微笑]", "？", "删除我的信息", "GX20261124-0001", "好的", "油" * 3000),
]
SPOKEN = [Kind.TEXT, Kind.PHOTO, Kind.VOICE, Kind.VIDEO, Kind.LOCATION, Kind.LINK]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
ANALYSES = st.fixed_dictionaries(
    {
        "intent": st.sampled_from(INTENTS),
        "category": st.sampled_from(["none", "dust", "noise", "oil_fume"]),
        "places": st.lists(st.sampled_from([GARDEN, COURT, UNKNOWN, STREET, ABROAD, TWICE]), max_size=2),
        "confidence": st.sampled_from([0.1, 0.4, 0.9]),
        "choices": st.sampled_from([(), (), ("dust", "noise")]),
        "also": st.sampled_from([(), ("noise",)]),
        "urgency": st.integers(0, 2),
        "ticket": st.sampled_from(["", "", "", "GX20261124-0001", "GX20261124-9999"]),
    }
)
POINTS = st.builds(Point, st.floats(26.8, 27), st.floats(112.4, 112.7), st.sampled_from(Datum))
PUSHES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*SPOKEN, Kind.TEXT, Kind.TEXT, Kind.TEXT, *Kind]),
        "text": st.sampled_from(PHRASES) | ANY_TEXT,
        "heard": st.none() | ANALYSES,
        "who": st.sampled_from(["o-1", "o-1", "o-2"]),
        "menu_id": st.sampled_from(["", "", "", "0", "11", "12", "21", "x"]),
        "event_key": st.sampled_from(["", "progress", "urge", "human", "privacy", "report", "e:春江花园"]),
        "point": st.none()
        | st.builds(Point, st.floats(26.8, 27), st.floats(112.4, 112.7), st.sampled_from(Datum)),
        "media": st.lists(st.just(Media("m", Kind.PHOTO)), max_size=2).map(tuple),
        "hours": st.sampled_from([0, 0, 0, 0, 1, 25]),
        "again": st.booleans(),
        "office": st.sampled_from(["", "", "", "resolve", "accept", "return", "hold"]),
    }
)


@contextmanager
def fresh(template: Any) -> Iterator[Chat]:
    with TemporaryDirectory() as folder:
        copy = f"{folder}/jiesu.sqlite"
        database = Database(f"sqlite:///{shutil.copy(template, copy)}")
        try:
            yield Chat(database, a_zone(limits={"reports_per_day": 3, "photos_per_ticket": 3}))
        finally:
            database.close()


def push(chat: Chat, given_push: dict[str, Any], key: str) -> str:
    heard = given_push["heard"]
    values = {name: given_push[name] for name in ("text", "menu_id", "event_key", "point", "media", "who")}
    analysis = None
    if heard is not None:
        places = heard["places"]
        rest = {name: value for name, value in heard.items() if name not in {"intent", "category", "places"}}
        analysis = understood(values["text"], heard["intent"], heard["category"], *places, **rest)
    return chat.send(given_push["kind"], analysis, key=key, **values)


def office(chat: Chat, name: str) -> None:
    """Let the office do something to the newest ticket, if it may."""
    if not name or not chat.tickets:
        return
    try:
        if name == "resolve":
            chat.move(chat.tickets[-1].number, Action.ACCEPT)
        chat.move(chat.tickets[-1].number, Action(name))
    except NotAllowed:
        return


def check(chat: Chat) -> None:
    for ticket in chat.tickets:
        status = Status(ticket.status)
        assert chat.zone.is_owner(ticket.owner)
        assert (ticket.due_at is not None) == (status in OPEN - PAUSED)
        assert (ticket.closed_at is not None) == (status in FINAL)
        assert ticket.category in chat.zone.categories
        assert len(ticket.text) <= chat.zone.limits.text_characters
    numbers = [ticket.number for ticket in chat.tickets]
    assert len(numbers) == len(set(numbers))
    for entry in chat.history:
        assert "o-1" not in f"{entry.actor}{entry.public_note}"


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(PUSHES, max_size=10))
def test_any_course_of_a_chat_keeps_its_promises(migrated_sqlite, pushes):
    with fresh(migrated_sqlite) as chat:
        spoken, erased = 0, False
        for number, given_push in enumerate(pushes):
            chat.wait(hours=given_push["hours"])
            office(chat, given_push["office"])
            before = len(chat.tickets)
            reply = push(chat, given_push, f"k{number}")
            if given_push["again"]:
                assert push(chat, given_push, f"k{number}") == reply
            assert len(reply.encode()) <= REPLY_BYTES
            assert len(chat.tickets) - before <= 1
            spoken += given_push["kind"] in {*SPOKEN, Kind.FOLLOW, Kind.SCAN, Kind.MENU}
            erased = erased or reply.startswith(texts.ERASED) or given_push["kind"] is Kind.ERASE
            if given_push["hours"]:
                chat.silence()
        assert erased or len(chat.messages) == spoken
        check(chat)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(PUSHES, max_size=8))
def test_a_report_always_ends_somewhere_that_somebody_sees(migrated_sqlite, pushes):
    """After the last word and a day of silence no half-told report is left waiting."""
    with fresh(migrated_sqlite) as chat:
        for number, given_push in enumerate(pushes):
            push(chat, given_push, f"k{number}")
        chat.now += timedelta(hours=25)

        chat.silence()

        assert chat.silence() == []
        check(chat)
