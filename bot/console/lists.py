"""Lists of tickets, messages and dead letters."""

from typing import Any

from aiohttp import web

from bot.api.present import categories
from bot.console.office import OFFICER, Office, see
from bot.console.rendering import page
from bot.console.tabs import PAGE_SIZE, Asked, tabs
from handlers.offices import reading
from storage.tickets import Page
from storage.unit import Unit

_DONE = {"resend": "已重新放入发送队列。", "return": "已退单，调度台会处理。"}


class Lists:
    """The console's lists."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._categories = categories(office.zone)

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/", self.tickets),
            web.get("/messages", self.messages),
            web.get("/letters", self.letters),
            web.post("/letters/{id:[0-9]{1,18}}/resend", self.resend),
        ]

    async def tickets(self, request: web.Request) -> web.StreamResponse:
        """Show the tickets of a tab, the nearest limit first."""
        office, user, now = self._office, request[OFFICER], self._office.clock.now()
        asked, known = Asked.of(request.query, office.zone), tabs(user, now)
        tab = next((one for one in known if one.name == asked.tab), known[0])

        def work(unit: Unit) -> tuple[Page, dict[str, int], int]:
            counts = reading.counted(unit, user, {one.name: one.wanted for one in known})
            dead = reading.dead_count(unit, user)
            return reading.listed(unit, user, asked.narrow(tab.wanted)), counts, dead

        found, counts, dead = await office.database.read(work)
        context = {
            "tabs": known,
            "tab": tab,
            "counts": counts,
            "dead": dead,
            "asked": asked,
            "tickets": [office.presenter.summary(ticket, user, now) for ticket in found.items],
            "total": found.total,
            "pages": max(-(-found.total // PAGE_SIZE), 1),
            "done": _DONE.get(request.query.get("done", ""), ""),
        }
        return page("tickets.html", request, context | self._choices())

    def _choices(self) -> dict[str, Any]:
        zone, clock = self._office.zone, self._office.clock
        now = self._office.calendar.local(clock.now())
        return {"categories": self._categories, "offices": zone.own_offices, "now": now}

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Show what the officer's unit was told."""
        office, user = self._office, request[OFFICER]
        letters = await office.database.read(lambda unit: reading.messages(unit, user))
        notices = [office.presenter.notice(letter) for letter in letters]
        return page(
            "messages.html", request, {"notices": notices, "now": office.calendar.local(office.clock.now())}
        )

    async def letters(self, request: web.Request) -> web.StreamResponse:
        """Show the desk what could not be delivered."""
        office, user = self._office, request[OFFICER]
        letters = await office.database.read(lambda unit: reading.dead_letters(unit, user))
        context = {
            "notices": [office.presenter.notice(letter) for letter in letters],
            "done": _DONE.get(request.query.get("done", ""), ""),
            "now": office.calendar.local(office.clock.now()),
        }
        return page("letters.html", request, context)

    async def resend(self, request: web.Request) -> web.StreamResponse:
        """Send a dead letter again."""
        office, user, now = self._office, request[OFFICER], self._office.clock.now()
        wanted = int(request.match_info["id"])
        await office.database.write(lambda unit: reading.resend(unit, user, wanted, now))
        return see("/console/letters?done=resend")
