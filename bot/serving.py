"""The life of the server process: bind, say so, serve, and end without dropping what was begun."""

import asyncio
import signal
from collections.abc import Iterable

import structlog
from aiohttp import web

from bot.channels import ChannelError
from bot.menu import buttons
from bot.settings import BadSettings, Settings
from bot.wiring import Service, running

_log = structlog.get_logger(__name__)


async def serve_until(settings: Settings, signals: Iterable[signal.Signals]) -> None:
    """Serve until one of ``signals`` arrives. Raises BadSettings where the address cannot be had."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    async with running(settings) as service:
        # aiohttp's access log would print the openids that the platform puts into its URLs.
        runner = web.AppRunner(
            service.app, access_log=None, shutdown_timeout=settings.server.shutdown_seconds
        )
        await runner.setup()
        try:
            await _bind(runner, settings)
            service.understanding.begin()  # not before: loading takes what the start needs of the processor
            _announce(settings)
            if settings.simulator.enabled:
                await _show_menu(service)
            await stop.wait()
            _log.info("stopping")
        finally:
            await runner.cleanup()
    _log.info("stopped")


async def _bind(runner: web.AppRunner, settings: Settings) -> None:
    server = settings.server
    try:
        await web.TCPSite(runner, server.host, server.port).start()
    except OSError as error:
        raise BadSettings(f"server.port: cannot listen on {server.host}:{server.port}: {error}") from error


async def _show_menu(service: Service) -> None:
    """Give the simulated account its menu; its credentials are of this run, so nobody else could."""
    try:
        await service.wechat.create_menu(buttons())
    except ChannelError as error:
        _log.warning("menu_not_shown", why=str(error))


def _announce(settings: Settings) -> None:
    base = f"http://{settings.server.host}:{settings.server.port}"
    _log.info("serving", url=base, simulator=settings.simulator.enabled)
    if settings.simulator.enabled:
        print(f"接诉已启动：居民端（模拟微信） {base}/simulator/ ，控制台 {base}/console/", flush=True)  # noqa: T201 - for the person at the terminal
