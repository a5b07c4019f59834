"""The database as both the service and the command line open it."""

from contextlib import ExitStack

from bot.settings import BadSettings, Settings
from storage.database import Database
from storage.migrate import pending, upgrade

OLD_TABLES = "database.url: its tables are older than this version: run 'python -m bot migrate'"


def ready_database(settings: Settings) -> Database:
    """Open the database and see that it has the tables of this version; an embedded one gets them.

    A server's tables are the operator's to change: nodes of the old version may still be running on them.
    """
    with ExitStack() as stack:
        database = Database(settings.database.url)
        stack.callback(database.close)
        if database.is_sqlite:
            upgrade(database)
        elif pending(database):
            raise BadSettings(OLD_TABLES)
        stack.pop_all()
    return database
