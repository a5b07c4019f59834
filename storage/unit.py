"""What a unit of work has in its hands: every repository over one transaction."""

from sqlmodel import Session

from storage.attachments import Attachments
from storage.clockwork import Jobs, Reminders
from storage.conversations import Conversations
from storage.inbox import Inbox
from storage.messages import Messages
from storage.outbox import Outbox
from storage.people import Users
from storage.residents import Residents
from storage.sessions import Sessions
from storage.tickets import Tickets


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
