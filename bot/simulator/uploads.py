"""Files that come in as multipart bodies, from the page and from the account's client."""

from aiohttp import BodyPartReader, web

from bot.simulator.errors import PlatformError

_CHUNK = 64 << 10


async def uploaded(request: web.Request, name: str, most: int) -> bytes:
    """Return the file of that name; PlatformError 41005 (none) or 40006 (more than ``most`` bytes)."""
    if not request.content_type.startswith("multipart/"):
        raise PlatformError(41005, "media data missing")
    try:
        return await _file(request, name, most)
    except ValueError as error:
        raise PlatformError(41005, "media data missing") from error


async def _file(request: web.Request, name: str, most: int) -> bytes:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == name:
            return await _bytes(part, most)
    raise PlatformError(41005, "media data missing")


async def _bytes(part: BodyPartReader, most: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        data += chunk
        if len(data) > most:
            raise PlatformError(40006, "invalid media size")
    return bytes(data)
