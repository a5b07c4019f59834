"""What a unit of work has in its hands: every repository over one transaction."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlmodel import Session

from storage import retention
from storage.attachments import Attachments
from storage.clockwork import Jobs, Reminders
from storage.conversations import Conversations
from storage.inbox import Inbox
from storage.lexicons import Lexicons
from storage.messages import Messages
from storage.outbox import Outbox
from storage.people import Users
from storage.residents import Residents
from storage.sessions import Sessions
from storage.tickets import Tickets
from storage.upkeep import Upkeep


class Unit:
    """The repositories of one transaction. The database makes and commits it; nobody keeps it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.residents = Residents(session)
        self.inbox = Inbox(session)
        self.messages = Messages(session)
        self.conversations = Conversations(session)
        self.tickets = Tickets(session)
        self.attachments = Attachments(session)
        self.outbox = Outbox(session)
        self.reminders = Reminders(session)
        self.jobs = Jobs(session)
        self.users = Users(session)
        self.sessions = Sessions(session)
        self.lexicons = Lexicons(session)
        self.upkeep = Upkeep(session)

    def attempt(self, work: Callable[[], object]) -> Exception | None:
        """Do a part of the work; return its mistake, of which then nothing is kept, or None.

        For batches in which one bad row must not spoil the others. What may pass when the whole unit is
        tried again (a row changed meanwhile, a lost connection) is raised as ever.
        """
        try:
            with self.session.begin_nested():
                work()
        except (DataError, IntegrityError) as error:
            return error
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a bad row causes is told to the caller
            return error
        return None

    def everything_about(self, resident_id: int) -> dict[str, Any]:
        """Return all that is kept of a resident, as JSON for their eyes (PIPL §45); {} for nobody."""
        return retention.everything_about(self.session, resident_id)
