from datetime import timedelta

from storage.models import LexiconDraft, PublishedLexicon
from tests.clock import TUESDAY_MORNING as NOW
from tests.contracts import rows


def edition(version=1, **values):
    return PublishedLexicon(version=version, author="li", published_at=NOW, **{"text": "words", **values})


def draft(author="li", **values):
    return LexiconDraft(author=author, changed_at=NOW, **{"text": "words", **values})


def test_where_nothing_was_published_the_packaged_one_is_in_force(database):
    assert database.read_now(lambda unit: unit.lexicons.newest()) == 0


def test_the_highest_version_is_in_force(database):
    for version in (1, 2):
        database.write_now(lambda unit, version=version: unit.lexicons.publish(edition(version)))

    assert database.read_now(lambda unit: unit.lexicons.newest()) == 2


def test_of_many_who_publish_at_once_one_gets_the_version(nodes, together):
    def publish(at):
        return nodes[at % 2].write_now(lambda unit: unit.lexicons.publish(edition(1, note=str(at))))

    assert sorted(together(publish, range(6))) == [False] * 5 + [True]


def test_a_published_text_is_given_back_word_for_word(database):
    text = "油烟: [灶头烟]\n" * 10_000
    database.write_now(lambda unit: unit.lexicons.publish(edition(text=text, base=0, note="加词")))

    found = database.read_now(lambda unit: unit.lexicons.edition(1))

    assert (found.text, found.author, found.note, found.published_at) == (text, "li", "加词", NOW)


def test_the_list_of_versions_is_newest_first_and_carries_no_texts(database):
    for version in (1, 2, 3):
        database.write_now(lambda unit, version=version: unit.lexicons.publish(edition(version)))

    found = database.read_now(lambda unit: unit.lexicons.editions(2))

    assert [(one.version, one.author, one.published_at) for one in found] == [(3, "li", NOW), (2, "li", NOW)]


def test_an_officer_has_one_draft(database):
    begun = [database.write_now(lambda unit: unit.lexicons.begin(draft())) for _ in range(2)]

    assert begun == [True, False]
    assert database.write_now(lambda unit: unit.lexicons.begin(draft("wang")))


def test_of_two_windows_the_slower_one_is_told(database):
    database.write_now(lambda unit: unit.lexicons.begin(draft()))
    later = NOW + timedelta(minutes=1)

    first = database.write_now(lambda unit: unit.lexicons.rewrite("li", 1, "first", later))
    second = database.write_now(lambda unit: unit.lexicons.rewrite("li", 1, "second", later))
    kept = database.read_now(lambda unit: unit.lexicons.draft("li"))

    assert (first, second) == (True, False)
    assert (kept.text, kept.revision, kept.changed_at) == ("first", 2, later)


def test_what_was_tried_counts_only_for_the_text_it_was_tried_with(database):
    database.write_now(lambda unit: unit.lexicons.begin(draft()))
    kept = database.write_now(lambda unit: unit.lexicons.note_trial("li", 1, {"done": 5}))
    tried = database.read_now(lambda unit: unit.lexicons.draft("li")).trial

    database.write_now(lambda unit: unit.lexicons.rewrite("li", 1, "other", NOW))
    late = database.write_now(lambda unit: unit.lexicons.note_trial("li", 1, {"done": 9}))

    assert (kept, tried, late) == (True, {"done": 5}, False)
    assert database.read_now(lambda unit: unit.lexicons.draft("li")).trial == {}


def test_a_discarded_draft_is_gone(database):
    database.write_now(lambda unit: unit.lexicons.begin(draft()))

    database.write_now(lambda unit: unit.lexicons.discard("li"))

    assert database.read_now(lambda unit: unit.lexicons.draft("li")) is None


def test_tickets_with_words_are_given_in_batches_newest_first(database):
    ids = [
        database.write_now(lambda unit, at=at: rows.filed(unit, f"GX20261124-{at:04}", text="x" * (at != 2)))
        for at in range(5)
    ]

    first = database.read_now(lambda unit: [one.id for one in unit.tickets.before(None, 2)])
    rest = database.read_now(lambda unit: [one.id for one in unit.tickets.before(first[-1], 9)])

    assert (first, rest) == ([ids[4], ids[3]], [ids[1], ids[0]])


def test_tickets_are_found_by_their_numbers(database):
    for at in range(3):
        database.write_now(lambda unit, at=at: rows.filed(unit, f"GX20261124-{at:04}"))

    wanted = ["GX20261124-0002", "GX20261124-0000", "GX20261124-0009"]
    found = database.read_now(lambda unit: {one.number for one in unit.tickets.by_numbers(wanted)})

    assert found == {"GX20261124-0000", "GX20261124-0002"}
    assert database.read_now(lambda unit: unit.tickets.by_numbers([])) == []


def test_only_tickets_that_stand_corrected_are_found(database):
    def file(unit):
        rows.filed(unit, "GX20261124-0001", first_category="dust", corrected_at=NOW)
        rows.filed(unit, "GX20261124-0002", first_category="oil_fume", corrected_at=NOW)  # back again
        rows.filed(unit, "GX20261124-0003", first_category="oil_fume")
        rows.filed(unit, "GX20261124-0004", first_category="", corrected_at=NOW)
        rows.filed(unit, "GX20261124-0005", first_category="dust", corrected_at=NOW - timedelta(days=8))

    database.write_now(file)
    found = database.read_now(
        lambda unit: [one.number for one in unit.tickets.corrected_since(NOW - timedelta(days=7), 10)]
    )

    assert found == ["GX20261124-0001"]
