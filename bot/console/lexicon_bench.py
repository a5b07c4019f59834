"""What the lexicon's pages work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console.lexicon_view import View
from bot.console.office import OFFICER, Office
from bot.console.rendering import page
from bot.trials import Trials
from handlers.lexicon.workbench import InForce, Workbench, only_desk
from storage.models import LexiconDraft
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Bench:
    """What the lexicon's pages work with."""

    office: Office
    workbench: Workbench
    trials: Trials
    view: View

    async def known(self, request: web.Request) -> tuple[InForce, LexiconDraft | None]:
        """Return what is in force, and the officer's draft. Raises Forbidden for all but the desk."""
        user = request[OFFICER]
        only_desk(user)

        def work(unit: Unit) -> tuple[InForce, LexiconDraft | None]:
            return self.workbench.in_force(unit), self.workbench.draft(unit, user)

        return await self.office.database.read(work)

    def page(
        self, template: str, request: web.Request, context: Mapping[str, Any], status: int = 200
    ) -> web.Response:
        """Return a page of the lexicon; all know the time."""
        now = self.office.calendar.local(self.office.clock.now())
        return page(template, request, {"now": now, **context}, status)


def whole(value: str, otherwise: int) -> int:
    """Return a number that was typed or sent, ``otherwise`` for what is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else otherwise  # noqa: PLR2004 - the column's size
