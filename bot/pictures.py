"""The link that comes with a photo, for when its media id is no good any more."""

from urllib.parse import urlsplit

import aiohttp

from bot.channels import ChannelError, Fetched, Reaction
from bot.channels.transport import Transport

TIMEOUT_SECONDS = 60
LIMIT_BYTES = 20 << 20
_PLATFORM = (".qpic.cn", ".qlogo.cn")
"""Where WeChat keeps pictures that people send."""


class Pictures:
    """Fetches PicUrl links, and only from the platform: a link comes from outside and could point inside."""

    def __init__(self, session: aiohttp.ClientSession, api_base_url: str) -> None:
        self._transport = Transport(session, TIMEOUT_SECONDS)
        self._api = _place(api_base_url)

    async def fetch(self, url: str) -> Fetched:
        """Return what is at the link. ChannelError, OUR_FAULT for a link that is not the platform's."""
        if not self._is_platform(url):
            raise ChannelError(None, Reaction.OUR_FAULT, detail="foreign link")
        return await self._transport.get(url, {}, limit_bytes=LIMIT_BYTES)

    def _is_platform(self, url: str) -> bool:
        try:
            scheme, host, port = _place(url)
        except ValueError:
            return False
        if (scheme, host, port) == self._api:
            return True
        return scheme in {"http", "https"} and port is None and host.endswith(_PLATFORM)


def _place(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
