"""Sessions of signed-in browsers, kept in the database: valid on every node, ended by deleting a row."""

import secrets
from datetime import timedelta

from aiohttp import web
from aiohttp_session import AbstractStorage, Session

from bot.clock import Clock
from handlers.offices.accounts import TOKEN_BYTES, digest
from storage.database import Database

COOKIE = "jiesu_session"
PATH = "/console"
USER, CSRF = "user", "csrf"
"""What a session holds: the user's id, and the token that every form must give back."""


class TableSessions(AbstractStorage):
    """Keeps a session's row under the SHA-256 of its cookie; the cookie itself is kept nowhere."""

    def __init__(self, database: Database, clock: Clock, lifetime: timedelta, *, secure: bool) -> None:
        super().__init__(cookie_name=COOKIE, path=PATH, secure=secure, httponly=True, samesite="Lax")
        self._database = database
        self._clock = clock
        self._lifetime = lifetime

    async def load_session(self, request: web.Request) -> Session:
        """Return the live session of the cookie, or a new one that is kept once something is in it."""
        cookie = self.load_cookie(request)
        if not cookie:
            return await self.new_session()
        key, now = digest(cookie), self._clock.now()
        data = await self._database.read(lambda unit: unit.sessions.load(key, now))
        if not data:
            return await self.new_session()
        return Session(cookie, data={"created": int(now.timestamp()), "session": data}, new=False)

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep a session, or end it where nothing is left in it; whatever the browser had before ends."""
        before = self.load_cookie(request)
        if before and before != session.identity:
            await self._end(before)
        if session.empty:
            if session.identity:
                await self._end(str(session.identity))
            response.del_cookie(COOKIE, path=PATH)
            return
        cookie = str(session.identity or secrets.token_urlsafe(TOKEN_BYTES))
        key, data, until = digest(cookie), dict(session), self._clock.now() + self._lifetime
        await self._database.write(lambda unit: unit.sessions.save(key, data, data.get(USER), until))
        self.save_cookie(response, cookie)

    async def _end(self, cookie: str) -> None:
        key = digest(cookie)
        await self._database.write(lambda unit: unit.sessions.end(key))


def signed_in(session: Session, user_id: int) -> Session:
    """Put an officer into a new session, with a form token of its own."""
    session[USER] = user_id
    session[CSRF] = secrets.token_urlsafe(TOKEN_BYTES)
    return session
