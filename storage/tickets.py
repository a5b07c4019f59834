"""Tickets and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, inspect, or_
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, col, select

from storage.errors import Stale
from storage.models import Counter, HistoryEntry, Ticket
from storage.prepared import Prepared, columns

PAGE_SIZE = 50


def _counting(insert: Any) -> Any:
    added = insert(Counter).on_conflict_do_update(
        index_elements=["name"], set_={"value": col(Counter.value) + 1}
    )
    return added.returning(col(Counter.value))


_COUNT = Prepared(_counting, ("name", "value"))
_FILE = Prepared(lambda insert: insert(Ticket).returning(col(Ticket.id)), Ticket.column_names())
_RECORD = Prepared(lambda insert: insert(HistoryEntry), HistoryEntry.column_names())
_ANY = Prepared(
    lambda _: select(Ticket.id).where(col(Ticket.resident_id) == bindparam("whose")).limit(1), ("whose",)
)


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What a list shows; empty fields do not narrow. ``owners``: None is everybody's."""

    statuses: tuple[str, ...] = ()
    owners: tuple[str, ...] | None = None
    office: str = ""
    category: str = ""
    department: str = ""
    """Widens ``owners`` by what this department regulates."""
    ground: str = ""
    """Widens ``owners`` by what lies on this street office's ground."""
    overdue_at: datetime | None = None
    """Only tickets whose running deadline passed before this moment."""
    words: str = ""
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, and how many there are in all."""

    items: Sequence[Ticket]
    total: int
    page: int


class Tickets:
    """Tickets by number, by resident, by office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_serial(self, series: str) -> int:
        """Return the next number of a series, unique whatever node asks."""
        return int(_COUNT.run(self._session, {"name": series, "value": 1})[0][0])

    def add(self, ticket: Ticket) -> Ticket:
        """File a ticket; its id is known at once."""
        ticket.id = _FILE.run(self._session, columns(ticket))[0][0]
        make_transient_to_detached(ticket)
        self._session.add(ticket)  # from here on like one that was read: changes are noticed and kept
        return ticket

    def by_number(self, number: str) -> Ticket | None:
        """Return the ticket with this number."""
        return self._session.exec(select(Ticket).where(Ticket.number == number)).one_or_none()

    def by_numbers(self, numbers: Sequence[str]) -> Sequence[Ticket]:
        """Return the tickets with these numbers, in no order."""
        return self._session.exec(select(Ticket).where(col(Ticket.number).in_(numbers))).all()

    def by_id(self, ticket_id: int) -> Ticket | None:
        """Return the ticket with this id."""
        return self._session.get(Ticket, ticket_id)

    def save(self, ticket: Ticket, seen_version: int | None = None) -> None:
        """Keep a changed ticket. Raises Stale unless it is still at ``seen_version``."""
        if seen_version is not None and ticket.version != seen_version:
            raise Stale(ticket.number)
        self._session.add(ticket)
        self._session.flush()

    def record(self, entry: HistoryEntry) -> None:
        """Append a step; what changes in one appended before is kept, too."""
        if inspect(entry).transient:
            _RECORD.run(self._session, columns(entry))

    def history(self, ticket_id: int) -> Sequence[HistoryEntry]:
        """Return the steps, oldest first."""
        query = select(HistoryEntry).where(HistoryEntry.ticket_id == ticket_id).order_by(col(HistoryEntry.id))
        return self._session.exec(query).all()

    def of_resident(self, resident_id: int, limit: int = 5, statuses: Sequence[str] = ()) -> Sequence[Ticket]:
        """Return a resident's latest tickets, newest first."""
        if not _ANY.run(self._session, {"whose": resident_id}):
            return []  # as with most who write: a look into the index is enough
        query = select(Ticket).where(Ticket.resident_id == resident_id)
        if statuses:
            query = query.where(col(Ticket.status).in_(statuses))
        return self._session.exec(query.order_by(col(Ticket.id).desc()).limit(limit)).all()

    def same_place(self, ticket: Ticket, limit: int = 5) -> Sequence[Ticket]:
        """Return other tickets of the same place, newest first."""
        if not ticket.place_key:
            return []
        query = select(Ticket).where(Ticket.place_key == ticket.place_key, Ticket.id != ticket.id)
        return self._session.exec(query.order_by(col(Ticket.id).desc()).limit(limit)).all()

    def search(self, wanted: TicketFilter) -> Page:
        """Return a page of tickets by deadline, those without one last."""
        conditions = _conditions(wanted)
        total = self.count(wanted)
        query = (
            select(Ticket)
            .where(*conditions)
            .order_by(col(Ticket.due_at).asc().nulls_last(), col(Ticket.id).desc())
            .offset(max(wanted.page - 1, 0) * wanted.size)
            .limit(wanted.size)
        )
        return Page(self._session.exec(query).all(), total, wanted.page)

    def count(self, wanted: TicketFilter) -> int:
        """Return how many tickets a list would show on all its pages."""
        query = select(func.count()).select_from(Ticket).where(*_conditions(wanted))
        return self._session.exec(query).one()

    def before(self, ticket_id: int | None, limit: int) -> Sequence[Ticket]:
        """Return tickets that were filed before one (None: all) and have words, newest first."""
        query = select(Ticket).where(Ticket.text != "")
        if ticket_id is not None:
            query = query.where(col(Ticket.id) < ticket_id)
        return self._session.exec(query.order_by(col(Ticket.id).desc()).limit(limit)).all()

    def corrected_since(self, moment: datetime, limit: int) -> Sequence[Ticket]:
        """Return tickets whose category was put right since ``moment``, the latest correction first."""
        query = select(Ticket).where(
            col(Ticket.corrected_at) >= moment,
            Ticket.first_category != "",
            Ticket.first_category != Ticket.category,
        )
        return self._session.exec(query.order_by(col(Ticket.corrected_at).desc()).limit(limit)).all()

    def merged_into(self, ticket_id: int) -> Sequence[Ticket]:
        """Return the tickets that were merged into this one."""
        return self._session.exec(select(Ticket).where(Ticket.merged_into == ticket_id)).all()

    def overdue(self, now: datetime) -> int:
        """Return how many running deadlines have passed."""
        query = select(func.count()).select_from(Ticket).where(col(Ticket.due_at) < now)
        return self._session.exec(query).one()

    def counts(self, owners: tuple[str, ...] | None) -> dict[str, int]:
        """Return how many tickets stand in each status, of some owners or of all."""
        query = select(Ticket.status, func.count()).group_by(col(Ticket.status))
        if owners is not None:
            query = query.where(col(Ticket.owner).in_(owners))
        return dict(self._session.exec(query).all())


