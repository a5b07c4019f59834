"""The service that is measured: a process of its own in safe mode, on either database."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.acceptance import configuration, platform
from tests.acceptance.service import Service, free_port

DATABASES = ("sqlite", "postgresql")


@contextmanager
def prepared(database: str) -> Iterator[Service]:
    """Return a service with an empty database, not yet started; it is killed at the end."""
    with (
        tempfile.TemporaryDirectory() as name,
        _database(database, Path(name)) as url,
        platform.running() as (state, platform_url),
    ):
        folder, port = Path(name), free_port()
        variables = configuration.environment(folder, url, platform_url, port)
        service = Service(folder, configuration.write(folder), variables, port, state)
        if database == "postgresql":
            service.run("migrate")
        try:
            yield service
        finally:
            service.kill()


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used; Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'jiesu.db'}"
        return
    run = f"bench-{secrets.token_hex(4)}"
    with postgres.server(run) as server, postgres.database(server, "jiesu_bench") as url:
        yield url
