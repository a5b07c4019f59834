import json

from handlers.lexicon.comparing import Case, Outcome, Tally, cases, compare, dumped
from handlers.rules.lifecycle import Action
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import EASTERN, Bench
from tests.nlp.small import TEXT, explainer

AFTER = TEXT.replace("油烟味]", "油烟味, 灶头]").replace("[香烟]", "[香烟, 油烟机]")


def compared(*told, after=AFTER):
    listed = [Case(at, f"GX-{at}", text, truth) for at, (text, truth) in enumerate(told)]
    return compare(explainer(), explainer(after), listed, Tally())


def test_changes_are_weighed_by_what_officers_said():
    found = compared(
        ("灶头呛人", "oil_fume"),  # better
        ("油烟机坏了", "oil_fume"),  # worse
        ("灶头太响", "noise"),  # wrong in both
        ("灶头", ""),  # nobody said
        ("噪音", "noise"),  # unchanged
    )

    assert [change.outcome for change in found.shown()] == [
        Outcome.WORSE,
        Outcome.BETTER,
        Outcome.WRONG,
        Outcome.OPEN,
    ]
    assert (found.done, found.judged, found.right_before, found.right_after) == (5, 4, 2, 2)


def test_equal_lexicons_change_nothing():
    found = compared(("油烟", "oil_fume"), ("吵死人", ""), after=TEXT)

    assert (found.changes, found.right_before) == ([], found.right_after)


def test_no_copy_of_a_resident_s_words_is_kept():
    found = compared(("灶头呛人，电话13812345678", ""))

    assert "灶头" not in json.dumps(dumped(found), ensure_ascii=False)


def test_a_tally_survives_json_and_is_bounded():
    found = compared(*[("灶头", "")] * 300)

    kept = json.loads(json.dumps(dumped(found)))

    assert (kept["changed"], kept["counts"]["open"], len(kept["changes"])) == (300, 300, 200)


def test_corrected_and_settled_tickets_say_what_is_right(sqlite_database):
    bench = Bench(sqlite_database)
    bench.file("GX20261124-0001", text="一")
    bench.file("GX20261124-0002", text="二")
    bench.act(EASTERN, Action.CORRECT, "GX20261124-0002", category="smoke")
    bench.put("resolved", "GX20261124-0003", text="三")
    bench.file("GX20261124-0004", text="")

    found = sqlite_database.read_now(lambda unit: cases(unit, None, 10))

    assert [(case.text, case.truth) for case in found] == [("三", "dust"), ("二", "smoke"), ("一", "")]
    assert bench.ticket("GX20261124-0002").corrected_at == NOW
