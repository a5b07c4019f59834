"""A resident is one row, whatever nodes meet them first; what was said is kept; they may be forgotten."""

import json
from datetime import datetime, timedelta

from storage.database import Database
from storage.models import Conversation, HistoryEntry
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.contracts.conftest import Together
from tests.contracts.rows import attachment, filed, message, notice, resident

MINUTE = timedelta(minutes=1)
GONE = {"state": "kept", "next_at": None}


def test_a_first_contact_of_many_at_once_makes_one_resident(
    nodes: list[Database], together: Together
) -> None:
    ids = together(lambda number: nodes[number % 2].write_now(resident), range(20))

    assert len(set(ids)) == 1
    assert nodes[0].read_now(lambda unit: unit.residents.by_openid("o-resident")).first_seen_at == NOW


def test_messages_of_one_person_wait_for_each_other(nodes: list[Database], together: Together) -> None:
    nodes[0].write_now(resident)

    def spends(number: int) -> None:
        def work(unit: Unit) -> None:
            found = unit.residents.met("o-resident", "gh_zone", NOW)
            found.window_left += 1
            unit.residents.save(found)

        nodes[number % 2].write_now(work)

    together(spends, range(20))

    assert nodes[0].read_now(lambda unit: unit.residents.by_id(1)).window_left == 20


def test_somebody_unknown_is_nobody(database: Database) -> None:
    assert database.read_now(lambda unit: (unit.residents.by_id(1), unit.residents.by_openid("o"))) == (
        None,
        None,
    )


def test_a_talk_is_idle_at_first_and_goes_on_where_it_stood(database: Database) -> None:
    def begins(unit: Unit) -> str:
        talk = unit.conversations.of(resident(unit))
        was, talk.state, talk.draft, talk.expires_at = (
            talk.state,
            "asking_place",
            {"what": "油烟"},
            NOW + MINUTE,
        )
        unit.conversations.save(talk)
        return was

    assert database.write_now(begins) == "idle"
    talk = database.read_now(lambda unit: unit.conversations.of(1))
    assert (talk.state, talk.draft, talk.expires_at) == ("asking_place", {"what": "油烟"}, NOW + MINUTE)


def test_talks_that_fell_silent_are_found_longest_silence_first(database: Database) -> None:
    def work(unit: Unit) -> None:
        for number, expires_at in enumerate((NOW, NOW - MINUTE, NOW + MINUTE, None)):
            resident_id = resident(unit, f"o-{number}")
            unit.conversations.save(Conversation(resident_id=resident_id, expires_at=expires_at))

    database.write_now(work)

    assert database.read_now(lambda unit: list(unit.conversations.silent(NOW, 10))) == [2, 1]
    assert database.read_now(lambda unit: list(unit.conversations.silent(NOW, 1))) == [2]


def test_what_was_said_is_kept_word_for_word_in_order(database: Database) -> None:
    words = ["  楼下烧烤\n油烟 ", "😀 ‘quoted’ \\ %", "𠮷野家"]

    def work(unit: Unit) -> None:
        resident_id, ticket_id = resident(unit), filed(unit)
        for said in words:
            unit.messages.add(message(resident_id, said, ticket_id=ticket_id, data={"point": [26.9, 112.6]}))
        unit.messages.add(message(resident_id, "谢谢"))

    database.write_now(work)

    def told(unit: Unit) -> list[list[str]]:
        found = unit.messages
        lists = (
            found.of_ticket(1),
            found.of_resident(1),
            found.of_resident(1, limit=1),
        )
        return [[one.text for one in some] for some in lists]

    assert database.read_now(told) == [words, [*words, "谢谢"], ["谢谢"]]
    assert database.read_now(lambda unit: unit.messages.of_ticket(1)[0].data) == {"point": [26.9, 112.6]}


