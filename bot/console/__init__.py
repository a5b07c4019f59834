"""The officers' web pages under ``/console/``: plain pages and forms, no script."""

from datetime import timedelta

from aiohttp import web
from aiohttp_session import session_middleware

from bot.album import Album
from bot.api.present import Presenter
from bot.clock import Clock
from bot.console.guards import explained, guarded, hardened
from bot.console.lexicon import LexiconPages
from bot.console.lexicon_bench import Bench
from bot.console.lexicon_draft import DraftPages
from bot.console.lexicon_versions import VersionPages
from bot.console.lexicon_view import View
from bot.console.lists import Lists
from bot.console.office import Office, see
from bot.console.rendering import FOLDER, prepare
from bot.console.sessions import TableSessions, signed_in
from bot.console.signing import Signing
from bot.console.tickets import Tickets
from bot.sections import Console as ConsoleSettings
from bot.trials import Trials
from handlers.lexicon.workbench import Workbench
from handlers.offices.accounts import Accounts
from handlers.offices.casework import Casework
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import Zone
from storage.database import Database

__all__ = ["Console", "setup"]


class Console:
    """The mounted console."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def enter(self, request: web.Request, user_id: int) -> web.Response:
        """Sign a browser in without a password and send it to the console; for the simulator only."""
        session = signed_in(await self._office.sessions.new_session(), user_id)
        response = see("/console/")
        await self._office.sessions.save_session(request, response, session)
        return response


def setup(
    app: web.Application,
    *,
    database: Database,
    zone: Zone,
    calendar: WorkingCalendar,
    casework: Casework,
    accounts: Accounts,
    album: Album,
    presenter: Presenter,
    clock: Clock,
    settings: ConsoleSettings,
    trials: Trials,
    workbench: Workbench,
) -> Console:
    """Mount the console on the application."""
    lifetime = timedelta(hours=settings.session_hours)
    sessions = TableSessions(database, clock, lifetime, secure=settings.cookie_secure)
    office = Office(database, zone, calendar, casework, accounts, album, presenter, clock, sessions)
    console = web.Application(
        middlewares=[hardened, session_middleware(sessions), explained, guarded(office)]
    )
    prepare(console, office)
    bench = Bench(office, workbench, trials, View(zone, calendar))
    signing = Signing(office, secure=settings.cookie_secure)
    lexicon = (LexiconPages(bench), VersionPages(bench), DraftPages(bench))
    for part in (signing, Lists(office), Tickets(office), *lexicon):
        console.add_routes(part.routes())
    console.on_shutdown.append(lambda _: trials.close())
    console.router.add_static("/static/", FOLDER / "static")
    app.router.add_get("/console", _with_slash)
    app.add_subapp("/console/", console)
    return Console(office)


async def _with_slash(_: web.Request) -> web.Response:
    return web.Response(status=308, headers={"Location": "/console/"})
