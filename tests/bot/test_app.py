"""The service put together, in this process: its pages, its headers, its beginning and its end."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.checking import checked
from bot.opening import ready_database
from bot.serving import serve_until
from bot.settings import BadSettings, Settings, load
from bot.understanding import Loaded, Understanding
from bot.wiring import Service, running
from tests import postgres
from tests.clock import HandClock

Client = TestClient[web.Request, web.Application]


def settings(sqlite_url: str, tmp_path: Path, **variables: str) -> Settings:
    """Return the settings of a service on an empty database."""
    given = {
        "BOT_DATABASE__URL": sqlite_url,
        "BOT_ARCHIVE__URL": (tmp_path / "archive").as_uri(),
        "BOT_WECHAT__TOKEN": "abc",
        "BOT_WECHAT__API_BASE_URL": "http://127.0.0.1:9",
        "BOT_SCHEDULER__ENABLED": "false",
    }
    return load(None, given | variables)


@pytest.fixture
async def service(sqlite_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[Service]:
    """The opened service."""
    async with running(settings(sqlite_url, tmp_path), clock=clock) as opened:
        yield opened


@pytest.fixture
async def client(service: Service) -> AsyncIterator[Client]:
    """A client of its application."""
    async with TestClient(TestServer(service.app)) as made:
        yield made


async def test_it_lives_before_it_is_ready(service: Service, client: Client) -> None:
    alive, before = await client.get("/healthz"), await client.get("/readyz")
    service.understanding.begin()
    await service.understanding.analyse("你好")
    after = await client.get("/readyz")

    assert alive.status == 200
    assert before.status == 503
    assert (await before.json())["checks"] == {"database": True, "understanding": False}
    assert after.status == 200


async def test_it_is_not_ready_without_its_database(service: Service, client: Client) -> None:
    service.database.close()

    answer = await client.get("/readyz")

    assert answer.status == 503
    assert (await answer.json())["checks"]["database"] is False


@pytest.mark.parametrize("path", ["/healthz", "/console/", "/api/v1/tickets", "/nowhere", "/wechat"])
async def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = await client.get(path, allow_redirects=False)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["X-Frame-Options"] == "DENY"


async def test_figures_tell_how_the_outbox_stands(client: Client) -> None:
    answer = await client.get("/metrics")

    assert answer.content_type == "text/plain"
    assert "jiesu_outbox_pending 0.0" in await answer.text()


async def test_figures_are_told_without_the_database(service: Service, client: Client) -> None:
    await asyncio.to_thread(service.database.close)

    answer = await client.get("/metrics")

    assert answer.status == 200
    assert "jiesu_outbox_age_seconds NaN" in await answer.text()


async def test_without_the_simulator_nobody_can_enter_by_it(client: Client) -> None:
    answer = await client.get("/simulator/")

    assert answer.status == 404


async def test_the_simulator_brings_its_own_credentials(sqlite_url: str, tmp_path: Path) -> None:
    playing = settings(sqlite_url, tmp_path, BOT_SIMULATOR__ENABLED="true", BOT_WECHAT__TOKEN="")

    async with running(playing) as opened, TestClient(TestServer(opened.app)) as client:
        answer = await client.get("/simulator/")

    assert answer.status == 200


@pytest.mark.parametrize(
    ("variables", "key"),
    [
        ({"BOT_WECHAT__TOKEN": ""}, "BOT_WECHAT__TOKEN"),
        ({"BOT_WECHAT__ENCODING_AES_KEY": "a" * 43}, "BOT_WECHAT__APPID"),
        ({"BOT_ARCHIVE__URL": "ftp://nobody/x"}, "archive.url"),
        ({"BOT_ARCHIVE__URL": "file:///proc/none"}, "archive.url"),
    ],
)
async def test_what_cannot_work_stops_the_start(
    sqlite_url: str, tmp_path: Path, variables: dict[str, str], key: str
) -> None:
    with pytest.raises(BadSettings, match=key):
        async with running(settings(sqlite_url, tmp_path, **variables)):
            pass


def test_a_servers_tables_are_the_operators_to_change(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, f"jiesu_bare_{postgres.worker()}") as url:
        bare = settings(url, tmp_path)
        with pytest.raises(BadSettings, match="python -m bot migrate"):
            ready_database(bare)


async def test_an_address_that_is_taken_is_told(sqlite_url: str, tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    taken = settings(sqlite_url, tmp_path, BOT_SERVER__PORT=str(port))

    with pytest.raises(BadSettings, match=f"server.port: cannot listen on 127.0.0.1:{port}"):
        await serve_until(taken, ())
    server.close()


async def test_a_signal_ends_it(sqlite_url: str, tmp_path: Path) -> None:
    serving = asyncio.create_task(
        serve_until(settings(sqlite_url, tmp_path, BOT_SERVER__PORT="0"), (signal.SIGUSR1,))
    )
    await asyncio.sleep(0)  # the handler is set before anything is opened

    os.kill(os.getpid(), signal.SIGUSR1)

    await asyncio.wait_for(serving, 30)


async def test_check_tells_what_is_wrong_with_everything(sqlite_url: str, tmp_path: Path) -> None:
    found = await checked(settings(sqlite_url, tmp_path, BOT_WECHAT__SECRET="s" * 32))

    verdicts = {finding.name: finding.verdict for finding in found}
    assert verdicts["configuration"] == verdicts["database"] == verdicts["archive"] == "ok"
    assert verdicts["wechat"] == "bad"
    assert verdicts["wecom.robots.desk"] == "note"


@pytest.mark.parametrize(
    ("variables", "name", "words"),
    [
        ({"BOT_WECHAT__TOKEN": ""}, "wechat", "BOT_WECHAT__TOKEN"),
        ({}, "wechat", "BOT_WECHAT__SECRET"),
        ({"BOT_ARCHIVE__URL": "ftp://nobody/x"}, "archive", ""),
        ({"BOT_DATABASE__URL": "postgresql://u:hidden@127.0.0.1:9/x"}, "database", "cannot be used"),
        ({"BOT_DATABASE__URL": "sqlite://"}, "database", "cannot be used"),
    ],
)
async def test_check_names_what_is_bad(
    sqlite_url: str, tmp_path: Path, variables: dict[str, str], name: str, words: str
) -> None:
    found = await checked(settings(sqlite_url, tmp_path, **variables))

    (bad,) = (finding for finding in found if finding.bad and finding.name == name)
    assert words in bad.told
    assert "hidden" not in bad.told


async def test_understanding_that_cannot_load_is_never_ready() -> None:
    def broken(_before: Loaded | None) -> Loaded:
        raise LookupError("no dictionary")

    understanding = Understanding(broken)

    with pytest.raises(LookupError):
        await understanding.analyse("你好")
    assert not understanding.ready
    await understanding.close()


def test_settings_do_not_show_their_secrets(sqlite_url: str, tmp_path: Path) -> None:
    shown = settings(sqlite_url, tmp_path, BOT_WECHAT__SECRET="hidden-word")

    assert isinstance(shown.wechat.secret, SecretStr)
    assert "hidden-word" not in repr(shown)
