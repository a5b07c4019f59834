"""The stage: a stand-in account, a clock that stands still, and the simulator, over real HTTP."""

import pytest

from tests.bot.simulator.standin import stage as set_stage


@pytest.fixture
async def stage():
    async with set_stage() as one:
        yield one


@pytest.fixture
async def safe_stage():
    async with set_stage("safe") as one:
        yield one


@pytest.fixture
async def impatient_stage():
    async with set_stage(patience_s=0.05) as one:
        yield one
