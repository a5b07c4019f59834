"""What goes wrong, as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bot.api.mistakes import is_not_json, mistakes
from bot.api.outputs import Mistake, Problem
from handlers.offices.errors import Conflict, Forbidden, Invalid, Outdated, Refusal, Unknown
from storage.errors import Stale, StorageError, Unavailable

CONTENT_TYPE = "application/problem+json"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TITLES = {
    400: "请求的格式不对",
    401: "需要有效的令牌",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种方法",
    409: "工单现在不能这样办",
    413: "内容过大",
    415: "内容类型不对",
    422: "有内容需要改正",
    503: "服务暂时不可用",
}
_STATUSES: dict[type[Refusal], int] = {
    Unknown: 404,
    Forbidden: 403,
    Outdated: 409,
    Conflict: 409,
    Invalid: 422,
}


class Refused(Exception):
    """A request that ends in this problem."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error below ``/api`` as a problem, the framework's own as well."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return answer(_problem(error.status, TITLES.get(error.status, error.reason)), allow)
    except (Refused, Refusal, ValidationError, StorageError) as error:
        return _told(error)


def _told(error: Refused | Refusal | ValidationError | StorageError) -> web.Response:
    match error:
        case Refused():
            return answer(_problem(error.status, str(error)), error.headers)
        case Refusal():
            return answer(of_refusal(error))
        case ValidationError():
            return answer(of_validation(error))
        case Stale():
            return answer(_problem(409, "已有人先处理，请看更新后的工单再决定。"))
        case Unavailable():
            return answer(_problem(503, "请稍后再试。"), {"Retry-After": "5"})
    raise error


def answer(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    """Return a problem as a response."""
    body = problem.model_dump_json(exclude_none=True).encode()
    return web.Response(body=body, status=problem.status, content_type=CONTENT_TYPE, headers=headers)


def of_refusal(error: Refusal) -> Problem:
    """Return what an officer is told by a use case as a problem."""
    problem = _problem(_STATUSES[type(error)], str(error))
    if isinstance(error, Invalid):
        problem.field = error.field
        problem.errors = [Mistake(field=error.field, message=str(error))]
    if isinstance(error, Outdated):
        problem.version = error.version
    return problem


def of_validation(error: ValidationError) -> Problem:
    """Return what is wrong with a body or a query: 400 where it is not JSON at all, else 422."""
    if is_not_json(error):
        return _problem(400, "内容不是有效的 JSON。")
    wrong = [Mistake(field=field, message=sentence) for field, sentence in mistakes(error)]
    problem = _problem(422, f"{wrong[0].field or '内容'}：{wrong[0].message}")
    problem.field, problem.errors = wrong[0].field, wrong
    return problem


def _problem(status: int, detail: str) -> Problem:
    return Problem(title=TITLES.get(status, HTTPStatus(status).phrase), status=status, detail=detail)
