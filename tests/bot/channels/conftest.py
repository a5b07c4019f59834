from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.channels import WeChatClient
from tests.bot.channels.platform import HandClock, Platform


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def platform():
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
def connect(session, server, clock):
    def make(**rest) -> WeChatClient:
        settings = {"timeout_seconds": 5.0, "pause": timedelta(milliseconds=1), **rest}
        return WeChatClient(
            session,
            appid="wxapp",
            secret="s3cret",
            clock=clock,
            base_url=str(server.make_url("/")),
            **settings,
        )

    return make


@pytest.fixture
def client(connect):
    return connect()
