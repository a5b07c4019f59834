"""What every request passes on its way in and out: headers, who is signed in, the form's token."""

import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Middleware
from aiohttp_session import get_session

from bot.console.office import FORM, OFFICER, TOKEN, Office, discard, posted, see, text
from bot.console.rendering import page
from bot.console.sessions import CSRF, USER
from handlers.offices.errors import Forbidden, Refusal
from storage.errors import StorageError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

FORM_LIMIT_BYTES = 80 * 1024 * 1024
"""Of a whole form: some photos of a phone at once."""
SIGN_IN = "/console/sign-in"
STATIC = "/console/static/"
_OPEN = (SIGN_IN, STATIC)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_EXPIRED = "页面已过期，请返回刷新后再提交一次。"
_SENTENCES = {
    403: "您没有权限查看这一页。",
    404: "没有这一页，或者不归本单位查看。",
    405: "这一页不能这样打开。",
    413: "上传的内容太大，请少选几张照片，或压缩后再传。",
}


@web.middleware
async def hardened(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send headers that keep browsers from doing what pages do not need; keep pages out of caches."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        _harden(error)
        raise
    if request.path.startswith(STATIC):
        response.headers.setdefault("Cache-Control", "public, max-age=3600")
    _harden(response)
    return response


def _harden(response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")


@web.middleware
async def explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what cannot be done with a page that says so."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        sentence = _SENTENCES.get(error.status, "这个请求看不懂，请返回重试。")
        return page(
            "error.html",
            request,
            {"sentence": sentence, "missing": error.status == HTTPStatus.NOT_FOUND},
            status=error.status,
        )
    except Refusal as error:
        status = 403 if isinstance(error, Forbidden) else 404
        return page(
            "error.html",
            request,
            {"sentence": str(error), "missing": status == HTTPStatus.NOT_FOUND},
            status=status,
        )
    except StorageError:
        sentence = "服务暂时不可用，刚才的操作没有保存，请稍后再试。"
        return page("error.html", request, {"sentence": sentence}, status=503)


def guarded(office: Office) -> Middleware:
    """Return the middleware that lets only the signed in through, and only forms of our own pages."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(_OPEN):
            return await handler(request)
        if not await _recognised(request, office):
            return see(f"{SIGN_IN}{_way_back(request)}")
        if request.method != "POST":
            return await handler(request)
        form = await posted(request, FORM_LIMIT_BYTES)
        if not hmac.compare_digest(text(form, "csrf").encode(), request[TOKEN].encode()):
            discard(form)
            return page("error.html", request, {"sentence": _EXPIRED}, status=403)
        request[FORM] = form
        try:
            return await handler(request)
        finally:
            discard(form)

    return guard


async def _recognised(request: web.Request, office: Office) -> bool:
    session = await get_session(request)
    user_id = session.get(USER)
    if not isinstance(user_id, int):
        return False
    officer = await office.database.read(lambda unit: office.accounts.officer(unit, user_id))
    if officer is None:
        session.invalidate()  # or the sign-in page would send them back here for ever
        return False
    request[OFFICER], request[TOKEN] = officer, session[CSRF]
    return True


def _way_back(request: web.Request) -> str:
    path = request.path_qs
    return f"?next={quote(path)}" if request.method == "GET" and path.rstrip("/") != "/console" else ""