def lived(unit: Unit) -> None:
    """One resident with a case, talk beside it, files and notices of both kinds; and a neighbour."""
    first, second = resident(unit, "o-first"), resident(unit, "o-second")
    unit.residents.by_id(first).scene_place = "富民花苑"
    case = filed(unit, "GX-1", resident_id=first, text="油烟", due_at=NOW)
    unit.tickets.record(HistoryEntry(ticket_id=case, at=NOW, actor_kind="resident", action="file"))
    for who, ticket_id, said in (
        (first, case, "油烟"),
        (first, None, "天气真好"),
        (second, None, "我是邻居"),
    ):
        unit.messages.add(message(who, said, ticket_id=ticket_id))
        unit.attachments.add(
            attachment(resident_id=who, ticket_id=ticket_id, media_id=f"file of {said}", url="http")
        )
        unit.conversations.save(unit.conversations.of(who))
    for state, values in (("sent", {}), ("kept", GONE), ("pending", {}), ("failed", {})):
        unit.outbox.add(
            notice(f"case {state}", address=str(first), ticket_id=case, **{"state": state, **values})
        )
    unit.outbox.add(notice("loose", address=str(first), state="sent"))
    unit.outbox.add(notice("neighbour", address=str(second), **GONE))
    unit.outbox.add(notice("robot", address=str(first), channel="robot"))


def test_erasing_a_resident_leaves_their_case_and_nothing_that_leads_to_them(
    database: Database, now: datetime
) -> None:
    database.write_now(lived)

    database.write_now(lambda unit: unit.residents.erase(1, now))

    def left(unit: Unit) -> tuple[object, ...]:
        nobody = unit.residents.by_id(1)
        assert nobody is not None
        return (
            (nobody.openid, nobody.erased_at, nobody.scene_place, nobody.reachable),
            unit.residents.by_openid("o-first"),
            [one.text for one in unit.messages.of_resident(1)],
            [(one.state, one.media_id, one.url) for one in unit.attachments.of_resident(1)],
            [one.media_id for one in unit.attachments.unwanted(10)],
            [ticket.number for ticket in unit.tickets.of_resident(1)],
            len(unit.tickets.history(1)),
            [one.dedupe for one in unit.outbox.of_ticket(1)],
            [one.dedupe for number in range(1, 10) if (one := unit.outbox.by_id(number))],
        )

    assert database.read_now(left) == (
        ("erased:1", now, "", False),
        None,
        ["油烟"],
        [("wanted", "file of 油烟", "http"), ("unwanted", "", "")],
        [""],
        ["GX-1"],
        1,
        ["case sent"],
        ["case sent", "neighbour", "robot"],
    )


def test_erasing_one_resident_costs_the_neighbour_nothing(database: Database, now: datetime) -> None:
    database.write_now(lived)
    before = database.read_now(lambda unit: unit.everything_about(2))

    database.write_now(lambda unit: unit.residents.erase(1, now))

    assert database.read_now(lambda unit: unit.everything_about(2)) == before


def test_somebody_erased_who_writes_again_is_new(database: Database, now: datetime) -> None:
    database.write_now(lived)
    database.write_now(lambda unit: unit.residents.erase(1, now))

    assert database.write_now(lambda unit: resident(unit, "o-first")) == 3


def test_erasing_twice_or_nobody_changes_nothing_more(database: Database, now: datetime) -> None:
    database.write_now(lived)
    database.write_now(lambda unit: unit.residents.erase(1, now))
    before = database.read_now(lambda unit: unit.everything_about(1))

    database.write_now(lambda unit: (unit.residents.erase(1, now), unit.residents.erase(99, now)))

    assert database.read_now(lambda unit: unit.everything_about(1)) == before


def test_a_resident_is_shown_all_that_is_kept_of_them_and_nothing_of_others(database: Database) -> None:
    database.write_now(lived)

    shown = json.loads(
        json.dumps(database.read_now(lambda unit: unit.everything_about(1)), ensure_ascii=False)
    )

    assert shown["tickets"]["GX-1"]["text"] == "油烟"
    assert [(one["text"], one["ticket"]) for one in shown["messages"]] == [("油烟", "GX-1"), ("天气真好", "")]
    assert [one["ticket"] for one in shown["files"]] == ["GX-1", ""]
    assert [one["state"] for one in shown["notices"]] == ["sent", "kept", "pending", "failed", "sent"]
    assert shown["resident"]["first_seen_at"] == NOW.isoformat()
    assert "o-first" not in str(shown)
    assert "邻居" not in str(shown)


def test_of_nobody_nothing_is_kept(database: Database) -> None:
    assert database.read_now(lambda unit: unit.everything_about(1)) == {}
