"""What drivers complain of, said in words of our own; and what may be tried again."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from tenacity import RetryCallState, Retrying, stop_after_attempt, wait_random_exponential

from storage.errors import Duplicate, Inconsistent, Stale, Unavailable

T = TypeVar("T")

ATTEMPTS = 4
"""Tries of one unit of work whose rows were changed under it."""

_DEADLOCK, _SERIALIZATION, _UNIQUE = "40P01", "40001", "23505"
_SQLITE_UNIQUE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


def again(attempt: Callable[[], T]) -> T:
    """Try ``attempt`` again where certainly nothing was kept of it and another try may do.

    That is: PostgreSQL broke a deadlock; a row was changed between our reading and writing it; or the
    connection was lost before the commit was asked for (one more try on a new connection).
    """
    try:
        return attempt()  # nearly always that is all, and the machinery below is not for nothing
    except (DBAPIError, StaleDataError) as error:
        failed: list[Exception] = [error]

    def next_one() -> T:
        if failed:
            raise failed.pop()
        return attempt()

    trials = Retrying(
        retry=_passing,
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(0.02, max=0.3),
        reraise=True,
    )
    return trials(next_one)


def lost(error: BaseException | None) -> bool:
    """Whether the connection broke under the work."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def translated(attempt: Callable[[], T]) -> T:
    """Run ``attempt``; raise StorageErrors for what SQLAlchemy and the drivers raise."""
    try:
        return attempt()
    except StaleDataError as error:
        raise Stale(str(error)) from error
    except IntegrityError as error:
        raise (Duplicate if _taken(error) else Inconsistent)(_cause(error)) from error
    except (DataError, UnicodeEncodeError) as error:
        raise Inconsistent(_cause(error)) from error
    except PoolTimeout as error:
        raise Unavailable("no free connection") from error
    except DBAPIError as error:
        if _out_of_reach(error):
            raise Unavailable(_cause(error)) from error
        raise
    except StatementError as error:
        raise Inconsistent(str(error.orig)) from error


def _passing(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    if lost(error):
        return state.attempt_number == 1
    if isinstance(error, DBAPIError):
        return getattr(error.orig, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}
    return isinstance(error, StaleDataError)


def _out_of_reach(error: DBAPIError) -> bool:
    # SQLite's damaged file is a plain DatabaseError; its subclasses, but these, are mistakes of ours.
    reach = isinstance(error, OperationalError | InterfaceError | InternalError)
    return reach or lost(error) or type(error) is DatabaseError


def _taken(error: IntegrityError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state == _UNIQUE or getattr(error.orig, "sqlite_errorname", "") in _SQLITE_UNIQUE


def _cause(error: StatementError | UnicodeEncodeError) -> str:
    """Return the kind of a complaint: its words could hold a resident's."""
    return type(error.orig if isinstance(error, StatementError) else error).__name__
