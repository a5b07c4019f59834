"""The offices' side served over real HTTP, with one officer of each kind."""

import asyncio
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot import api
from bot.album import Album
from bot.api.present import Presenter
from handlers.offices.access import Officer, Role
from handlers.offices.accounts import Accounts
from storage import archive
from storage.database import Database
from storage.models import Attachment
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.clock import HandClock
from tests.handlers.offices.bench import EAST, WEST, Bench

PASSWORD = "correct horse battery"
PEOPLE = {
    "desk": (Role.DISPATCHER, ""),
    "east": (Role.OFFICE, EAST),
    "west": (Role.OFFICE, WEST),
    "builders": (Role.DEPARTMENT, "construction"),
    "leader": (Role.LEADER, ""),
    "admin": (Role.ADMIN, ""),
}


class PlainPasswords:
    """Passwords that are not hashed: argon2 has a test of its own."""

    def hashed(self, password: str) -> str:
        return f"plain:{password}"

    def fits(self, password_hash: str, password: str) -> bool:
        return password_hash == f"plain:{password}"


class House:
    """Collaborators of the offices' side over a database and a folder."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.bench = Bench(database)
        self.database = database
        self.clock = HandClock()
        self.accounts = Accounts(self.bench.zone, PlainPasswords())
        self.archive = archive.opened(folder.as_uri())
        self.album = Album(self.archive)
        self.presenter = Presenter(self.bench.zone, self.bench.calendar)
        self.tokens = database.write_now(self._people)

    def _people(self, unit: Unit) -> dict[str, str]:
        tokens = {}
        for name, (role, office) in PEOPLE.items():
            self.accounts.add(unit, name, role, office, PASSWORD, NOW)
            tokens[name] = self.accounts.issue(unit, name, NOW)
        return tokens

    def officer(self, name: str) -> Officer:
        found = self.database.read_now(lambda unit: self.accounts.bearer(unit, self.tokens[name]))
        assert found is not None
        return found

    def mount_api(self, app: web.Application) -> None:
        api.setup(
            app,
            database=self.database,
            zone=self.bench.zone,
            casework=self.bench.casework,
            accounts=self.accounts,
            album=self.album,
            presenter=self.presenter,
            clock=self.clock,
        )

    async def photo_of(self, number: str, *, state: str = "kept") -> int:
        """Attach a resident's photo and return its id."""
        kept = await self.album.keep(picture())
        row = Attachment(
            ticket_id=self.bench.ticket(number).id,
            kind="photo",
            received_at=NOW,
            state=state,
            digest=kept.digest,
            shown_digest=kept.shown_digest,
        )
        return await self.database.write(lambda unit: unit.attachments.add(row).id) or 0


def picture(side: int = 40) -> bytes:
    """A photo with a place written into it."""
    image = Image.new("RGB", (side, side), "green")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


class Api:
    """A client of the API as one officer or another."""

    def __init__(self, house: House, client: TestClient[web.Request, web.Application]) -> None:
        self.house = house
        self.client = client

    async def get(self, path: str, who: str = "east", **options: Any) -> ClientResponse:
        return await self.client.get(path, headers=self.bearer(who), **options)

    async def post(self, path: str, body: Any, who: str = "east", **options: Any) -> ClientResponse:
        return await self.client.post(path, json=body, headers=self.bearer(who), **options)

    async def act(self, number: str, action: str, who: str = "east", **fields: Any) -> ClientResponse:
        if "version" not in fields:
            fields["version"] = self.house.bench.ticket(number).version
        return await self.post(f"/api/v1/tickets/{number}/{action}", fields, who)

    def bearer(self, who: str) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.house.tokens[who]}"}


async def serve(app: web.Application) -> TestClient[web.Request, web.Application]:
    """Start the application on a port of its own."""
    client = TestClient(TestServer(app, host="127.0.0.1"))
    await client.start_server()
    await asyncio.sleep(0)
    return client
