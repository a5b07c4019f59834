"""What the simulator is told when it is built."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Mode = Literal["plain", "compatible", "safe"]
"""How pushes travel: open XML, open XML with an encrypted copy, encrypted only."""


@dataclass(frozen=True, slots=True)
class SimulatorSettings:
    """The account that is simulated: the same credentials that the real client and callback use."""

    base_url: str | Callable[[], str]
    """Where the application itself answers, or a function that says so once the port is bound."""
    token: str
    appid: str
    secret: str
    encoding_aes_key: str
    """43 characters; "" is allowed in plain mode only."""
    mode: Mode
    account: str = "gh_simulator"
    """The original id (ToUserName of every push)."""
    name: str = "接诉"
    """The account's name as residents see it above the chat."""

    def address(self) -> str:
        """Return the application's own address without a trailing slash."""
        url = self.base_url if isinstance(self.base_url, str) else self.base_url()
        return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """A place that the location picker offers; degrees in GCJ-02, as WeChat's own picker gives them."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class SamplePoster:
    """A poster with a QR code at the gate of an estate."""

    name: str
    scene: str


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """A street office whose console the page offers to open."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SampleTemplate:
    """A template of the account: its title and, in order, each field's key and the label people see."""

    template_id: str
    title: str
    fields: tuple[tuple[str, str], ...] = ()
