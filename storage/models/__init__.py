"""The tables. A row is plain data: no relationships, no behaviour, nothing loaded behind one's back.

A JSON column is changed by giving it a new list or dict; a change inside of one is not seen, nor kept.
"""

from storage.models.attachments import Attachment
from storage.models.clockwork import Counter, JobRun, Reminder
from storage.models.columns import Table
from storage.models.lexicons import LexiconDraft, PublishedLexicon
from storage.models.outbox import Notice
from storage.models.people import ApiToken, ConsoleSession, LoginFailure, User
from storage.models.residents import Conversation, InboxEntry, Message, Resident
from storage.models.tickets import HistoryEntry, Ticket

__all__ = [
    "ApiToken",
    "Attachment",
    "ConsoleSession",
    "Conversation",
    "Counter",
    "HistoryEntry",
    "InboxEntry",
    "JobRun",
    "LexiconDraft",
    "LoginFailure",
    "Message",
    "Notice",
    "PublishedLexicon",
    "Reminder",
    "Resident",
    "Table",
    "Ticket",
    "User",
]
