"""Why something could not be sent, in terms of what to do about it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

_RID = re.compile(r"rid: ?([0-9A-Za-z-]{1,64})")
_DETAIL_LIMIT_CHARACTERS = 200


class Reaction(StrEnum):
    """What whoever sends has to do about a failure."""

    RETRY = "retry"
    """The platform or the way to it is busy or down: later, the same again."""
    WINDOW_CLOSED = "window_closed"
    """The 48 hours are over or their messages are used up: another channel."""
    RECIPIENT_GONE = "recipient_gone"
    """The person does not follow, has blocked or refused us: mark, do not retry."""
    OUR_FAULT = "our_fault"
    """The request is wrong and stays wrong: a dead letter."""
    OPERATOR = "operator"
    """A credential, a permission or the network's setting: somebody has to look."""
    QUOTA = "quota"
    """The day's calls are used up: not before tomorrow, and the operator should know."""
    CONTENT = "content"
    """The platform does not let this text pass."""


class ChannelError(Exception):
    """What a channel raises, and nothing else.

    ``code`` is the platform's errcode, None where it was not reached or did not answer sensibly. ``rid`` is
    the platform's own name of the call, to be asked about within 7 days; ``detail`` its errmsg or a short
    word of ours (47003 names the template field). ``retry_after`` is known for rate limits only. The text
    of the error holds code, reaction and rid, so that it may be logged.
    """

    def __init__(
        self,
        code: int | None,
        reaction: Reaction,
        *,
        detail: str = "",
        retry_after: timedelta | None = None,
    ) -> None:
        found = _RID.search(detail)
        self.code = code
        self.reaction = reaction
        self.rid = found.group(1) if found else ""
        self.detail = detail[:_DETAIL_LIMIT_CHARACTERS]
        self.retry_after = retry_after
        super().__init__(" ".join(filter(None, (str(code), reaction, self.rid))))


def failure(answer: Mapping[str, Any], reactions: Mapping[int, Reaction]) -> ChannelError | None:
    """Return the error in a platform's answer, None where errcode is 0 or absent.

    A code that ``reactions`` does not know is our fault: it becomes a visible dead letter.
    """
    code = answer.get("errcode", 0)
    if code == 0:
        return None
    if not isinstance(code, int):
        return unreadable()
    return ChannelError(code, reactions.get(code, Reaction.OUR_FAULT), detail=str(answer.get("errmsg", "")))


def unreadable() -> ChannelError:
    """Return the error for an answer that is not the platform's (a proxy's page, a broken body)."""
    return ChannelError(None, Reaction.RETRY, detail="unreadable answer")
