from collections.abc import Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.channels import WeChatClient, WeComRobots
from bot.delivery import Delivery, delivery
from bot.metrics import Metrics
from bot.settings import Delivery as DeliverySettings
from bot.settings import Settings, Wechat, Wecom
from handlers.rules.calendar import WorkingCalendar
from storage.database import Database
from tests.bot.channels.platform import Platform
from tests.bot.delivery.post import Post
from tests.clock import HandClock
from tests.handlers.rules.worlds import zone

TEMPLATES = {"default": "T-default", "accepted": "T-accepted"}
FIELDS = {"default": {"thing2": "note", "character_string1": "number"}}


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
async def server(platform):
    server = TestServer(platform.app())
    await server.start_server(access_log=None)
    yield server
    platform.stuck.set()
    await server.close()


@pytest.fixture
async def session(server):
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def post(database: Database, clock: HandClock) -> Post:
    return Post(database, clock)


@pytest.fixture
def node(server, session, database, clock, metrics) -> Callable[..., Delivery]:
    """Makes the delivery of a node whose platform and robots are on loopback."""

    def make(
        name: str = "node", on: Database | None = None, lease_seconds: int = 60, **wechat: Any
    ) -> Delivery:
        base = str(server.make_url("/"))
        account = {"api_base_url": base, "templates": TEMPLATES, "template_fields": FIELDS} | wechat
        settings = Settings(
            zone=zone(),
            wechat=Wechat(**account),
            wecom=Wecom(base_url=base, robots={"east": "key", "desk": "key2"}),
            delivery=DeliverySettings(poll_seconds=0.02, tries=3, lease_seconds=lease_seconds),
        )
        client = WeChatClient(
            session,
            appid="wxapp",
            secret="s3cret",
            clock=clock,
            base_url=base,
            attempts=1,
            timeout_seconds=5,
            pause=timedelta(milliseconds=1),
        )
        robots = WeComRobots(session, keys={"east": "key", "desk": "key2"}, clock=clock, base_url=base)
        calendar = WorkingCalendar(settings.zone.calendar, settings.zone.timezone)
        return delivery(settings, on or database, clock, calendar, client, robots, name, metrics)

    return make
