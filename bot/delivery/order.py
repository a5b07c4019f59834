"""What is to be sent now, decided and reserved: a value that needs no database any more."""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.templates import Filled

CUSTOMER, TEMPLATE, ROBOT, CONSOLE = "customer", "template", "robot", "console"
"""The ways a notice goes, as they are kept with it."""


@dataclass(frozen=True, slots=True)
class Order:
    """One message. ``claim`` is the name under which its notice is held."""

    notice_id: int
    claim: str
    kind: str
    way: str
    to: str
    """An openid, or the robot's name; never logged."""
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    template: Filled | None = None
    resident_id: int | None = None
    window_until: datetime | None = None
    """The window from which a message was taken, to be given back if it was not sent."""
