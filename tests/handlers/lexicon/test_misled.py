from datetime import timedelta

from handlers.lexicon.misled import misled
from handlers.rules.lifecycle import Action
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import EASTERN, Bench

WEEK = timedelta(days=7)


def corrected(bench, serial, why, *, first="dust", to="smoke", text="北门烟大", at=NOW):
    number = f"GX20261124-{serial:04}"
    bench.file(number, category=first, first_category=first, why=why, text=text, lexicon_version=3)
    bench.act(EASTERN, Action.CORRECT, number, category=to, at=at)
    return number


def found(database, since=NOW - WEEK):
    return database.read_now(lambda unit: misled(unit, since))


def test_words_are_grouped_the_worst_first(database):
    bench = Bench(database)
    corrected(bench, 1, [["烟", "dust", 1.0], ["灰", "dust", 0.5]])
    corrected(bench, 2, [["烟", "dust", 1.0]])
    corrected(bench, 3, [["烟", "dust", 1.0]], to="garbage")

    first, second = found(database)

    assert (first.word, first.code, first.truths) == ("烟", "dust", [("smoke", 2), ("garbage", 1)])
    assert (second.word, [one.number for one in second.tickets]) == ("灰", ["GX20261124-0001"])
    assert second.tickets[0].lexicon == 3


def test_a_ticket_without_any_known_word_is_told_last(sqlite_database):
    bench = Bench(sqlite_database)
    for serial in (1, 2):
        corrected(bench, serial, [], first="none")
    corrected(bench, 3, [["灰", "dust", 1.0]])

    assert [(one.word, len(one.tickets)) for one in found(sqlite_database)] == [("灰", 1), ("", 2)]


def test_words_that_spoke_for_what_was_right_did_not_mislead(sqlite_database):
    corrected(Bench(sqlite_database), 1, [["烟", "smoke", 1.0]])

    assert found(sqlite_database) == []


def test_only_corrections_since_the_moment_count(sqlite_database):
    bench = Bench(sqlite_database)
    corrected(bench, 1, [["灰", "dust", 1.0]], at=NOW)

    assert found(sqlite_database, NOW + timedelta(minutes=1)) == []


def test_the_report_is_shown_without_numbers_that_lead_to_a_person(sqlite_database):
    corrected(Bench(sqlite_database), 1, [["灰", "dust", 1.0]], text="灰大，我电话13812345678")

    (word,) = found(sqlite_database)

    assert "13812345678" not in word.tickets[0].text
