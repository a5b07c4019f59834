"""Residents' photos, voice notes and videos: fetched at once, before the platform forgets them."""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.channels import ChannelError, Reaction, WeChatClient
from bot.clock import Clock
from bot.fetched import Kept, note_kept, note_try, still_wanted
from bot.loops import Loop
from bot.metrics import Metrics
from bot.pictures import Pictures
from handlers.rules.delivery import Backoff, next_try
from handlers.schedule import LostMedia
from storage import images
from storage.archive import Archive
from storage.database import Database
from storage.errors import BadMedia
from storage.models import Attachment
from storage.unit import Unit

LIFE = timedelta(days=3)
"""After that the platform has dropped what a resident sent (its rule for temporary media)."""
BACKOFF = Backoff(tries=1000, first=timedelta(seconds=15), cap=timedelta(hours=1))
"""Ends by LIFE, not by its tries."""
BATCH = 4
"""Files at once: a photo of the largest kind takes 150 MB while its copy is drawn."""
POLL_SECONDS = 5.0
_FINAL = frozenset({Reaction.OUR_FAULT, Reaction.CONTENT})
_log = structlog.get_logger(__name__)


class MediaFetcher:
    """Fetches what is wanted into the archive. Any number of nodes may; a claim lapses by itself."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wechat: WeChatClient,
        pictures: Pictures,
        archive: Archive,
        lost: LostMedia,
        metrics: Metrics,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wechat = wechat
        self._pictures = pictures
        self._archive = archive
        self._lost = lost
        self._metrics = metrics
        self._loop = Loop("media", self.run_once, poll_seconds)

    def wake(self) -> None:
        """Look at once: a message with media was committed."""
        self._loop.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until ``stop`` is set; what is begun is finished."""
        await self._loop.run(stop)

    async def run_once(self) -> int:
        """Fetch a batch of what is wanted now; return how many files that were."""
        now = self._clock.now()
        taken = await self._database.write(lambda unit: unit.attachments.take_wanted(now, BATCH))
        for error in await asyncio.gather(*map(self._fetch, taken), return_exceptions=True):
            if error is not None:
                raise error
        return len(taken)

    async def _fetch(self, wanted: Attachment) -> None:
        try:
            kept = await self._archived(await self._content(wanted))
        except BadMedia as error:
            await self._give_up(wanted, str(error))
        except ChannelError as error:
            await self._failed(wanted, error)
        else:
            await self._keep(wanted, kept)

    async def _content(self, wanted: Attachment) -> bytes:
        try:
            return (await self._wechat.fetch_media(wanted.media_id)).content
        except ChannelError as error:
            if error.reaction is Reaction.RETRY or not wanted.url:
                raise
            return await self._linked(wanted.url, error)

    async def _linked(self, url: str, why: ChannelError) -> bytes:
        """The link of a photo outlives its media id, and needs no credentials."""
        try:
            return (await self._pictures.fetch(url)).content
        except ChannelError as error:
            # What the operator mends may still be fetched by its id.
            raise error if why.reaction is Reaction.OUR_FAULT else why from error

    async def _archived(self, content: bytes) -> Kept:
        found = await asyncio.to_thread(images.checked, content)
        digest, shown = await self._archive.put(content), ""
        if found.kind == "photo":
            shown = await self._archive.put(await asyncio.to_thread(images.shown, content))
        return Kept(found.kind, found.content_type, len(content), digest, shown)

    async def _keep(self, wanted: Attachment, kept: Kept) -> None:
        if await self._database.write(lambda unit: note_kept(unit, wanted.id, kept)):
            self._metrics.media("kept")
            return
        # Its resident was erased meanwhile: nothing of it may stay.
        for digest in filter(None, (kept.digest, kept.shown)):
            await self._drop(digest)

    async def _drop(self, digest: str) -> None:
        if not await self._database.read(lambda unit: unit.attachments.needed(digest)):
            await self._archive.remove(digest)

    async def _failed(self, wanted: Attachment, error: ChannelError) -> None:
        now = self._clock.now()
        again = next_try(wanted.attempts, now, BACKOFF)
        if error.reaction in _FINAL or again is None or now >= wanted.received_at + LIFE:
            await self._give_up(wanted, f"{error} {error.detail}")
            return
        await self._database.write(lambda unit: note_try(unit, wanted.id, str(error), again))
        self._metrics.media("retry")

    async def _give_up(self, wanted: Attachment, why: str) -> None:
        now = self._clock.now()
        await self._database.write(lambda unit: self._note_lost(unit, wanted.id, why, now))
        _log.warning("media_lost", attachment=wanted.id, why=why)
        self._metrics.media("lost")

    def _note_lost(self, unit: Unit, attachment_id: int | None, why: str, now: datetime) -> None:
        attachment = still_wanted(unit, attachment_id)
        if attachment is not None:
            attachment.state, attachment.next_at, attachment.error = "lost", None, why[:200]
            unit.attachments.save(attachment)
            self._lost(unit, attachment, now)
