"""One service for each database and test worker, used by all tests: each brings residents of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgres
from tests.acceptance import configuration, platform
from tests.acceptance.configuration import OFFICE, OTHER_OFFICE
from tests.acceptance.desk import Desk
from tests.acceptance.service import Service, free_port

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on its embedded database, which it makes itself."""
    folder = tmp_path_factory.mktemp("sqlite")
    with _serving(folder, f"sqlite:///{folder / 'jiesu.db'}") as service:
        yield service


@pytest.fixture(scope="session")
def on_postgresql(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: postgres.PostgresServer
) -> Iterator[Service]:
    """The service on a server's database, which the operator migrates first."""
    folder = tmp_path_factory.mktemp("postgresql")
    with (
        postgres.database(postgres_server, f"jiesu_acceptance_{postgres.worker()}") as url,
        _serving(folder, url) as service,
    ):
        yield service


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest) -> Service:
    """The running service, once on each database."""
    found: Service = request.getfixturevalue(f"on_{request.param}")
    return found


@pytest.fixture(scope="session")
def _desks() -> dict[int, Desk]:
    return {}


@pytest.fixture
def desk(service: Service, _desks: dict[int, Desk]) -> Desk:
    """The people who work tickets, with their tokens; made once for each service."""
    if service.port not in _desks:
        _desks[service.port] = Desk(service, _account(service), *(_token(service, *who) for who in _OFFICERS))
    return _desks[service.port]


_OFFICERS = (("shidian", "--role", "office", "--office", OTHER_OFFICE), ("diaodu", "--role", "dispatcher"))


def _account(service: Service) -> str:
    """Add an officer with a password, as an operator does, and return a token of that account."""
    unit = ("--role", "office", "--office", OFFICE)
    added = service.run("user", "add", "huaxing", *unit, "--password-stdin", stdin=PASSWORD)
    assert added.returncode == 0, added.stderr
    service.spoken.add(PASSWORD)
    return _token(service, "huaxing")


def _token(service: Service, *who: str) -> str:
    made = service.run("token", "add", *who)
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    service.spoken.add(token)
    return token


@contextmanager
def _serving(folder: Path, database_url: str) -> Iterator[Service]:
    port = free_port()
    with platform.running() as (state, platform_url):
        variables = configuration.environment(folder, database_url, platform_url, port)
        service = Service(folder, configuration.write(folder), variables, port, state)
        if database_url.startswith("postgresql"):
            migrated = service.run("migrate")
            assert migrated.returncode == 0, migrated.stderr
        try:
            service.start()
            yield service
        finally:
            service.terminate()
            assert service.stopped() == 0, service.log.read_text("utf-8")
