"""All state of one simulator, in memory: it dies with the process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.simulator.chats import Chats, Entry, Exchanges, Side
from bot.simulator.feed import Feed
from bot.simulator.media import MediaStore
from bot.simulator.menu import Button
from bot.simulator.residents import Resident, Residents
from bot.simulator.samples import PHOTOS
from bot.simulator.scenes import Scenes
from bot.simulator.tokens import Tokens
from bot.simulator.trouble import Switches
from bot.simulator.values import SampleOffice, SamplePlace, SamplePoster, SampleTemplate, SimulatorSettings

EXAMPLES = (
    "富民花苑楼下烧烤店油烟太大，没法开窗",
    "陆家新屋旁边的工地灰尘很大，没有围挡也不洒水",
    "平湖公园的湖水又黑又臭",
)
"""Sentences that an empty chat offers to send."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What the page offers to choose from."""

    places: Sequence[SamplePlace] = ()
    posters: Sequence[SamplePoster] = ()
    offices: Sequence[SampleOffice] = ()
    templates: Sequence[SampleTemplate] = ()
    examples: Sequence[str] = EXAMPLES

    def template(self, template_id: str) -> SampleTemplate | None:
        """Return the template of that id."""
        return next((one for one in self.templates if one.template_id == template_id), None)

    def poster(self, scene: str) -> str:
        """Return the name of the poster with that scene, the scene itself for another."""
        return next((one.name for one in self.posters if one.scene == scene), scene)

    def view(self) -> dict[str, Any]:
        """Return what the page needs of it."""
        return {
            "places": [
                {"name": place.name, "latitude": place.latitude, "longitude": place.longitude}
                for place in self.places
            ],
            "posters": [{"name": poster.name, "scene": poster.scene} for poster in self.posters],
            "offices": [{"code": office.code, "name": office.name} for office in self.offices],
            "photos": list(PHOTOS),
            "examples": list(self.examples),
        }


@dataclass(slots=True)
class World:
    """The platform's memory and the page's."""

    settings: SimulatorSettings
    clock: Clock
    samples: Samples
    feed: Feed = field(default_factory=Feed)
    media: MediaStore = field(default_factory=MediaStore)
    scenes: Scenes = field(default_factory=Scenes)
    switches: Switches = field(default_factory=Switches)
    menu: list[Button] = field(default_factory=list)
    residents: Residents = field(init=False)
    chats: Chats = field(init=False)
    exchanges: Exchanges = field(init=False)
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        """Make what depends on the settings and the feed."""
        self.residents = Residents(self.settings.appid)
        self.tokens = Tokens(self.settings.appid, self.settings.secret)
        self.chats = Chats(self.feed.publish)
        self.exchanges = Exchanges(self.feed.publish)

    def now(self) -> datetime:
        """Return the present moment of the simulated world."""
        return self.clock.now()

    def say(self, resident: Resident, side: Side, kind: str, **content: Any) -> Entry:
        """Put an entry into a resident's chat."""
        return self.chats.add(resident.id, self.now(), side, kind, **content)

    def person(self, resident: Resident) -> dict[str, Any]:
        """Return what the page shows of a resident."""
        return {
            "id": resident.id,
            "name": resident.name,
            "openid": resident.openid,
            "follows": resident.follows,
            "shown": resident.shown,
            "window": resident.window.view(self.now()),
        }

    def changed(self, resident: Resident) -> None:
        """Tell the pages that something about a resident is different."""
        self.feed.publish("resident", self.person(resident))

    def clock_changed(self) -> None:
        """Tell the pages the time, and every allowance, which may have run out meanwhile."""
        self.feed.publish("clock", {"now": self.now().isoformat()})
        for resident in self.residents:
            self.changed(resident)

    def view(self) -> dict[str, Any]:
        """Return everything that a page needs to start."""
        return {
            "account": self.settings.name,
            "mode": self.settings.mode,
            "now": self.now().isoformat(),
            "residents": [self.person(resident) for resident in self.residents],
            "chats": {resident.id: self.chats.of(resident.id) for resident in self.residents},
            "menu": self.menu,
            "trouble": self.switches.view(),
            "exchanges": self.exchanges.all(),
            "samples": self.samples.view(),
        }
