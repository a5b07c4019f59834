"""What can go wrong in storage, in words of our own; drivers' errors do not leave this room."""


class StorageError(Exception):
    """Something about the stored data or the database."""


class Stale(StorageError):
    """Somebody else changed the row since it was read."""


class Duplicate(StorageError):
    """A name or number that must be unique is taken; nothing was kept."""


class Inconsistent(StorageError):
    """A row that the tables refuse: a reference to nothing, an unknown state, text that cannot be kept (NUL).

    Nothing was kept. It is a mistake of whoever made the row.
    """


class BadAddress(StorageError, ValueError):
    """An address that names no database which could be opened."""


class Unavailable(StorageError):
    """The database cannot be reached or has no room; nothing was kept of this attempt."""


class Uncertain(Unavailable):
    """The connection broke during the commit itself: the work is kept whole or not at all, and nobody knows.

    Try again only what carries a unique key (the inbox's, a notice's ``dedupe``).
    """


class Damaged(StorageError):
    """A file of the archive is no longer what was put there; its digest is the message."""


class BadMedia(StorageError):
    """Content that is no photo, voice or video of a kind that we take, or is too big; why is the message."""
