"""The outbox as a test sees it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.delivery import Delivery
from storage.database import Database
from storage.models import Notice, Resident
from storage.unit import Unit
from tests.clock import HandClock

CUSTOM, TEMPLATE, ROBOT = (
    "/cgi-bin/message/custom/send",
    "/cgi-bin/message/template/send",
    "/cgi-bin/webhook/send",
)
DATA = {"number": "GX-0001", "category": "扬尘", "note": "已受理", "choices": []}


class Post:
    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database = database
        self.clock = clock
        self.serial = 0

    def resident(self, *, left: int = 5, hours: float = 48, **values: Any) -> int:
        """Somebody who wrote just now, so that the window is open."""
        self.serial += 1
        until = self.clock.now() + timedelta(hours=hours)
        person = Resident(
            **{
                "openid": f"openid-{self.serial}",
                "first_seen_at": self.clock.now(),
                "window_until": until,
                "window_left": left,
            }
            | values
        )

        def add(unit: Unit) -> int:
            unit.residents.save(person)
            unit.session.flush()
            assert person.id is not None
            return person.id

        return self.database.write_now(add)

    def tell(self, resident_id: int, text: str = "已受理", lane: str = "ticket:1", **values: Any) -> int:
        return self._add("resident", str(resident_id), text, lane, values)

    def tell_robot(self, name: str, text: str = "新工单", lane: str = "", **values: Any) -> int:
        return self._add("robot", name, text, lane or f"robot:{self.serial}", values)

    def _add(self, channel: str, address: str, text: str, lane: str, values: dict[str, Any]) -> int:
        self.serial += 1
        now = self.clock.now()
        row = {
            "channel": channel,
            "address": address,
            "lane": lane,
            "kind": "progress",
            "text": text,
            "data": DATA,
            "dedupe": f"fact-{self.serial}",
            "created_at": now,
            "next_at": now,
        }
        notice = Notice(**row | values)

        def add(unit: Unit) -> int:
            unit.outbox.add(notice)
            return unit.outbox.told_to(notice.channel, notice.address, 1)[0].id or 0

        return self.database.write_now(add)

    def notice(self, notice_id: int) -> Notice:
        notice = self.database.read_now(lambda unit: unit.outbox.by_id(notice_id))
        assert notice is not None
        return notice

    def person(self, resident_id: int) -> Resident:
        resident = self.database.read_now(lambda unit: unit.residents.by_id(resident_id))
        assert resident is not None
        return resident

    def change(self, resident_id: int, **changes: Any) -> None:
        def step(unit: Unit) -> None:
            resident = unit.residents.by_id(resident_id)
            for name, value in changes.items():
                setattr(resident, name, value)

        self.database.write_now(step)


async def until(happened: Callable[[], bool]) -> None:
    """Wait for what another task does."""
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)


async def emptied(delivery: Delivery) -> int:
    """Deliver until nothing is left to do now; return how many notices were looked at."""
    done = 0
    while taken := await delivery.run_once():
        done += taken
        assert done < 1000, "the same notices come round and round"
    return done
