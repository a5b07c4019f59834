"""The resident's side put together from its parts."""

from handlers.cases import Casebook
from handlers.residents.carrying import Carrier
from handlers.residents.dialogue import Dialogue
from handlers.residents.files import Joiner
from handlers.residents.filing import Filing
from handlers.residents.intake import Intake
from handlers.residents.judging import Judge
from handlers.residents.keeping import Keeper
from handlers.residents.progress import Reporter
from handlers.residents.putting_right import Corrector
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.zone import Zone
from handlers.telling import Teller


def intake(zone: Zone, calendar: WorkingCalendar, book: Casebook, teller: Teller) -> Intake:
    """Return the intake of a zone."""
    filing = Filing(zone, calendar, book, teller)
    carrier = Carrier(
        filing=filing,
        joiner=Joiner(zone, book, teller, filing),
        judge=Judge(zone, calendar, book, teller, filing),
        corrector=Corrector(zone, book, teller, filing),
        reporter=Reporter(zone),
    )
    return Intake(zone, Dialogue(zone), Keeper(), carrier)
