"""Where the analyser's lexicon comes from: what the desk published last, or what ships with the program."""

import structlog

from bot.parts import analyser
from bot.understanding import Loaded
from handlers.rules.zone import Zone
from nlp import Lexicon, LexiconError, load_lexicon
from nlp.sheet import read_sheet
from storage.database import Database

_log = structlog.get_logger(__name__)


class Lexicons:
    """The lexicons of the database, for a node that reads with them."""

    def __init__(self, database: Database, zone: Zone) -> None:
        self._database = database
        self._zone = zone

    async def newest(self) -> int:
        """Return the version that was published last, 0 where none was."""
        return await self._database.read(lambda unit: unit.lexicons.newest())

    def load(self, before: Loaded | None) -> Loaded:
        """Load the newest version that can be used; ``before`` goes on where none newer can.

        For a thread. At the start the packaged lexicon is the last resort. Raises Unavailable.
        """
        newest = self._database.read_now(lambda unit: unit.lexicons.newest())
        if before is not None and newest < before.version:
            before = None  # another database stands in for the one before
        for version in range(newest, before.version if before else 0, -1):
            lexicon = self._usable(version)
            if lexicon is not None:
                return Loaded(analyser(self._zone, lexicon), version, newest)
        if before is not None:
            return Loaded(before.analyser, before.version, newest)
        return Loaded(analyser(self._zone, load_lexicon()), 0, newest)

    def _usable(self, version: int) -> Lexicon | None:
        edition = self._database.read_now(lambda unit: unit.lexicons.edition(version))
        try:
            return read_sheet(edition.text) if edition else None
        except LexiconError as error:
            _log.error("lexicon_unusable", version=version, error=str(error)[:200])
            return None
