"""Logs: one JSON object a line, without personal data and without secrets."""

import logging
import sys
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from bot.sections import Log

PERSONAL = frozenset(
    {"openid", "text", "content", "phone", "name", "place", "reply", "body", "token", "secret"}
)
"""Keys that never reach a log, whoever passes them by mistake."""
HIDDEN = "[hidden]"
_NOISY = ("aiohttp.access", "apscheduler", "jieba", "alembic", "asyncio")
"""Libraries of which only warnings are of interest; aiohttp's access log would print openids in URLs."""


def configure(settings: Log) -> None:
    """Set up structlog and the standard library's logging alike, to standard error."""
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_persons,
        _without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    _route_library_logs(shared, settings.format, level)


def _route_library_logs(shared: list[Processor], form: str, level: int) -> None:
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        last = structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _without_persons(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Hide the values of keys that may hold a person's data or a secret."""
    return {key: HIDDEN if key in PERSONAL else value for key, value in event.items()}


def _without_messages(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Keep an exception's type only: a database error quotes the values of its statement."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
    return event
