"""Every node changes over to what the desk published, and goes on where that cannot be used."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.lexicons import Lexicons
from bot.understanding import Load, Loaded, Understanding
from handlers.rules.zone import Zone
from nlp import Lexicon, load_lexicon
from storage.database import Database
from storage.models import PublishedLexicon
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.residents.world import a_zone
from tests.nlp.small import TEXT


class Echo:
    """An analyser that says which lexicon it was made of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon.groups["油烟"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no real analysers: jieba's dictionary is not what is looked at here."""
    monkeypatch.setattr("bot.lexicons.analyser", lambda _zone, lexicon: Echo(lexicon))


@pytest.fixture
def zone() -> Zone:
    return a_zone()


def _waiting(source: Lexicons, begun: asyncio.Event, going_on: asyncio.Event) -> Load:
    """A load that, for all but the first lexicon, says that it began and waits to go on."""
    loop = asyncio.get_running_loop()

    async def gate() -> None:
        begun.set()
        await going_on.wait()

    def load(before: Loaded | None) -> Loaded:
        if before is not None:
            asyncio.run_coroutine_threadsafe(gate(), loop).result()
        return source.load(before)

    return load


def publish(database: Database, version: int, text: str) -> None:
    row = PublishedLexicon(version=version, text=text, author="li", note="词", published_at=NOW)
    database.write_now(lambda unit: unit.lexicons.publish(row))


def test_at_first_the_packaged_lexicon_is_loaded(database: Database, zone: Zone) -> None:
    loaded = Lexicons(database, zone).load(None)

    assert (loaded.version, loaded.newest) == (0, 0)
    assert loaded.analyser.words == load_lexicon().groups["油烟"]


def test_a_start_loads_the_version_published_last(database: Database, zone: Zone) -> None:
    publish(database, 1, TEXT)
    publish(database, 2, TEXT.replace("油烟味]", "灶头烟]"))

    loaded = Lexicons(database, zone).load(None)

    assert (loaded.version, loaded.analyser.words) == (2, ("油烟", "灶头烟"))


def test_a_start_passes_over_versions_that_cannot_be_used(sqlite_database: Database, zone: Zone) -> None:
    publish(sqlite_database, 1, TEXT)
    publish(sqlite_database, 2, "groups: [")

    with capture_logs() as logs:
        loaded = Lexicons(sqlite_database, zone).load(None)

    assert (loaded.version, loaded.newest) == (1, 2)
    assert [(line["event"], line["version"]) for line in logs] == [("lexicon_unusable", 2)]


def test_where_nothing_published_can_be_used_the_packaged_one_is(
    sqlite_database: Database, zone: Zone
) -> None:
    publish(sqlite_database, 1, "")

    assert Lexicons(sqlite_database, zone).load(None).version == 0


async def test_two_nodes_change_over_without_a_restart(database_url: str, zone: Zone) -> None:
    databases = [Database(database_url) for _ in range(2)]
    sources = [Lexicons(database, zone) for database in databases]
    nodes = [Understanding(source.load, source.newest) for source in sources]
    for node in nodes:
        node.begin()
        await node.close()

    publish(databases[0], 1, TEXT)
    for node in nodes:
        await node.refresh()

    assert [node.version for node in nodes] == [1, 1]
    for database in databases:
        database.close()


async def test_a_broken_lexicon_is_told_once_and_the_one_before_goes_on(
    sqlite_database: Database, zone: Zone
) -> None:
    publish(sqlite_database, 1, TEXT)
    source = Lexicons(sqlite_database, zone)
    node = Understanding(source.load, source.newest)
    node.begin()
    await node.close()
    publish(sqlite_database, 2, "groups: 1")

    with capture_logs() as logs:
        await node.refresh()
        await node.refresh()

    assert (node.version, node.ready) == (1, True)
    assert [line["event"] for line in logs] == ["lexicon_unusable"]


async def test_what_is_published_after_a_broken_one_is_loaded(sqlite_database: Database, zone: Zone) -> None:
    source = Lexicons(sqlite_database, zone)
    node = Understanding(source.load, source.newest)
    node.begin()
    await node.close()
    publish(sqlite_database, 1, "groups: 1")
    await node.refresh()

    publish(sqlite_database, 2, TEXT)
    await node.refresh()

    assert node.version == 2


async def test_while_another_lexicon_loads_the_one_before_answers(
    sqlite_database: Database, zone: Zone
) -> None:
    source, begun, going_on = Lexicons(sqlite_database, zone), asyncio.Event(), asyncio.Event()
    node = Understanding(_waiting(source, begun, going_on), source.newest)
    node.begin()
    await node.close()
    publish(sqlite_database, 1, TEXT)

    changing = asyncio.ensure_future(node.refresh())
    await begun.wait()
    before = (node.version, node.ready)
    going_on.set()
    await changing

    assert (before, node.version) == ((0, True), 1)


async def test_a_loading_that_failed_is_not_refreshed_but_stays_unready(zone: Zone) -> None:
    def broken(_before):
        raise LookupError

    node = Understanding(broken)
    node.begin()
    await node.close()

    assert await node.refresh() == 0
    assert (node.ready, node.version) == (False, 0)


async def test_told_to_stop_it_finishes_the_change_first(sqlite_database: Database, zone: Zone) -> None:
    source, stop = Lexicons(sqlite_database, zone), asyncio.Event()
    begun, going_on = asyncio.Event(), asyncio.Event()
    node = Understanding(_waiting(source, begun, going_on), source.newest)
    node.begin()
    await node.close()
    publish(sqlite_database, 1, TEXT)
    running = asyncio.create_task(node.run(stop))
    await begun.wait()

    stop.set()
    going_on.set()
    await running

    assert node.version == 1


async def test_an_analysis_carries_the_version_that_made_it(
    sqlite_database: Database, zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    publish(sqlite_database, 1, TEXT)
    source = Lexicons(sqlite_database, zone)

    found = await Understanding(source.load, source.newest).analyse("楼下烧烤店油烟大")

    assert (found.lexicon, found.primary) == (1, "oil_fume")
