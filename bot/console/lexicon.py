"""The lexicon's pages for the desk: try a text, look at versions, see which words misled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.console.lexicon_view import View
from bot.console.office import FORM, OFFICER, Office, see, text
from bot.console.rendering import page
from bot.trials import Trials
from handlers.lexicon.misled import misled
from handlers.lexicon.workbench import InForce, Workbench, only_desk
from handlers.offices.errors import Conflict, Invalid
from nlp.differences import differences
from storage.models import LexiconDraft
from storage.unit import Unit

LONGEST_TRY = 4000
"""Characters of a text that is tried; the analyser reads no more."""
WEEKS = (7, 30, 90)
"""Days that may be looked back."""


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


class LexiconPages:
    """Trying, versions, words that misled."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/lexicon", self.show),
            web.post("/lexicon", self.try_text),
            web.get("/lexicon/versions", self.versions),
            web.get("/lexicon/versions/{version:[0-9]{1,9}}", self.version),
            web.get("/lexicon/versions/{version:[0-9]{1,9}}/text", self.text),
            web.post("/lexicon/versions/{version:[0-9]{1,9}}/restore", self.restore),
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

    async def versions(self, request: web.Request) -> web.StreamResponse:
        """Show what was published, by whom and why."""
        bench = self._bench
        only_desk(request[OFFICER])
        editions = await bench.office.database.read(lambda unit: unit.lexicons.editions())
        context = {
            "versions": [bench.view.edition(one) for one in editions],
            "done": request.query.get("done", ""),
        }
        return bench.page("lexicon_versions.html", request, context)

    async def version(self, request: web.Request) -> web.StreamResponse:
        """Show what a version changed."""
        return await self._version(request, "", 200)

    async def _version(self, request: web.Request, trouble: str, status: int) -> web.Response:
        bench, number = self._bench, int(request.match_info["version"])
        in_force, _ = await bench.known(request)

        def work(unit: Unit) -> tuple[InForce, InForce]:
            edition = unit.lexicons.edition(number)
            base = edition.base if edition else in_force.version  # the packaged one came from nothing
            return bench.workbench.version(unit, number), bench.workbench.version(unit, base)

        wanted, base = await bench.office.database.read(work)
        before, after = await bench.trials.sheet(base.text), await bench.trials.sheet(wanted.text)
        context = {
            "wanted": bench.view.known(wanted),
            "base": bench.view.version(base.version),
            "in_force": in_force.version,
            "differences": bench.view.differences(differences(before.lexicon, after.lexicon)),
            "trouble": trouble,
        }
        return bench.page("lexicon_version.html", request, context, status)

    async def text(self, request: web.Request) -> web.StreamResponse:
        """Send a version as a file."""
        bench, number = self._bench, int(request.match_info["version"])
        only_desk(request[OFFICER])
        found = await bench.office.database.read(lambda unit: bench.workbench.version(unit, number))
        headers = {"Content-Disposition": f'attachment; filename="lexicon-{number}.yaml"'}
        return web.Response(text=found.text, content_type="text/plain", charset="utf-8", headers=headers)

    async def restore(self, request: web.Request) -> web.StreamResponse:
        """Put an older version in force again, as a new one."""
        bench, number, user = self._bench, int(request.match_info["version"]), request[OFFICER]
        in_force, _ = await bench.known(request)
        try:
            older = await bench.office.database.read(lambda unit: bench.workbench.version(unit, number))
            sheet, now = await bench.trials.sheet(older.text), bench.office.clock.now()
            note = text(request[FORM], "note") or f"恢复{bench.view.version(number)}"
            seen = whole(text(request[FORM], "seen"), in_force.version)
            published = await bench.office.database.write(
                lambda unit: bench.workbench.publish(unit, user, sheet, note, seen, now)
            )
        except (Conflict, Invalid) as error:
            return await self._version(request, str(error), 409 if isinstance(error, Conflict) else 422)
        return see(f"/console/lexicon/versions?done={published}")

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


def whole(value: str, otherwise: int) -> int:
    """Return a number that was typed or sent, ``otherwise`` for what is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else otherwise  # noqa: PLR2004 - the column's size
