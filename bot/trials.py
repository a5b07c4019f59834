"""Lexicons at work: texts explained, and drafts run over stored tickets, beside the service."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from bot.clock import Clock
from handlers.lexicon import sheets
from handlers.lexicon.comparing import BATCH, MOST_TICKETS, Case, Tally, cases, compare, dumped
from handlers.lexicon.sheets import Sheet
from handlers.rules.zone import Zone
from nlp.explaining import Explainer
from storage.database import Database
from storage.models import LexiconDraft
from storage.tickets import TicketFilter

KEPT = 2
"""Lexicons that are kept ready: the one in force and a draft. Each takes some 70 MB."""
SILENT = timedelta(minutes=1)
"""A run that was not heard of for so long has died with its node."""
T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Trials:
    """Reads with lexicons that are not in force (yet)."""

    def __init__(self, database: Database, zone: Zone, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock
        self._sheets: dict[str, Sheet] = {}
        self._explainers: dict[str, Explainer] = {}
        self._one_at_a_time = asyncio.Lock()
        self._runs: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def sheet(self, text: str) -> Sheet:
        """Read a text. Raises Invalid naming "text"."""
        key = _key(text)
        sheet = self._sheets.pop(key, None)
        if sheet is None:
            sheet = await asyncio.to_thread(sheets.read, self._zone, text)
        _keep(self._sheets, key, sheet)
        return sheet

    async def explainer(self, sheet: Sheet) -> Explainer:
        """Return what explains with a sheet's lexicon; made in about a second, then kept."""
        key = _key(sheet.text)
        async with self._one_at_a_time:
            explainer = self._explainers.pop(key, None)
            if explainer is None:
                explainer = await asyncio.to_thread(Explainer, sheet.lexicon)
            _keep(self._explainers, key, explainer)
            return explainer

    async def begin(self, draft: LexiconDraft, against: int, before: Sheet, after: Sheet) -> None:
        """Begin to run a draft over stored tickets; the draft's row tells how far it is.

        ``before`` is the sheet of the version ``against``, ``after`` that of the draft.
        """
        note = self._noting(draft.author, draft.revision, against)
        await asyncio.to_thread(note, Tally(), 0)
        run = asyncio.create_task(self._run(draft.author, draft.revision, note, before, after))
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)

    def running(self, draft: LexiconDraft) -> bool:
        """Whether some node is at work on this draft."""
        told = draft.trial.get("told_at", "")
        alive = bool(told) and self._clock.now() - datetime.fromisoformat(told) < SILENT
        return alive and not draft.trial.get("finished")

    async def close(self) -> None:
        """Let what runs end after its present batch."""
        self._stopping = True
        await self.finished()

    async def finished(self) -> None:
        """Wait until nothing runs any more."""
        await asyncio.gather(*self._runs, return_exceptions=True)

    async def _run(
        self, author: str, revision: int, note: Callable[..., bool], before: Sheet, after: Sheet
    ) -> None:
        try:
            old, new = await self.explainer(before), await self.explainer(after)
            tally = await asyncio.to_thread(over_tickets, self._database, old, new, MOST_TICKETS, note)
            if not self._stopping:
                await asyncio.to_thread(note, tally, tally.done, finished=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page must not wait for ever
            _log.error("lexicon_trial_failed", error=type(error).__name__)
            await self._database.write(
                lambda unit: unit.lexicons.note_trial(author, revision, {"failed": True})
            )

    def _noting(self, author: str, revision: int, against: int) -> Callable[..., bool]:
        def note(tally: Tally, total: int, *, finished: bool = False) -> bool:
            told = {"told_at": self._clock.now().isoformat(), "total": total, "finished": finished}
            told["against"] = against
            trial: dict[str, Any] = {**(dumped(tally) if finished else {"done": tally.done}), **told}
            kept = self._database.write_now(lambda unit: unit.lexicons.note_trial(author, revision, trial))
            return kept and not self._stopping

        return note


def over_tickets(
    database: Database,
    before: Explainer,
    after: Explainer,
    most: int,
    note: Callable[[Tally, int], bool] = lambda _tally, _total: True,
) -> Tally:
    """Run both lexicons over the latest tickets, for a thread or the command line.

    ``note`` hears after every batch how far it is, of how many, and says whether to go on.
    """
    tally, last = Tally(), None
    total = min(most, database.read_now(lambda unit: unit.tickets.count(TicketFilter())))
    while tally.done < most and note(tally, total):
        batch = _batch(database, last, min(BATCH, most - tally.done))
        if not batch:
            break
        compare(before, after, batch, tally)
        last = batch[-1].id
    return tally


def _batch(database: Database, last: int | None, size: int) -> Sequence[Case]:
    return database.read_now(lambda unit: cases(unit, last, size))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _keep(kept: dict[str, T], key: str, value: T) -> None:
    """Keep a value, and no more than KEPT: the one used least lately goes."""
    kept[key] = value
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
