"""The use cases over one zone, put together: what the service and the command line both need."""

from dataclasses import dataclass

from bot.passwords import Argon2Passwords
from bot.settings import Settings
from handlers.cases import Casebook
from handlers.gazetteer import entries
from handlers.lexicon.workbench import Workbench
from handlers.offices.accounts import Accounts
from handlers.offices.casework import Casework
from handlers.residents.intake import Intake
from handlers.residents.setting_up import intake
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import Zone
from handlers.telling import Teller
from nlp import Analyser, Gazetteer, Lexicon, load_lexicon
from nlp.lexicon_file import PACKAGED


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that decides, apart from everything that is connected to something."""

    zone: Zone
    calendar: WorkingCalendar
    book: Casebook
    teller: Teller
    intake: Intake
    casework: Casework
    accounts: Accounts
    workbench: Workbench


def parts(settings: Settings) -> Parts:
    """Put the use cases together from the settings."""
    zone = settings.zone
    calendar = WorkingCalendar(zone.calendar, zone.timezone)
    book = Casebook(zone, calendar)
    teller = Teller(zone, calendar, robots=frozenset(settings.wecom.robots))
    return Parts(
        zone=zone,
        calendar=calendar,
        book=book,
        teller=teller,
        intake=intake(zone, calendar, book, teller),
        casework=Casework(zone, calendar, book, teller),
        accounts=Accounts(zone, Argon2Passwords()),
        workbench=workbench(),
    )


def workbench() -> Workbench:
    """Return the workbench over the packaged lexicon."""
    return Workbench(PACKAGED.read_text(encoding="utf-8"))


def analyser(zone: Zone, lexicon: Lexicon | None = None) -> Analyser:
    """Load a lexicon (default: the packaged one) and the zone's names; takes about a second."""
    return Analyser(lexicon or load_lexicon(), Gazetteer(entries(zone)), zone.prefix)
