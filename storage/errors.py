"""What can go wrong in storage, in words of our own; drivers' errors do not leave this room."""


class StorageError(Exception):
    """Something about the stored data or the database."""


class Stale(StorageError):
    """Somebody else changed the row since it was read."""


class Unavailable(StorageError):
    """The database cannot be reached or has no room; nothing was kept of this attempt."""
