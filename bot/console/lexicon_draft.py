"""An officer's draft of the lexicon: change a word or the text, run it over tickets, publish it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.console.forms import texts
from bot.console.lexicon_bench import Bench, whole
from bot.console.lexicon_drafted import drafted
from bot.console.office import FORM, OFFICER, see, text
from handlers.lexicon.words import Change, How, changed
from handlers.lexicon.workbench import InForce, only_desk
from handlers.offices.errors import Conflict, Invalid, Refusal
from storage.models import LexiconDraft

DRAFT = "/console/lexicon/draft"
_DONE = {
    "begin": "草稿已建好，从现行词库开始改。",
    "word": "已改到草稿里。试跑一下，看对以前的工单有什么影响。",
    "text": "草稿已保存。",
    "compare": "开始试跑，稍等片刻。",
    "discard": "草稿已丢弃。",
    "publish": "已发布，各节点几秒钟内换用。",
}


class DraftPages:
    """The page of the officer's own draft."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._deeds: Mapping[str, Callable[[web.Request], Awaitable[object]]] = {
            "begin": self._begin,
            "word": self._word,
            "text": self._text,
            "compare": self._compare,
            "discard": self._discard,
            "publish": self._publish,
        }

    def routes(self) -> list[web.RouteDef]:
        """Return the pages' addresses."""
        return [web.get("/lexicon/draft", self.show), web.post("/lexicon/draft/{deed}", self.act)]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show the draft, what it changes, and how it did."""
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do something with the draft; where that is not possible show it with the reason."""
        name = request.match_info["deed"]
        only_desk(request[OFFICER])
        if name not in self._deeds:
            raise web.HTTPNotFound
        try:
            await self._deeds[name](request)
        except (Invalid, Conflict) as error:
            return await self._shown(request, name, error)
        anchor = "#trial" if name == "compare" else ""
        return see(f"{DRAFT}?done={name}{anchor}")

    async def _begin(self, request: web.Request) -> None:
        office, user, now = self._bench.office, request[OFFICER], self._bench.office.clock.now()
        await office.database.write(lambda unit: self._bench.workbench.begin(unit, user, now))

    async def _word(self, request: web.Request) -> None:
        form, (_, draft) = request[FORM], await self._mine(request)
        how = text(form, "how")
        if how not in set(How):
            raise Invalid("how", "请选择这个词起什么作用。")
        change = Change(
            text(form, "word"),
            How(how),
            text(form, "category"),
            text(form, "level"),
            text(form, "group"),
        )
        await self._save(request, changed(await self._bench.trials.sheet(draft.text), change))

    async def _text(self, request: web.Request) -> None:
        value = request[FORM].get("text", "")
        await self._save(request, value if isinstance(value, str) else "")

    async def _save(self, request: web.Request, words: str) -> None:
        bench, user, now = self._bench, request[OFFICER], self._bench.office.clock.now()
        sheet, revision = await bench.trials.sheet(words), whole(text(request[FORM], "revision"), 0)
        await bench.office.database.write(lambda unit: bench.workbench.save(unit, user, sheet, revision, now))

    async def _compare(self, request: web.Request) -> None:
        bench, (in_force, draft) = self._bench, await self._mine(request)
        if bench.trials.running(draft):
            return
        before, after = await bench.trials.sheet(in_force.text), await bench.trials.sheet(draft.text)
        await bench.trials.begin(draft, in_force.version, before, after)

    async def _discard(self, request: web.Request) -> None:
        office, user = self._bench.office, request[OFFICER]
        await office.database.write(lambda unit: self._bench.workbench.discard(unit, user))

    async def _publish(self, request: web.Request) -> None:
        bench, form, user = self._bench, request[FORM], request[OFFICER]
        _, draft = await self._mine(request)
        if whole(text(form, "revision"), 0) != draft.revision:
            raise Conflict("草稿已在别的窗口改过，请看最新的草稿再发布。")
        sheet, note, now = await bench.trials.sheet(draft.text), text(form, "note"), bench.office.clock.now()
        seen = whole(text(form, "seen"), -1)
        await bench.office.database.write(
            lambda unit: bench.workbench.publish(unit, user, sheet, note, seen, now)
        )

    async def _mine(self, request: web.Request) -> tuple[InForce, LexiconDraft]:
        in_force, draft = await self._bench.known(request)
        if draft is None:
            raise Conflict("还没有草稿，请先建一份。")
        return in_force, draft

    async def _shown(
        self, request: web.Request, deed: str = "", trouble: Refusal | None = None
    ) -> web.Response:
        in_force, draft = await self._bench.known(request)
        typed = texts(request[FORM]) if trouble is not None else {"word": request.query.get("word", "")}
        context: dict[str, Any] = {
            "known": self._bench.view.known(in_force),
            "done": _DONE.get(request.query.get("done", ""), ""),
            "trouble": str(trouble or ""),
            "wrong": trouble.field if isinstance(trouble, Invalid) else "",
            "deed": deed,
            "typed": typed,
            "draft": None,
            "running": False,
        }
        if draft is not None:
            context |= await drafted(self._bench, in_force, draft)
        status = 200 if trouble is None else 422 if isinstance(trouble, Invalid) else 409
        return self._bench.page("lexicon_draft.html", request, context, status)
