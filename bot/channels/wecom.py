"""Group robots of WeCom (企业微信群机器人, 消息推送): how offices are told in their own chat."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import aiohttp

from bot.channels.errors import ChannelError, Reaction, failure
from bot.channels.limits import fit_text
from bot.channels.transport import Transport
from bot.clock import Clock

API_BASE_URL = "https://qyapi.weixin.qq.com"
MESSAGES_PER_MINUTE = 20
"""A robot's limit, by WeCom's documentation (99110)."""
MARKDOWN_LIMIT_BYTES = 4096
_MINUTE = timedelta(minutes=1)

_TOO_MANY = 45009
_REACTIONS = {
    -1: Reaction.RETRY,
    45009: Reaction.RETRY,
    45033: Reaction.RETRY,
    40001: Reaction.OPERATOR,
    93000: Reaction.OPERATOR,
}
"""45009 is a rate here, not a day's quota; 93000 is a wrong key (unconfirmed)."""


class WeComRobots:
    """The robots of the configured offices, by name; their keys are secrets, since who has one may post."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        keys: Mapping[str, str],
        clock: Clock,
        base_url: str = API_BASE_URL,
        per_minute: int = MESSAGES_PER_MINUTE,
        timeout_seconds: float = 10.0,
    ) -> None:
        self._transport = Transport(session, timeout_seconds)
        self._url = f"{base_url.rstrip('/')}/cgi-bin/webhook/send"
        self._keys = dict(keys)
        self._clock = clock
        self._per_minute = per_minute
        self._sent: dict[str, deque[datetime]] = {name: deque() for name in keys}

    async def send_markdown(self, robot: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Post ``text`` as ``robot``, cut to 4096 bytes, calling on the members in ``mentions`` (user ids).

        ChannelError: RETRY with ``retry_after`` over 20 in a minute, RETRY where WeCom is out of reach,
        OPERATOR for an unknown robot or a bad key. It is not retried here.
        """
        key = self._keys.get(robot)
        if key is None:
            raise ChannelError(None, Reaction.OPERATOR, detail="no such robot")
        self._take(self._sent[robot])
        payload = {"msgtype": "markdown", "markdown": {"content": _content(text, mentions)}}
        answer = await self._transport.post(self._url, payload, {"key": key})
        if error := failure(answer, _REACTIONS):
            raise _with_pause(error)

    def _take(self, sent: deque[datetime]) -> None:
        # A sliding window: a bucket would let up to twice the limit through within one minute.
        now = self._clock.now()
        while sent and now - sent[0] >= _MINUTE:
            sent.popleft()
        if len(sent) >= self._per_minute:
            raise ChannelError(_TOO_MANY, Reaction.RETRY, retry_after=sent[0] + _MINUTE - now)
        sent.append(now)


def _content(text: str, mentions: Sequence[str]) -> str:
    called = "".join(f"<@{member}>" for member in mentions)
    tail = f"\n{called}" if called else ""
    return fit_text(text, MARKDOWN_LIMIT_BYTES - len(tail.encode())) + tail


def _with_pause(error: ChannelError) -> ChannelError:
    if error.code == _TOO_MANY:
        error.retry_after = _MINUTE
    return error
