"""The archive's part of retention: what must not be kept any more leaves it, before its row forgets."""

import asyncio
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.loops import Loop
from storage.archive import Archive
from storage.database import Database
from storage.models import Attachment
from storage.unit import Unit

BATCH = 50
POLL_SECONDS = 3600.0


class ArchiveSweep:
    """Removes files of erased residents, and originals (which hold EXIF) after ``original_days``.

    First the content goes, then the row is changed: a crash between the two repeats what does no harm.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        archive: Archive,
        original_days: int,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._archive = archive
        self._original_life = timedelta(days=original_days)
        self._loop = Loop("archive", self.run_once, poll_seconds)

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep now and then until ``stop`` is set."""
        await self._loop.run(stop)

    async def run_once(self) -> int:
        """Sweep a batch; return how many files it touched."""
        return await self._sweep_unwanted() + await self._sweep_originals()

    async def _sweep_unwanted(self) -> int:
        files = await self._database.read(lambda unit: unit.attachments.unwanted(BATCH))
        for file in files:
            await self._remove(file, file.digest, file.shown_digest)
        ids = [file.id for file in files if file.id is not None]
        if ids:
            await self._database.write(lambda unit: unit.attachments.forget(ids))
        return len(ids)

    async def _sweep_originals(self) -> int:
        before = self._clock.now() - self._original_life
        files = await self._database.read(lambda unit: unit.upkeep.originals_before(before, BATCH))
        for file in files:
            await self._remove(file, file.digest)
            await self._database.write(partial(_point_to_copy, file=file))
        return len(files)

    async def _remove(self, file: Attachment, *digests: str) -> None:
        for digest in filter(None, digests):
            if not await self._database.read(partial(_others_need, digest=digest, file=file)):
                await self._archive.remove(digest)


def _others_need(unit: Unit, digest: str, file: Attachment) -> bool:
    assert file.id is not None
    return unit.upkeep.others_need(digest, file.id)


def _point_to_copy(unit: Unit, file: Attachment) -> None:
    kept = unit.attachments.by_id(file.id or 0)
    if kept is not None and kept.state == "kept":
        kept.digest, kept.content_type = kept.shown_digest, "image/jpeg"
        unit.attachments.save(kept)
