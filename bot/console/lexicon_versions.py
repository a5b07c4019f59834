"""The lexicon's versions: what each changed, as a file, and back to it."""

from aiohttp import web

from bot.console.lexicon_bench import Bench, whole
from bot.console.office import FORM, OFFICER, see, text
from handlers.lexicon.workbench import InForce, only_desk
from handlers.offices.errors import Conflict, Invalid
from nlp.differences import differences
from storage.unit import Unit


class VersionPages:
    """The list of versions, and each of them."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [
            web.get("/lexicon/versions", self.versions),
            web.get("/lexicon/versions/{version:[0-9]{1,9}}", self.version),
            web.get("/lexicon/versions/{version:[0-9]{1,9}}/text", self.text),
            web.post("/lexicon/versions/{version:[0-9]{1,9}}/restore", self.restore),
        ]

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
