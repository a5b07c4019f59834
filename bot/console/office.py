"""What the console's pages are made with."""

from dataclasses import dataclass

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDictProxy

from bot.album import Album
from bot.api.present import Presenter
from bot.clock import Clock
from bot.console.sessions import TableSessions
from handlers.offices.access import Officer
from handlers.offices.accounts import Accounts
from handlers.offices.casework import Casework
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import Zone
from storage.database import Database

Form = MultiDictProxy[str | bytes | bytearray | web.FileField]


@dataclass(frozen=True, slots=True)
class Office:
    """The console's collaborators."""

    database: Database
    zone: Zone
    calendar: WorkingCalendar
    casework: Casework
    accounts: Accounts
    album: Album
    presenter: Presenter
    clock: Clock
    sessions: TableSessions


OFFICER = web.RequestKey("officer", Officer)
"""Who is signed in; set for every page but the sign-in page."""
TOKEN = web.RequestKey("token", str)
"""The session's form token."""
FORM = web.RequestKey("form", MultiDictProxy)
"""The form of a POST whose token was right."""


async def posted(request: web.Request, limit_bytes: int) -> Form:
    """Return a request's form. Raises the framework's 413 for more bytes, its 400 for what is no form."""
    try:
        return await request.clone(client_max_size=limit_bytes).post()
    except (ValueError, LookupError, HttpProcessingError) as error:
        raise web.HTTPBadRequest from error


def discard(form: Form) -> None:
    """Close the files that came with a form."""
    for value in form.values():
        if isinstance(value, web.FileField):
            value.file.close()


def see(location: str) -> web.Response:
    """Send the browser to a page, after a form as well as before one."""
    return web.Response(status=303, headers={"Location": location})


def text(form: Form, name: str) -> str:
    """Return a field of a form without blanks around it, "" where it is missing or a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
