from datetime import timedelta

import pytest

from handlers.lexicon.sheets import read
from handlers.lexicon.workbench import Workbench
from handlers.offices.errors import Conflict, Forbidden, Invalid, Unknown
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import ADMIN, DISPATCHER, EASTERN, LEADER
from tests.nlp.small import TEXT

LATER = NOW + timedelta(minutes=5)


class Desk:
    def __init__(self, database, zone):
        self.database, self.zone, self.bench = database, zone, Workbench(TEXT)

    def sheet(self, word):
        return read(self.zone, TEXT.replace("油烟味]", f"油烟味, {word}]"))

    def do(self, name, *given):
        return self.database.write_now(lambda unit: getattr(self.bench, name)(unit, *given))

    def publish(self, word, seen, user=DISPATCHER, note="加词"):
        return self.do("publish", user, self.sheet(word), note, seen, NOW)


@pytest.fixture
def desk(database, zone):
    return Desk(database, zone)


@pytest.fixture
def one(sqlite_database, zone):
    return Desk(sqlite_database, zone)


def test_at_first_the_packaged_lexicon_is_in_force(one):
    known = one.do("in_force")

    assert (known.version, known.text, known.author, known.published_at) == (0, TEXT, "", None)


def test_a_draft_is_begun_saved_published_and_gone(desk):
    desk.do("begin", DISPATCHER, NOW)
    begun = desk.do("draft", DISPATCHER)
    desk.do("save", DISPATCHER, desk.sheet("灶头烟"), begun.revision, LATER)
    saved = desk.do("draft", DISPATCHER)

    version = desk.do("publish", DISPATCHER, read(desk.zone, saved.text), "加“灶头烟”", 0, LATER)

    known = desk.do("in_force")
    assert (begun.base, begun.text, saved.revision) == (0, TEXT, begun.revision + 1)
    assert (version, known.version, "灶头烟" in known.text) == (1, 1, True)
    assert (known.author, known.note, known.published_at) == ("desk-li", "加“灶头烟”", LATER)
    assert desk.do("draft", DISPATCHER) is None


def test_beginning_twice_keeps_what_was_written(one):
    one.do("begin", DISPATCHER, NOW)
    one.do("save", DISPATCHER, one.sheet("灶头烟"), 1, NOW)

    one.do("begin", DISPATCHER, LATER)

    assert "灶头烟" in one.do("draft", DISPATCHER).text


def test_every_officer_of_the_desk_has_a_draft_of_their_own(one):
    one.do("begin", DISPATCHER, NOW)

    assert one.do("draft", ADMIN) is None


def test_publishing_something_else_keeps_the_draft(one):
    one.do("begin", DISPATCHER, NOW)
    one.do("save", DISPATCHER, one.sheet("灶头烟"), 1, NOW)

    one.publish("另一个词", 0)

    assert "灶头烟" in one.do("draft", DISPATCHER).text


def test_of_two_windows_the_slower_is_told(desk):
    desk.do("begin", DISPATCHER, NOW)
    desk.do("save", DISPATCHER, desk.sheet("一"), 1, NOW)

    with pytest.raises(Conflict, match="别的窗口"):
        desk.do("save", DISPATCHER, desk.sheet("二"), 1, NOW)


def test_who_did_not_see_the_version_in_force_may_not_publish_over_it(desk):
    desk.publish("一", 0)

    with pytest.raises(Conflict, match="第1版"):
        desk.publish("二", 0, ADMIN)
    assert desk.publish("二", 1, ADMIN) == 2


def test_what_differs_in_nothing_is_not_published(one):
    one.publish("一", 0)

    with pytest.raises(Conflict, match="一样"):
        one.publish("一", 1)


def test_an_older_version_is_put_in_force_again_as_a_new_one(one):
    one.publish("一", 0)
    one.publish("二", 1)

    older = read(one.zone, one.do("version", 1).text)
    version = one.do("publish", DISPATCHER, older, "退回第1版", 2, LATER)

    known = one.do("in_force")
    assert (version, known.version, known.text) == (3, 3, older.text)


def test_even_the_packaged_one_can_be_put_in_force_again(one):
    one.publish("一", 0)

    one.do("publish", DISPATCHER, read(one.zone, one.do("version", 0).text), "回到随程序的", 1, LATER)

    assert one.do("in_force").text == TEXT


def test_a_version_that_never_was_is_unknown(one):
    with pytest.raises(Unknown, match="第7版"):
        one.do("version", 7)


@pytest.mark.parametrize("note", ["", "   ", "长" * 201])
def test_a_reason_must_be_given(one, note):
    with pytest.raises(Invalid) as refused:
        one.publish("一", 0, note=note)

    assert refused.value.field == "note"


@pytest.mark.parametrize("user", [EASTERN, LEADER])
def test_only_the_desk_works_on_the_lexicon(one, user):
    for name, given in (
        ("draft", ()),
        ("begin", (NOW,)),
        ("save", (one.sheet("一"), 1, NOW)),
        ("discard", ()),
        ("publish", (one.sheet("一"), "加词", 0, NOW)),
    ):
        with pytest.raises(Forbidden, match="调度台"):
            one.do(name, user, *given)
