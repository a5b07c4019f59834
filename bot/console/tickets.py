"""A ticket on one screen, and what is done with it there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.api.inputs import BODIES
from bot.api.outputs import Named
from bot.api.present import categories, units
from bot.console.forms import command_of, photos_of, texts
from bot.console.office import FORM, OFFICER, Office, see
from bot.console.rendering import page
from handlers.offices import reading
from handlers.offices.access import Officer, may_see
from handlers.offices.command import Command
from handlers.offices.errors import Conflict, Forbidden, Invalid, Outdated, Refusal
from handlers.rules import legal
from handlers.rules.lifecycle import Action, Status
from handlers.rules.zone import DESK
from storage.errors import Stale
from storage.models import Ticket
from storage.unit import Unit

_STATUSES: Mapping[type[Refusal], int] = {Forbidden: 403, Outdated: 409, Conflict: 409, Invalid: 422}
ORDER = (
    Action.ACCEPT,
    Action.RESUME,
    Action.PROGRESS,
    Action.RESOLVE,
    Action.REASSIGN,
    Action.EXTEND,
    Action.HOLD,
    Action.RETURN,
    Action.MERGE,
    Action.CORRECT,
    Action.CLOSE,
    Action.REOPEN,
    Action.REJECT,
)
"""How actions stand on the page: what is done most often first."""
_FASTER = "已有人先处理，页面已更新。请看最新情况，需要的话再提交一次。"


@dataclass(frozen=True, slots=True)
class Trouble:
    """An action that was not done, and what its form held."""

    action: str
    sentence: str
    wrong: str = ""
    """Name of the field that is wrong."""
    values: Mapping[str, str] = field(default_factory=dict)
    status: int = 422


NO_TROUBLE = Trouble("", "", status=200)


class Tickets:
    """The page of one ticket."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._units = units(office.zone)
        self._categories = {one.code: one for one in categories(office.zone)}

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/tickets/{number}", self.show),
            web.post("/tickets/{number}/{action}", self.act),
            web.get("/photos/{id:[0-9]{1,18}}", self.photo),
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show a ticket."""
        return await self._shown(request, NO_TROUBLE)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do an action; where that is not possible show the ticket as it is now, the form as it was."""
        name, user = request.match_info["action"], request[OFFICER]
        if name not in BODIES:
            raise web.HTTPNotFound
        try:
            ticket = await self._done(request, Action(name))
        except (Forbidden, Conflict, Invalid, Stale) as error:
            return await self._shown(request, _trouble(name, error, texts(request[FORM])))
        if not may_see(user, ticket):
            return see(f"/console/?done={name}")
        return see(f"/console/tickets/{ticket.number}?done={name}")

    async def _done(self, request: web.Request, action: Action) -> Ticket:
        office, user, number = self._office, request[OFFICER], request.match_info["number"]
        command = command_of(action, request[FORM])
        # Nothing is kept of a photo whose ticket is not there for this officer.
        await office.database.read(lambda unit: reading.dossier(unit, user, number))
        photos = await photos_of(request[FORM], office.album)
        full = command_of(action, request[FORM], photos) if photos else command
        return await self._written(user, number, full)

    async def _written(self, user: Officer, number: str, command: Command) -> Ticket:
        office, now = self._office, self._office.clock.now()

        def work(unit: Unit) -> Ticket:
            return office.casework.act(unit, user, number, command, now)

        return await office.database.write(work)

    async def _shown(self, request: web.Request, trouble: Trouble) -> web.Response:
        office, user, number = self._office, request[OFFICER], request.match_info["number"]
        found = await office.database.read(lambda unit: reading.dossier(unit, user, number))
        now = office.clock.now()
        context = {
            "ticket": office.presenter.ticket(found, user, now),
            "neighbours": [office.presenter.summary(other, user, now) for other in found.neighbours],
            "heard": found.ticket.resident_id is not None,
            "first": self._office.zone.category_name(found.ticket.first_category),
            "now": office.calendar.local(now),
            "trouble": trouble,
            "order": _order(found.ticket),
            "done": _done_words(request.query.get("done", ""), found.ticket),
        }
        return page("ticket.html", request, context | self._choices(found.ticket), status=trouble.status)

    def _choices(self, ticket: Ticket) -> dict[str, Any]:
        zone = self._office.zone
        category = zone.category(ticket.category)
        regulators = [
            Named(code=code, name=zone.owner_name(code))
            for code in category.departments.codes
            if code != ticket.owner
        ]
        return {
            "limits": zone.limits,
            "units": [one for one in self._units if one.code != ticket.owner],
            "regulators": regulators,
            "categories": self._categories.values(),
            "category": self._categories.get(ticket.category, self._categories["none"]),
            "basis": legal.basis(category, self._office.calendar.local_date(ticket.created_at)),
            "communities": [(one.name, one.communities) for one in self._units if one.communities],
        }

    async def photo(self, request: web.Request) -> web.StreamResponse:
        """Send what may be shown of a photo, or a recording."""
        office, user, wanted = self._office, request[OFFICER], int(request.match_info["id"])
        row = await office.database.read(lambda unit: reading.attachment(unit, user, wanted))
        shown = await office.album.shown(row)
        if shown is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "private, max-age=3600"}
        return web.Response(body=shown.content, content_type=shown.content_type, headers=headers)


def _order(ticket: Ticket) -> tuple[Action, ...]:
    """What lies with the desk is first of all to be given out."""
    return (
        (Action.REASSIGN, *(one for one in ORDER if one is not Action.REASSIGN))
        if ticket.owner == DESK
        else ORDER
    )


def _trouble(action: str, error: Refusal | Stale, values: dict[str, str]) -> Trouble:
    if isinstance(error, Outdated | Stale):
        return Trouble(action, _FASTER, values=values, status=409)
    named = error.field if isinstance(error, Invalid) else ""
    return Trouble(action, str(error), named, values, _STATUSES[type(error)])


def _done_words(action: str, ticket: Ticket) -> str:
    if action not in set(Action):
        return ""
    status = Status(ticket.status).label
    told = "，居民会收到通知" if ticket.resident_id is not None and action != Action.RETURN else ""
    return f"{Action(action).label}成功，工单现在是“{status}”{told}。"
