import asyncio
import io
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.channels import ChannelError, WeChatClient
from bot.media import LIFE, MediaFetcher
from bot.metrics import Metrics
from bot.pictures import Pictures
from bot.sweeping import ArchiveSweep
from handlers.schedule import LostMedia
from storage.archive import opened
from storage.models import Attachment
from tests.bot.channels.platform import Platform
from tests.handlers.schedule.life import Life

GET = "/cgi-bin/media/get"
GONE = {"errcode": 40007, "errmsg": "invalid media_id"}
DAY = timedelta(days=1)
GPS = 34853
"""The EXIF tag of a position."""


def photo() -> bytes:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (26.0, 53.0, 30.0)}
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "JPEG", exif=exif)
    return content.getvalue()


PHOTO = photo()
VOICE = b"#!AMR\n" + b"\x04" * 200


def body(content: bytes, content_type: str):
    return lambda: web.Response(body=content, content_type=content_type)


@pytest.fixture
def life(database) -> Life:
    return Life(database)


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
async def server(platform):
    server = TestServer(platform.app())
    await server.start_server(access_log=None)
    yield server
    await server.close()


@pytest.fixture
async def session(server):
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def archive(tmp_path):
    return opened((tmp_path / "archive").as_uri())


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def fetcher(server, session, database, clock, archive, life, metrics) -> MediaFetcher:
    base = str(server.make_url("/"))
    client = WeChatClient(
        session,
        appid="wxapp",
        secret="s3cret",
        clock=clock,
        base_url=base,
        attempts=1,
        pause=timedelta(milliseconds=1),
    )
    pictures = Pictures(session, base)
    return MediaFetcher(
        database, clock, client, pictures, archive, LostMedia(life.teller), metrics, poll_seconds=0.02
    )


@pytest.fixture
def want(database, now):
    def add(**values) -> int:
        row = {"kind": "photo", "media_id": "m1", "received_at": now, "next_at": now}
        attachment = Attachment(**row | values)
        return database.write_now(lambda unit: unit.attachments.add(attachment).id)

    return add


@pytest.fixture
def file(database):
    return lambda attachment_id: database.read_now(lambda unit: unit.attachments.by_id(attachment_id))


async def test_a_photo_is_kept_as_it_came_and_shown_without_its_position(
    fetcher, platform, want, file, archive
):
    platform.answers(GET, body(PHOTO, "image/jpeg"))
    wanted = want()

    await fetcher.run_once()

    kept = file(wanted)
    assert (kept.state, kept.content_type, kept.size) == ("kept", "image/jpeg", len(PHOTO))
    assert await archive.get(kept.digest) == PHOTO
    shown = Image.open(io.BytesIO(await archive.get(kept.shown_digest)))
    assert not shown.getexif()


async def test_a_voice_note_is_kept(fetcher, platform, want, file):
    platform.answers(GET, body(VOICE, "audio/amr"))
    wanted = want(kind="voice")

    await fetcher.run_once()

    assert (file(wanted).state, file(wanted).content_type) == ("kept", "audio/amr")


async def test_what_it_is_is_told_by_its_bytes(fetcher, platform, want, file):
    platform.answers(GET, body(VOICE, "image/jpeg"))
    wanted = want(kind="photo")

    await fetcher.run_once()

    assert (file(wanted).kind, file(wanted).shown_digest) == ("voice", "")


async def test_what_is_no_photo_at_all_is_lost_and_the_desk_is_told(fetcher, platform, want, file, life, now):
    ticket = life.file(now)
    platform.answers(GET, body(b"<html>", "text/html"))
    wanted = want(ticket_id=ticket)

    await fetcher.run_once()

    assert file(wanted).state == "lost"
    assert [(notice.address, notice.kind) for notice in life.notices(ticket, "console")] == [
        ("desk", "media_lost")
    ]


async def test_when_its_id_is_no_good_the_link_is_tried(fetcher, platform, server, want, file):
    platform.answers(GET, GONE)
    platform.answers("/pic", body(PHOTO, "image/jpeg"))
    wanted = want(url=str(server.make_url("/pic")))

    await fetcher.run_once()

    assert file(wanted).state == "kept"


@pytest.mark.parametrize("code", [40125, 45009])
async def test_a_photo_is_had_by_its_link_while_the_credentials_are_no_good(
    fetcher, platform, server, want, file, code
):
    platform.answers(GET, {"errcode": code, "errmsg": "no"})
    platform.answers("/pic", body(PHOTO, "image/jpeg"))
    wanted, elsewhere = want(url=str(server.make_url("/pic"))), want(url="http://elsewhere.example/pic")

    await fetcher.run_once()

    assert (file(wanted).state, file(elsewhere).state) == ("kept", "wanted")


