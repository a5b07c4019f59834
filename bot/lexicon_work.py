"""What the command line does with the lexicon."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.opening import ready_database
from bot.parts import workbench
from bot.settings import BadSettings, Settings
from bot.trials import over_tickets
from handlers.lexicon.comparing import Outcome, Tally, reading
from handlers.lexicon.misled import misled
from handlers.lexicon.sheets import Sheet, read
from handlers.lexicon.workbench import InForce
from handlers.offices.access import Officer, Role
from handlers.offices.errors import Invalid, Refusal
from handlers.rules.calendar import WorkingCalendar
from nlp.differences import differences
from nlp.explaining import Explainer
from storage.database import Database


class LexiconDesk:
    """The workbench over an open database, answering in lines."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._zone = settings.zone
        self._database = database
        self._workbench = workbench()
        self._calendar = WorkingCalendar(self._zone.calendar, self._zone.timezone)

    def versions(self) -> Iterator[str]:
        """Return the published versions, a line each: version, moment, author, note."""
        for one in self._database.read_now(lambda unit: unit.lexicons.editions()):
            at = self._calendar.local(one.published_at)
            yield f"{one.version}\t{at:%Y-%m-%d %H:%M}\t{one.author}\t{one.note}"
        yield "0\t\t\tthe packaged one"

    def text(self, version: int | None) -> str:
        """Return the text of a version, None for the one in force."""
        return self._version(version).text

    def shown(self, version: int | None) -> Iterator[str]:
        """Return what a version is, and what it changed, in lines."""
        one = self._version(version)
        lexicon = self._sheet(one.text).lexicon
        words = sum(map(len, lexicon.groups.values()))
        yield f"version {one.version}\t{one.author}\t{one.note}"
        yield f"{len(lexicon.categories)} categories, {len(lexicon.groups)} groups, {words} words"
        if one.version:
            edition = self._database.read_now(lambda unit: unit.lexicons.edition(one.version))
            yield from self._changes(self._version(edition.base if edition else 0), one.text)

    def _changes(self, before: InForce, text: str) -> Iterator[str]:
        for one in differences(self._sheet(before.text).lexicon, self._sheet(text).lexicon):
            signs = [f"+{word}" for word in one.added] + [f"-{word}" for word in one.removed]
            yield f"{one.section} {one.name}\t{' '.join(signs)}"

    def tried(self, text: str, draft: Path | None) -> Iterator[str]:
        """Return how a text is read now, and by a draft, in lines."""
        known = self._version(None)
        yield from self._reading(f"version {known.version}", self._sheet(known.text), text)
        if draft is not None:
            yield from self._reading(draft.name, self._file(draft), text)

    def _reading(self, name: str, sheet: Sheet, text: str) -> Iterator[str]:
        explainer = Explainer(sheet.lexicon)
        told, judged = explainer.explain(text), reading(explainer, text)
        asks = "\tasks the resident" if judged.asks else ""
        yield f"{name}\t{self._zone.category_name(judged.category)}\t{told.confidence:.0%}{asks}"
        for pull in told.pulls:
            if pull.code in told.ranked[:3]:
                yield f"\t{self._zone.category_name(pull.code)}\t{pull.weight:+.2f}\t{pull.word}"

    def compared(self, draft: Path, tickets: int, progress: Callable[[int, int], None]) -> Iterator[str]:
        """Return what a draft would make of stored tickets, in lines; ``progress`` hears of every batch."""
        after, before = self._file(draft), self._sheet(self._version(None).text)

        def note(tally: Tally, total: int) -> bool:
            progress(tally.done, total)
            return True

        explainers = Explainer(before.lexicon), Explainer(after.lexicon)
        tally = over_tickets(self._database, *explainers, tickets, note)
        yield f"{tally.done} tickets read, {len(tally.changes)} change"
        yield f"{tally.judged} judged by people: right {tally.right_before} -> {tally.right_after}"
        yield f"resident is asked: {tally.asks_before} -> {tally.asks_after}"
        yield "\t".join(f"{outcome} {tally.count(outcome)}" for outcome in Outcome)
        for one in tally.shown(len(tally.changes)):
            yield f"{one.outcome}\t{one.number}\t{one.before} -> {one.after}\t{one.truth or '?'}"

    def published(self, draft: Path, author: str, note: str) -> int:
        """Put a file in force in the name of an officer of the desk; return its version."""
        sheet, seen, now = self._file(draft), self._version(None).version, SystemClock().now()
        officer = self._officer(author)
        try:
            return self._database.write_now(
                lambda unit: self._workbench.publish(unit, officer, sheet, note, seen, now)
            )
        except Invalid as error:
            raise BadSettings(f"{error.field}: {error}") from error
        except Refusal as error:
            raise BadSettings(str(error)) from error

    def misled(self, days: int) -> Iterator[str]:
        """Return the words that misled within the last days, a line each: times, word, said, right."""
        since = SystemClock().now() - timedelta(days=days)
        for one in self._database.read_now(lambda unit: misled(unit, since)):
            right = ", ".join(f"{self._zone.category_name(code)} {times}" for code, times in one.truths)
            said = self._zone.category_name(one.code)
            numbers = " ".join(ticket.number for ticket in one.tickets)
            yield f"{len(one.tickets)}\t{one.word or '-'}\t{said} -> {right}\t{numbers}"

    def _version(self, version: int | None) -> InForce:
        try:
            return self._database.read_now(
                lambda unit: (
                    self._workbench.in_force(unit)
                    if version is None
                    else self._workbench.version(unit, version)
                )
            )
        except Refusal as error:
            raise BadSettings(f"version: {error}") from error

    def _officer(self, name: str) -> Officer:
        user = self._database.read_now(lambda unit: unit.users.by_name(name))
        if user is None or user.id is None or not user.active:
            raise BadSettings(f"author: there is no user {name}")
        return Officer(user.id, user.name, Role(user.role), user.unit)

    def _file(self, file: Path) -> Sheet:
        try:
            return self._sheet(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettings(f"{file}: cannot be read as UTF-8: {error}") from error

    def _sheet(self, text: str) -> Sheet:
        try:
            return read(self._zone, text)
        except Invalid as error:
            raise BadSettings(str(error)) from error


@contextmanager
def opened(settings: Settings) -> Iterator[LexiconDesk]:
    """Open the database of the settings for the time of a command."""
    database = ready_database(settings)
    try:
        yield LexiconDesk(settings, database)
    finally:
        database.close()
