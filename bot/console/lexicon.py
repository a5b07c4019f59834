"""The lexicon's pages for the desk: try a text, see which words misled."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.console.lexicon_bench import Bench, whole
from bot.console.office import FORM, OFFICER, text
from handlers.lexicon.misled import misled
from handlers.lexicon.workbench import InForce, only_desk
from handlers.offices.errors import Invalid

LONGEST_TRY = 4000
"""Characters of a text that is tried; the analyser reads no more."""
WEEKS = (7, 30, 90)
"""Days that may be looked back."""


class LexiconPages:
    """Trying, and words that misled."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/lexicon", self.show),
            web.post("/lexicon", self.try_text),
            web.get("/lexicon/misled", self.misled),
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show the box for a text."""
        in_force, _ = await self._bench.known(request)
        return self._tried(request, in_force, "", ())

    async def try_text(self, request: web.Request) -> web.StreamResponse:
        """Show how a text is read now, and by the officer's draft, with the words that decided."""
        bench, wanted = self._bench, text(request[FORM], "text")[:LONGEST_TRY]
        in_force, draft = await bench.known(request)
        named = [(bench.view.version(in_force.version), in_force.text)]
        if draft is not None and draft.text != in_force.text:
            named.append(("我的草稿", draft.text))
        readings = [await self._reading(name, words, wanted) for name, words in named if wanted]
        return self._tried(request, in_force, wanted, tuple(readings))

    async def _reading(self, name: str, words: str, wanted: str) -> dict[str, Any]:
        bench = self._bench
        try:
            explainer = await bench.trials.explainer(await bench.trials.sheet(words))
        except Invalid as error:
            return {"name": name, "trouble": str(error)}
        return {**bench.view.reading(name, explainer, wanted), "trouble": ""}

    def _tried(
        self, request: web.Request, in_force: InForce, wanted: str, readings: tuple[Any, ...]
    ) -> web.Response:
        context = {"known": self._bench.view.known(in_force), "text": wanted, "readings": readings}
        return self._bench.page("lexicon.html", request, context)

    async def misled(self, request: web.Request) -> web.StreamResponse:
        """Show the words that led to categories which were put right."""
        bench = self._bench
        only_desk(request[OFFICER])
        asked = whole(request.query.get("days", ""), WEEKS[0])
        days = asked if asked in WEEKS else WEEKS[0]
        since = bench.office.clock.now() - timedelta(days=days)
        found = await bench.office.database.read(lambda unit: misled(unit, since))
        context = {"days": days, "choices": WEEKS, "words": [bench.view.misleading(one) for one in found]}
        return bench.page("lexicon_misled.html", request, context)