async def test_what_is_gone_is_lost_at_once(fetcher, platform, want, file, metrics):
    platform.answers(GET, GONE)
    wanted = want()

    await fetcher.run_once()

    assert (file(wanted).state, "40007" in file(wanted).error) == ("lost", True)
    assert 'jiesu_media_total{outcome="lost"} 1.0' in metrics.text().decode()


async def test_a_platform_that_is_down_is_asked_again_later(fetcher, platform, want, file, clock):
    platform.answers(GET, lambda: web.Response(status=503))
    wanted = want()
    await fetcher.run_once()
    first, at_once = file(wanted), await fetcher.run_once()
    platform.answers(GET, body(PHOTO, "image/jpeg"))

    clock.move(timedelta(minutes=1))
    await fetcher.run_once()

    assert (first.state, at_once, file(wanted).state) == ("wanted", 0, "kept")


async def test_after_three_days_it_is_lost_for_good(fetcher, platform, want, file, clock):
    platform.answers(GET, lambda: web.Response(status=503))
    wanted = want()

    clock.move(LIFE)
    await fetcher.run_once()

    assert file(wanted).state == "lost"


async def test_what_was_erased_while_it_was_fetched_leaves_nothing(
    fetcher, platform, want, file, database, archive, tmp_path
):
    wanted = want()

    def erased():
        def step(unit):
            attachment = unit.attachments.by_id(wanted)
            attachment.state, attachment.next_at = "unwanted", None

        database.write_now(step)
        return web.Response(body=PHOTO, content_type="image/jpeg")

    platform.answers(GET, erased)

    await fetcher.run_once()

    assert file(wanted).state == "unwanted"
    assert [path for path in (tmp_path / "archive").rglob("*") if path.is_file()] == []


async def test_it_fetches_when_it_is_woken(fetcher, platform, want, file):
    platform.answers(GET, body(PHOTO, "image/jpeg"))
    stop = asyncio.Event()
    running = asyncio.create_task(fetcher.run(stop))

    wanted = want()
    fetcher.wake()
    async with asyncio.timeout(10):
        while file(wanted).state != "kept":  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)
    stop.set()
    await running

    assert file(wanted).digest


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/pic",
        "http://mmbiz.qpic.cn.evil.example/pic",
        "http://mmbiz.qpic.cn:22/pic",
        "file:///etc/passwd",
        "http://[broken",
        "ftp://mmbiz.qpic.cn/pic",
    ],
)
async def test_a_link_that_is_not_the_platforms_is_not_followed(session, server, platform, url):
    pictures = Pictures(session, str(server.make_url("/")))

    with pytest.raises(ChannelError, match="our_fault"):
        await pictures.fetch(url)

    assert platform.calls == []


class TestSweep:
    @pytest.fixture
    def sweep(self, database, clock, archive) -> ArchiveSweep:
        return ArchiveSweep(database, clock, archive, original_days=365)

    @pytest.fixture
    async def kept(self, fetcher, platform, want, file):
        platform.answers(GET, body(PHOTO, "image/jpeg"))
        wanted = want()
        await fetcher.run_once()
        return file(wanted)

    @staticmethod
    async def has(archive, digest) -> bool:
        try:
            await archive.get(digest)
        except FileNotFoundError:
            return False
        return True

    def unwant(self, database, attachment_id):
        def step(unit):
            unit.attachments.by_id(attachment_id).state = "unwanted"

        database.write_now(step)

    async def test_a_photo_of_somebody_erased_leaves_the_archive(self, sweep, kept, archive, database, file):
        self.unwant(database, kept.id)

        await sweep.run_once()

        assert file(kept.id) is None
        assert not await self.has(archive, kept.digest)
        assert not await self.has(archive, kept.shown_digest)

    async def test_the_same_photo_of_somebody_else_stays(
        self, sweep, kept, fetcher, archive, database, want, file
    ):
        other = want(media_id="m2")
        await fetcher.run_once()
        self.unwant(database, kept.id)

        await sweep.run_once()

        assert await self.has(archive, file(other).digest)

    async def test_after_a_year_only_the_copy_without_exif_is_left(self, sweep, kept, archive, file, clock):
        clock.move(366 * DAY)

        await sweep.run_once()

        left = file(kept.id)
        assert left.digest == left.shown_digest == kept.shown_digest
        assert not await self.has(archive, kept.digest)
        assert await self.has(archive, kept.shown_digest)

    async def test_before_that_the_original_stays(self, sweep, kept, archive, clock):
        clock.move(364 * DAY)

        touched = await sweep.run_once()

        assert touched == 0
        assert await self.has(archive, kept.digest)
