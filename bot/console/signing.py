"""Signing in and out."""

import asyncio
import hmac
import re
import secrets

from aiohttp import web
from aiohttp_session import get_session, new_session

from bot.console.guards import SIGN_IN
from bot.console.office import Form, Office, posted, see, text
from bot.console.rendering import page
from bot.console.sessions import PATH, USER, signed_in
from handlers.offices.access import Officer
from handlers.offices.accounts import TOKEN_BYTES, Attempt

DOOR = "jiesu_door"
"""Cookie with the sign-in form's token: before there is a session, form and browser must know the same."""
FORM_LIMIT_BYTES = 16 * 1024
AT_ONCE = 2
"""Passwords checked at once; each takes 64 MiB and a core for a while."""
_TOKEN = re.compile(r"[\w-]{40,60}", re.ASCII)
_INSIDE = re.compile(r"/console/[^\\\s]*")
_EXPIRED = "登录页已过期，请再输入一次。"
_WRONG = "用户名或密码不对。"


class Signing:
    """The sign-in page."""

    def __init__(self, office: Office, *, secure: bool) -> None:
        self._office = office
        self._secure = secure
        self._checking = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/sign-in", self.show),
            web.post("/sign-in", self.sign_in),
            web.post("/sign-out", self.sign_out),
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show the form, or go in where somebody is signed in already."""
        onward = _onward(request.query.get("next", ""))
        if USER in await get_session(request):
            return see(onward)
        return self._form(request, "", onward)

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Check name and password; open a session under a new identity."""
        form = await posted(request, FORM_LIMIT_BYTES)
        onward, name = _onward(text(form, "next")), text(form, "name")[:100]
        if not _from_our_page(request, form):
            return self._form(request, _EXPIRED, onward, name, status=403)
        attempt = await self._begin(name, request)
        if attempt.wait:
            return self._barred(request, attempt, onward, name)
        officer = await self._checked(attempt, _password(form))
        if officer is None:
            return self._form(request, _WRONG, onward, name, status=401)
        signed_in(await new_session(request), officer.id)
        return _leaving(onward)

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """End the session; the guard has checked the form's token."""
        (await get_session(request)).invalidate()
        return see(SIGN_IN)

    async def _begin(self, name: str, request: web.Request) -> Attempt:
        address, now = address_of(request), self._office.clock.now()
        accounts = self._office.accounts
        return await self._office.database.write(lambda unit: accounts.begin(unit, name, address, now))

    async def _checked(self, attempt: Attempt, password: str) -> Officer | None:
        accounts = self._office.accounts
        async with self._checking:
            fits = await asyncio.to_thread(accounts.fits, attempt, password)
        if not fits:
            return None
        return await self._office.database.write(lambda unit: accounts.finish(unit, attempt))

    def _barred(self, request: web.Request, attempt: Attempt, onward: str, name: str) -> web.Response:
        seconds = int(attempt.wait.total_seconds()) + 1
        sentence = f"失败次数过多，请 {seconds} 秒后再试。忘记密码请联系管理员。"
        response = self._form(request, sentence, onward, name, status=429)
        response.headers["Retry-After"] = str(seconds)
        return response

    def _form(
        self, request: web.Request, error: str, onward: str, name: str = "", *, status: int = 200
    ) -> web.Response:
        token = _door(request) or secrets.token_urlsafe(TOKEN_BYTES)
        shown = {"error": error, "next": onward, "name": name, "door": token}
        response = page("sign_in.html", request, shown, status)
        response.set_cookie(DOOR, token, path=PATH, httponly=True, samesite="Strict", secure=self._secure)
        return response


def address_of(request: web.Request) -> str:
    """Return the browser's address; behind a proxy on this machine the last one that the proxy noted."""
    direct = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and direct in {"127.0.0.1", "::1"} else direct


def _door(request: web.Request) -> str:
    known = request.cookies.get(DOOR, "")
    return known if _TOKEN.fullmatch(known) else ""


def _from_our_page(request: web.Request, form: Form) -> bool:
    known = _door(request)
    return bool(known) and hmac.compare_digest(text(form, "door").encode(), known.encode())


def _password(form: Form) -> str:
    value = form.get("password", "")
    return value if isinstance(value, str) else ""


def _onward(wanted: str) -> str:
    """Return where to go after signing in: only ever a page of the console."""
    return wanted if _INSIDE.fullmatch(wanted) and "//" not in wanted else "/console/"


def _leaving(onward: str) -> web.Response:
    response = see(onward)
    response.del_cookie(DOOR, path=PATH)
    return response