def _conditions(wanted: TicketFilter) -> list[ColumnElement[bool]]:
    found: list[Any] = []
    if wanted.statuses:
        found.append(col(Ticket.status).in_(wanted.statuses))
    if wanted.owners is not None:
        found.append(_visible(wanted))
    for column, value in ((Ticket.office, wanted.office), (Ticket.category, wanted.category)):
        if value:
            found.append(col(column) == value)
    if wanted.overdue_at is not None:
        found.append(col(Ticket.due_at) < wanted.overdue_at)
    if wanted.words:
        found.append(_matches(wanted.words))
    return found


def _visible(wanted: TicketFilter) -> ColumnElement[bool]:
    owned = col(Ticket.owner).in_(wanted.owners or ())
    wider: list[ColumnElement[bool]] = []
    if wanted.department:
        wider += [col(column) == wanted.department for column in (Ticket.industry, Ticket.comprehensive)]
    if wanted.ground:
        wider.append(col(Ticket.office) == wanted.ground)
    return or_(owned, *wider)


def _matches(words: str) -> ColumnElement[bool]:
    searched = (Ticket.number, Ticket.text, Ticket.place)
    # PostgreSQL refuses NUL even in a question.
    return or_(*(col(column).icontains(words.replace("\0", ""), autoescape=True) for column in searched))
