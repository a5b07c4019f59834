"""Drafts run over stored tickets beside the service."""

import pytest

from bot.trials import KEPT, Trials, over_tickets
from handlers.lexicon.comparing import BATCH, Tally
from handlers.lexicon.sheets import Sheet
from handlers.rules.zone import Zone
from storage.database import Database
from storage.models import LexiconDraft
from tests.clock import TUESDAY_MORNING as NOW
from tests.clock import HandClock
from tests.contracts import rows
from tests.handlers.residents.world import a_zone
from tests.nlp.small import TEXT, explainer

DRAFTED = TEXT.replace("油烟味]", "油烟味, 灶头]")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let equal lexicons share an explainer between tests."""
    known = {1: explainer(), 2: explainer(DRAFTED)}
    size = len(known[1].lexicon.groups["油烟"])
    monkeypatch.setattr("bot.trials.Explainer", lambda lexicon: known[1 + len(lexicon.groups["油烟"]) - size])


@pytest.fixture
def zone() -> Zone:
    return a_zone()


@pytest.fixture
def trials(database: Database, zone: Zone, clock: HandClock) -> Trials:
    return Trials(database, zone, clock)


def filled(database: Database, tickets: int, text: str = "灶头呛人") -> None:
    def work(unit):
        for serial in range(tickets):
            rows.filed(unit, f"GX20261124-{serial:04}", text=text)

    database.write_now(work)


def begun(database: Database) -> LexiconDraft:
    draft = LexiconDraft(author="li", text=DRAFTED, changed_at=NOW)
    database.write_now(lambda unit: unit.lexicons.begin(draft))
    return kept(database)


def kept(database: Database) -> LexiconDraft:
    found = database.read_now(lambda unit: unit.lexicons.draft("li"))
    assert found is not None
    return found


async def both(trials: Trials) -> tuple[Sheet, Sheet]:
    return await trials.sheet(TEXT), await trials.sheet(DRAFTED)


async def test_a_run_leaves_its_result_with_the_draft(database: Database, trials: Trials) -> None:
    filled(database, BATCH + 20)
    draft = begun(database)

    await trials.begin(draft, 0, *await both(trials))
    started = trials.running(kept(database))
    await trials.finished()

    trial = kept(database).trial
    assert (started, trial["finished"], trial["against"]) == (True, True, 0)
    assert (trial["done"], trial["changed"], trial["counts"]["open"]) == (BATCH + 20,) * 3
    assert not trials.running(kept(database))


async def test_a_run_that_is_stopped_does_not_call_itself_finished(
    sqlite_database: Database, zone: Zone, clock: HandClock
) -> None:
    trials = Trials(sqlite_database, zone, clock)
    filled(sqlite_database, BATCH * 2)
    draft = begun(sqlite_database)

    await trials.begin(draft, 0, *await both(trials))
    await trials.close()

    assert not kept(sqlite_database).trial["finished"]


async def test_a_run_that_fails_says_so_to_the_page(
    sqlite_database: Database, zone: Zone, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = Trials(sqlite_database, zone, clock)
    draft = begun(sqlite_database)

    def broken(*_given):
        raise LookupError

    monkeypatch.setattr("bot.trials.over_tickets", broken)
    await trials.begin(draft, 0, *await both(trials))
    await trials.finished()

    assert kept(sqlite_database).trial == {"failed": True}
    assert not trials.running(kept(sqlite_database))


async def test_a_draft_changed_meanwhile_ends_the_run(
    sqlite_database: Database, zone: Zone, clock: HandClock
) -> None:
    trials = Trials(sqlite_database, zone, clock)
    filled(sqlite_database, 3)
    draft = begun(sqlite_database)
    await sqlite_database.write(lambda unit: unit.lexicons.rewrite("li", draft.revision, TEXT, NOW))

    await trials.begin(draft, 0, *await both(trials))
    await trials.finished()

    assert kept(sqlite_database).trial == {}


async def test_only_a_few_lexicons_are_kept_ready(
    sqlite_database: Database, zone: Zone, clock: HandClock
) -> None:
    trials = Trials(sqlite_database, zone, clock)
    texts = [TEXT.replace('version: "1"', f'version: "{number}"') for number in range(KEPT + 2)]

    sheets = [await trials.sheet(text) for text in texts]

    assert await trials.sheet(texts[-1]) is sheets[-1]
    assert await trials.sheet(texts[0]) is not sheets[0]


def test_no_more_tickets_are_read_than_were_asked_for(sqlite_database: Database) -> None:
    filled(sqlite_database, BATCH + 30)
    heard: list[tuple[int, int]] = []

    def note(tally: Tally, total: int) -> bool:
        heard.append((tally.done, total))
        return True

    tally = over_tickets(sqlite_database, explainer(), explainer(DRAFTED), BATCH + 10, note)

    assert tally.done == BATCH + 10
    assert heard == [(0, BATCH + 10), (BATCH, BATCH + 10)]
