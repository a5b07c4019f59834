"""The simulator's door to the console: signs a browser in as an office, the desk or a leader."""

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.clock import Clock
from handlers.offices.accounts import Accounts
from handlers.rules.zone import Zone
from storage.database import Database
from storage.unit import Unit

Enter = Callable[[web.Request, int], Awaitable[web.StreamResponse]]
"""Begins a console session of a user: (request, user id)."""
_ROLES = {"office": "office", "desk": "dispatcher", "leader": "leader"}
_NAMES = {"desk": "模拟-调度台", "leader": "模拟-领导"}


class Entrance:
    """Exists only where the simulator is on; its accounts have no password that anybody knows."""

    def __init__(
        self, database: Database, zone: Zone, accounts: Accounts, clock: Clock, enter: Enter
    ) -> None:
        self._database = database
        self._zone = zone
        self._accounts = accounts
        self._clock = clock
        self._enter = enter

    async def __call__(self, request: web.Request, role: str, office: str) -> web.StreamResponse:
        """Sign in as ``role`` (office, desk or leader); ``office`` is a code, "" the first office."""
        if role not in _ROLES:
            raise web.HTTPBadRequest(text="unknown role")
        office = office or self._zone.own_offices[0].code
        if not self._zone.is_ours(office):
            raise web.HTTPBadRequest(text="no such street office of ours")
        user_id = await self._database.write(lambda unit: self._user(unit, role, office))
        return await self._enter(request, user_id)

    def _user(self, unit: Unit, role: str, office: str) -> int:
        name = _NAMES.get(role) or f"模拟-{self._zone.owner_name(office)}"
        found = unit.users.by_name(name)
        if found is None:
            code = office if role == "office" else ""
            password = secrets.token_urlsafe(24)
            found = self._accounts.add(unit, name, _ROLES[role], code, password, self._clock.now())
        assert found.id is not None
        return found.id
