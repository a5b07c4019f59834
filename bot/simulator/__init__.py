"""Development: a page that looks like a WeChat chat, and the platform behind it."""

from bot.simulator.simulator import Simulator
from bot.simulator.values import (
    SampleOffice,
    SamplePlace,
    SamplePoster,
    SampleTemplate,
    SimulatorSettings,
)

__all__ = ["SampleOffice", "SamplePlace", "SamplePoster", "SampleTemplate", "Simulator", "SimulatorSettings"]
