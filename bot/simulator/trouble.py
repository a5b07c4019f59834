"""Switches that make the platform misbehave, to see that nothing is lost."""

import asyncio
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.simulator.errors import PageError


@dataclass(slots=True)
class Trouble:
    """What is wrong at the moment."""

    platform_down: bool = False
    """Every call of the account's client gets HTTP 500."""
    platform_hanging: bool = False
    """Every call waits until the switch is set back."""
    window_closed: bool = False
    """Customer-service messages are refused (45015), whatever the resident did."""
    token_refused: bool = False
    """Every access token is refused (40001), however fresh."""
    template_blocked: bool = False
    """Template messages are taken, but the receipt says that the resident blocked them."""
    repeat_pushes: bool = False
    """Each push comes three times at once, as when the first answer got lost."""


class Switches:
    """The switches and those who wait for one to be set back."""

    def __init__(self) -> None:
        self.trouble = Trouble()
        self._changed = asyncio.Event()

    def set(self, wanted: dict[str, Any]) -> None:
        """Set the named switches; PageError 400 for an unknown name or a value that is no boolean."""
        known = {field.name for field in fields(Trouble)}
        for name, value in wanted.items():
            if name not in known or not isinstance(value, bool):
                raise PageError(400, f"没有这个开关，或取值不是 true/false：{name}")
        for name, value in wanted.items():
            setattr(self.trouble, name, value)
        self._changed.set()
        self._changed = asyncio.Event()

    def view(self) -> dict[str, bool]:
        """Return all switches."""
        return asdict(self.trouble)

    async def while_hanging(self) -> None:
        """Wait for as long as the platform hangs."""
        while self.trouble.platform_hanging:
            await self._changed.wait()

    def release(self) -> None:
        """Let go whoever waits: the server stops."""
        self.set({"platform_hanging": False})
