"""The files of the page."""

from importlib.resources import files

from aiohttp import web

from bot.simulator.guard import SECURITY

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


class Assets:
    """Everything in ``static/``, read once."""

    def __init__(self) -> None:
        static = files(__package__) / "static"
        self._files = {one.name: one.read_bytes() for one in static.iterdir() if one.is_file()}

    def response(self, name: str) -> web.Response:
        """Return a file by its name; HTTPNotFound for any other name."""
        body = self._files.get(name)
        kind = _TYPES.get(name[name.rfind(".") :])
        if body is None or kind is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=SECURITY)
