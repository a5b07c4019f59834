"""From rows to what the API answers and the console shows."""

from collections.abc import Sequence
from datetime import datetime

from bot.api import outputs
from bot.api.steps import step_details, step_label
from handlers.offices.access import Officer, offered
from handlers.offices.reading import Dossier, Letter
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import Status
from handlers.rules.zone import DESK, Zone
from storage.models import Attachment, HistoryEntry, Ticket

_ACTORS = {"resident": "居民", "clock": "系统定时", "system": "系统"}


class Presenter:
    """Gives codes their names and moments the zone's own offset."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar) -> None:
        self._zone = zone
        self._calendar = calendar

    def summary(self, ticket: Ticket, user: Officer, now: datetime) -> outputs.TicketSummary:
        """Return a ticket as it stands in a list."""
        return outputs.TicketSummary.model_validate(self._common(ticket, user, now))

    def ticket(self, dossier: Dossier, user: Officer, now: datetime) -> outputs.Ticket:
        """Return a ticket with all that belongs to it."""
        row = dossier.ticket
        return outputs.Ticket.model_validate(
            self._common(row, user, now)
            | self._more(row)
            | {
                "merged_into": dossier.merged_into,
                "history": [self._step(entry) for entry in dossier.history],
                "attachments": [self._file(one) for one in dossier.attachments],
                "same_place": [other.number for other in dossier.neighbours],
            }
        )

    def _common(self, row: Ticket, user: Officer, now: datetime) -> dict[str, object]:
        zone = self._zone
        return {
            "number": row.number,
            "status": row.status,
            "status_label": Status(row.status).label,
            "category": row.category,
            "category_name": zone.category_name(row.category),
            "also": [outputs.Named(code=code, name=zone.category_name(code)) for code in row.also],
            "office": self.owner(row.office),
            "owner": self.owner(row.owner),
            "community": outputs.Named(code=row.community, name=zone.community_name(row.community)),
            "overdue": row.due_at is not None and row.due_at < now,
            "actions": offered(user, row, zone.limits.returns),
            **{name: getattr(row, name) for name in _AS_THEY_ARE},
            **{name: self._local(getattr(row, name)) for name in _MOMENTS},
        }

    def _more(self, row: Ticket) -> dict[str, object]:
        words = [
            outputs.Word(word=str(why[0]), category=str(why[1]), weight=float(why[2])) for why in row.why
        ]
        return {
            "why": words,
            "industry": self.owner(row.industry),
            "comprehensive": self.owner(row.comprehensive),
            "outcomes": self._measures(row),
            **{name: getattr(row, name) for name in _MORE_AS_THEY_ARE},
            **{name: self._local(getattr(row, name)) for name in _MORE_MOMENTS},
        }

    def owner(self, code: str) -> outputs.Named:
        """Return an office, a department or the desk with its name."""
        return outputs.Named(code=code, name=self._zone.owner_name(code) if code else "")

    def _measures(self, row: Ticket) -> list[outputs.Measure]:
        category = self._zone.category(row.category)
        found = []
        for code, amount in row.outcomes:
            known = category.outcome(code)
            label, unit = (known.label, known.unit) if known else (code, "")
            found.append(outputs.Measure(code=code, label=label, amount=amount, unit=unit))
        return found

    def _step(self, entry: HistoryEntry) -> outputs.Step:
        return outputs.Step(
            at=self._calendar.local(entry.at),
            action=entry.action,
            action_label=step_label(entry.action),
            actor_kind=entry.actor_kind,
            by=entry.actor or _ACTORS.get(entry.actor_kind, entry.actor_kind),
            from_status=entry.from_status,
            to_status=entry.to_status,
            public_note=entry.public_note,
            internal_note=entry.internal_note,
            details=step_details(entry.action, entry.data, self._zone, self._calendar),
        )

    def _file(self, row: Attachment) -> outputs.File:
        values = {name: getattr(row, name) for name in _FILE_AS_IT_IS}
        return outputs.File(
            **values,
            received_at=self._calendar.local(row.received_at),
            url=f"/api/v1/attachments/{row.id}",
        )

    def notice(self, letter: Letter) -> outputs.Notice:
        """Return a notice without whom it goes to."""
        row = letter.notice
        values = {name: getattr(row, name) for name in _NOTICE_AS_IT_IS}
        return outputs.Notice(**values, ticket=letter.number, created_at=self._calendar.local(row.created_at))

    def me(self, user: Officer) -> outputs.Me:
        """Return who is signed in; the desk's people belong to the desk."""
        unit = self.owner(DESK if user.is_desk else user.unit)
        return outputs.Me(name=user.name, role=user.role, role_label=user.role.label, unit=unit)

    def _local(self, moment: datetime | None) -> datetime | None:
        return self._calendar.local(moment) if moment else None


def units(zone: Zone) -> Sequence[outputs.Unit]:
    """Return everybody who may own a ticket: the desk, our street offices, the departments."""
    desk = outputs.Unit(code=DESK, name=zone.desk.name, kind="desk", communities=[])
    offices = [
        outputs.Unit(
            code=office.code,
            name=office.name,
            kind="office",
            communities=[
                outputs.Named(code=code, name=community.name)
                for code, community in office.communities.items()
            ],
        )
        for office in zone.own_offices
    ]
    departments = [
        outputs.Unit(code=code, name=department.name, kind="department", communities=[])
        for code, department in zone.departments.items()
    ]
    return [desk, *offices, *departments]


def categories(zone: Zone) -> Sequence[outputs.Category]:
    """Return every category with what an officer must know of it."""
    return [
        outputs.Category(
            code=code,
            name=category.name,
            industry=_department(zone, category.departments.industry),
            comprehensive=_department(zone, category.departments.comprehensive),
            sign_for_hours=category.limits.sign_for_hours,
            resolve_days=category.limits.resolve_days,
            after_photo=category.after_photo,
            outcomes=[outputs.OutcomeChoice.model_validate(one.model_dump()) for one in category.outcomes],
            checklist=list(category.checklist),
        )
        for code, category in zone.categories.items()
    ]


def _department(zone: Zone, code: str) -> outputs.Named:
    return outputs.Named(code=code, name=zone.owner_name(code))


_AS_THEY_ARE = (
    "place",
    "text",
    "urgency",
    "flags",
    "accused",
    "version",
    "rating",
    "reopened",
    "urged",
)
_MOMENTS = ("created_at", "sign_for_at", "due_at", "promised_at")
_MORE_AS_THEY_ARE = (
    "lexicon_version",
    "first_category",
    "latitude",
    "longitude",
    "datum",
    "channel",
    "outcome",
    "answer",
    "rating_words",
    "returned",
    "supplements",
)
_MORE_MOMENTS = ("hold_until", "resolved_at", "closed_at")
_FILE_AS_IT_IS = ("id", "kind", "role", "by", "state", "content_type", "size")
_NOTICE_AS_IT_IS = ("id", "channel", "kind", "text", "state", "attempts", "error")
