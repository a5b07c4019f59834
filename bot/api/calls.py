"""From a request to a checked call: bearer token, query, body."""

import re
from collections.abc import Mapping

from aiohttp import hdrs, web
from pydantic import BaseModel

from bot.api.operations import Call, Operation
from bot.api.problems import Handler, Refused
from bot.clock import Clock
from handlers.offices.access import Officer
from handlers.offices.accounts import Accounts
from storage.database import Database

JSON = "application/json"
BODY_LIMIT_BYTES = 64 * 1024
"""No action needs more; a note has 1000 characters."""
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="jiesu"'}
_TOKEN = re.compile(r"[\w.~+/=-]{1,200}", re.ASCII)


class Caller:
    """Turns operations into request handlers."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock, photo_limit_bytes: int) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._photo_limit_bytes = photo_limit_bytes

    def handler(self, operation: Operation) -> Handler:
        """Return the request handler of an operation."""

        async def handle(request: web.Request) -> web.StreamResponse:
            officer = await self._officer(request)
            query = operation.query.model_validate(_given(request.query)) if operation.query else None
            body = await self._body(request, operation)
            call = Call(officer, self._clock.now(), dict(request.match_info), query, body)
            return _response(await operation.endpoint(call), operation.status)

        return handle

    async def _officer(self, request: web.Request) -> Officer:
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() != "bearer" or not _TOKEN.fullmatch(token.strip()):
            raise Refused(401, "请在 Authorization 里给出 Bearer 令牌。", _CHALLENGE)
        officer = await self._database.read(lambda unit: self._accounts.bearer(unit, token.strip()))
        if officer is None:
            raise Refused(401, "令牌无效或已停用。", _CHALLENGE)
        return officer

    async def _body(self, request: web.Request, operation: Operation) -> BaseModel | bytes | None:
        if operation.uploads:
            if not request.content_type.startswith("image/"):
                raise Refused(415, "请直接上传照片，Content-Type 写 image/jpeg 之类。")
            return await self._content(request, self._photo_limit_bytes)
        if operation.body is None:
            return None
        if request.content_type != JSON:
            raise Refused(415, f"内容要是 {JSON}。")
        return operation.body.model_validate_json(await self._content(request, BODY_LIMIT_BYTES))

    @staticmethod
    async def _content(request: web.Request, limit: int) -> bytes:
        return await request.clone(client_max_size=limit).read()


def _given(query: Mapping[str, str]) -> dict[str, str]:
    """An empty parameter is one that was left out."""
    return {name: value for name, value in query.items() if value}


def _response(found: BaseModel | web.Response, status: int) -> web.Response:
    if isinstance(found, web.Response):
        return found
    headers = {"Cache-Control": "no-store"}
    body = found.model_dump_json().encode()
    return web.Response(body=body, status=status, content_type=JSON, headers=headers)
