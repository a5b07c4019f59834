"""What each action checks and changes on a ticket before it moves."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from handlers.offices.access import may_act, may_see, returns_left
from handlers.offices.command import Step
from handlers.offices.errors import Conflict, Invalid
from handlers.offices.outcomes import settled
from handlers.rules import deadlines
from handlers.rules.calendar import WorkingCalendar
from handlers.rules.lifecycle import OPEN, Action, Status
from handlers.rules.zone import DESK, Zone
from storage.models import Ticket

Deed = Callable[[Step], None]


class Deeds:
    """One method for each action that does more than move; all raise Invalid or Conflict."""

    def __init__(self, zone: Zone, calendar: WorkingCalendar) -> None:
        self._zone = zone
        self._calendar = calendar
        self._by_action: Mapping[Action, Deed] = {
            Action.RETURN: self._return,
            Action.REASSIGN: self._reassign,
            Action.EXTEND: self._extend,
            Action.HOLD: self._hold,
            Action.RESOLVE: self._resolve,
            Action.MERGE: self._merge,
            Action.CORRECT: self._correct,
        }

    def prepare(self, step: Step) -> None:
        """Check the command's fields and change what the move itself does not."""
        deed = self._by_action.get(step.command.action)
        if deed is not None:
            deed(step)

    def _return(self, step: Step) -> None:
        ticket = step.ticket
        if not returns_left(step.officer, ticket, self._zone.limits.returns):
            raise Conflict("这件工单已退过单，调度台已裁定由本单位办理，不能再退；有困难请联系调度台。")
        ticket.returned += 1
        ticket.owner = DESK

    def _reassign(self, step: Step) -> None:
        code, ticket = step.command.office, step.ticket
        if not self._zone.is_owner(code):
            raise Invalid("office", f"没有编码为“{code}”的街道办或部门。")
        if code == ticket.owner:
            raise Invalid("office", f"工单已经在{self._zone.owner_name(code)}，请选别的单位。")
        step.data |= {"from": ticket.owner, "to": code}
        ticket.owner = code
        if self._zone.is_ours(code):
            self._move_ground(ticket, code)

    def _move_ground(self, ticket: Ticket, office: str) -> None:
        ticket.office, ticket.district = office, self._zone.district_of(office).code
        found = self._zone.office_of_community(ticket.community)
        if found is None or found.code != office:
            ticket.community = ""

    def _extend(self, step: Step) -> None:
        ticket, limits = step.ticket, self._zone.limits
        self._check_extendable(step)
        days = limits.extension_days if step.command.days is None else step.command.days
        if not 1 <= days <= limits.legal_ceiling_days:
            raise Invalid("days", f"延期天数要在1到{limits.legal_ceiling_days}个工作日之间。")
        begin = max(ticket.due_at or step.now, step.now)
        due = deadlines.extended(begin, days, self._calendar)
        if due > ticket.limit_from + timedelta(days=limits.legal_ceiling_days):
            ceiling = limits.legal_ceiling_days
            raise Invalid("days", f"延期后会超过法定最长期限（{ceiling}天，信访工作条例第三十四条）。")
        step.data |= {"days": days, "from": _stamp(ticket.due_at), "to": _stamp(due)}
        ticket.due_at = due

    def _check_extendable(self, step: Step) -> None:
        ticket, limit = step.ticket, self._zone.limits.extensions
        assert ticket.id is not None
        done = sum(entry.action == Action.EXTEND for entry in step.unit.tickets.history(ticket.id))
        if done >= limit:
            raise Conflict(f"这件工单已延期{done}次，最多{limit}次，不能再延。")
        if ticket.due_at is not None and ticket.due_at < step.now and not step.officer.is_desk:
            raise Conflict("已过办结时限，不能自行延期；请尽快办结，确有困难请联系调度台。")

    def _hold(self, step: Step) -> None:
        until = step.command.until or step.now + timedelta(days=self._zone.limits.hold_days)
        if abs(until.year - step.now.year) > 1:
            raise Invalid("until", "挂账的复查日期要在一年以内。")
        moment = self._moment(until)
        if moment <= step.now:
            raise Invalid("until", "挂账的复查日期要在今天以后。")
        if moment > step.now + LONGEST_HOLD:
            raise Invalid("until", "挂账最长一年，到期可以再挂。")
        step.ticket.hold_until = moment
        step.data |= {"until": _stamp(moment)}

    def _moment(self, until: date | datetime) -> datetime:
        if isinstance(until, datetime):
            return until.astimezone(UTC)
        return self._calendar.at(until, time.min)

    def _resolve(self, step: Step) -> None:
        ticket, command = step.ticket, step.command
        category = self._zone.category(ticket.category)
        outcomes = settled(category, command)
        if category.after_photo and not (command.photos or self._has_after_photo(step)):
            raise Invalid("photos", f"{category.name}办结要有整改后的照片。")
        ticket.outcome, ticket.outcomes, ticket.answer = command.outcome, outcomes, command.note
        step.data |= {"outcome": command.outcome, "outcomes": outcomes}

    @staticmethod
    def _has_after_photo(step: Step) -> bool:
        ticket = step.ticket
        assert ticket.id is not None
        files = step.unit.attachments.of_ticket(ticket.id)
        # One from before the ticket was reopened shows work that did not hold.
        return any(file.role == "after" and file.received_at >= ticket.limit_from for file in files)

    def _merge(self, step: Step) -> None:
        number, ticket = step.command.into.strip(), step.ticket
        target = step.unit.tickets.by_number(number) if number.isprintable() else None
        if target is None or not may_see(step.officer, target):
            raise Invalid("into", "没有这个编号的工单，请核对。")
        if target.id == ticket.id:
            raise Invalid("into", "不能并入自己。")
        if Status(target.status) not in OPEN:
            raise Invalid("into", f"{number} 已经{Status(target.status).label}，不能再并入。")
        if not may_act(step.officer, target, Action.MERGE):
            raise Invalid("into", f"{number} 不归本单位办理，请联系调度台并案。")
        step.target, ticket.merged_into = target, target.id
        step.data |= {"into": target.number}

    def _correct(self, step: Step) -> None:
        self._correct_category(step)
        self._correct_place(step)
        if not step.data:
            raise Invalid("category", "和现在一样：请改类别、地点或社区中的一项。")

    def _correct_category(self, step: Step) -> None:
        command, ticket = step.command, step.ticket
        for field, codes in (("category", (command.category,)), ("also", command.also or ())):
            for code in codes:
                if code and code not in self._zone.categories:
                    raise Invalid(field, f"没有编码为“{code}”的类别。")
        if command.category and command.category != ticket.category:
            step.data["category"] = [ticket.category, command.category]
            departments = self._zone.category(command.category).departments
            ticket.category, ticket.corrected_at = command.category, step.now
            ticket.industry, ticket.comprehensive = departments.industry, departments.comprehensive
        wanted = command.also if command.also is not None else tuple(ticket.also)
        also = [code for code in dict.fromkeys(wanted) if code != ticket.category]
        if also != ticket.also:
            step.data["also"] = [ticket.also, also]
            ticket.also = also

    def _correct_place(self, step: Step) -> None:
        command, ticket = step.command, step.ticket
        if command.community:
            office = self._zone.office_of_community(command.community)
            if office is None or not self._zone.is_ours(office.code):
                raise Invalid("community", f"没有编码为“{command.community}”的社区或村。")
            if command.community != ticket.community:
                step.data["community"] = [ticket.community, command.community]
            ticket.community = command.community
            self._move_ground(ticket, office.code)
        if command.place and command.place != ticket.place:
            step.data["place"] = [ticket.place, command.place]
            ticket.place = command.place


LONGEST_HOLD = timedelta(days=366)
"""A parked matter is looked at again within a year (挂账销号 lists are yearly)."""


def _stamp(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
