"""A ticket's life: its states, the moves between them, and what each move needs to be told."""

from enum import StrEnum

__all__ = [
    "FINAL",
    "MOVES",
    "OPEN",
    "PAUSED",
    "RESIDENT_ACTIONS",
    "Action",
    "NotAllowed",
    "Status",
    "after",
    "allowed",
    "may",
    "needs",
    "takes",
]


class Status(StrEnum):
    """Where a ticket stands."""

    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    RETURNED = "returned"
    ON_HOLD = "on_hold"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """What people read."""
        return _STATUS_LABELS[self]


class Action(StrEnum):
    """What may be done with a ticket; the values are the names in the API."""

    ACCEPT = "accept"
    RETURN = "return"
    REASSIGN = "reassign"
    PROGRESS = "progress"
    EXTEND = "extend"
    HOLD = "hold"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    REJECT = "reject"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    SUPPLEMENT = "supplement"
    URGE = "urge"
    RATE = "rate"

    @property
    def label(self) -> str:
        """What people read."""
        return _ACTION_LABELS[self]


_STATUS_LABELS = {
    Status.DISPATCHED: "已派单",
    Status.ACCEPTED: "已受理",
    Status.IN_PROGRESS: "整改中",
    Status.RESOLVED: "已办结",
    Status.CLOSED: "已归档",
    Status.RETURNED: "退单待派",
    Status.ON_HOLD: "挂账",
    Status.REJECTED: "不予受理",
    Status.WITHDRAWN: "已撤回",
    Status.MERGED: "已并案",
}
_ACTION_LABELS = {
    Action.ACCEPT: "签收受理",
    Action.RETURN: "退单",
    Action.REASSIGN: "改派",
    Action.PROGRESS: "填报进展",
    Action.EXTEND: "延期",
    Action.HOLD: "挂账",
    Action.RESUME: "恢复办理",
    Action.RESOLVE: "办结",
    Action.CLOSE: "归档",
    Action.REOPEN: "重办",
    Action.MERGE: "并案",
    Action.REJECT: "不予受理",
    Action.CORRECT: "更正",
    Action.WITHDRAW: "撤回",
    Action.SUPPLEMENT: "补充",
    Action.URGE: "催办",
    Action.RATE: "评价",
}

OPEN = frozenset({Status.DISPATCHED, Status.ACCEPTED, Status.IN_PROGRESS, Status.RETURNED, Status.ON_HOLD})
"""States in which somebody still has to act."""
PAUSED = frozenset({Status.RETURNED, Status.ON_HOLD})
"""States in which the deadline stands still."""
FINAL = frozenset({Status.CLOSED, Status.REJECTED, Status.WITHDRAWN, Status.MERGED})
"""States in which nobody waits for anything any more."""
RESIDENT_ACTIONS = frozenset({Action.WITHDRAW, Action.SUPPLEMENT, Action.URGE, Action.RATE})
"""What the resident does, not an officer."""

MOVES: dict[tuple[Status, Action], Status] = {
    (Status.DISPATCHED, Action.ACCEPT): Status.ACCEPTED,
    (Status.DISPATCHED, Action.RETURN): Status.RETURNED,
    (Status.DISPATCHED, Action.REASSIGN): Status.DISPATCHED,
    (Status.DISPATCHED, Action.REJECT): Status.REJECTED,
    (Status.ACCEPTED, Action.PROGRESS): Status.IN_PROGRESS,
    # That a matter lies elsewhere often shows only on the spot, after signing for it.
    (Status.ACCEPTED, Action.RETURN): Status.RETURNED,
    # The new owner has to sign for it as the first one had.
    (Status.ACCEPTED, Action.REASSIGN): Status.DISPATCHED,
    (Status.ACCEPTED, Action.EXTEND): Status.ACCEPTED,
    (Status.ACCEPTED, Action.HOLD): Status.ON_HOLD,
    # Some matters end on the first visit.
    (Status.ACCEPTED, Action.RESOLVE): Status.RESOLVED,
    (Status.ACCEPTED, Action.REJECT): Status.REJECTED,
    (Status.IN_PROGRESS, Action.PROGRESS): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.REASSIGN): Status.DISPATCHED,
    (Status.IN_PROGRESS, Action.EXTEND): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.HOLD): Status.ON_HOLD,
    (Status.IN_PROGRESS, Action.RESOLVE): Status.RESOLVED,
    # 终止办理: it came out late that the matter is a court's or nobody's (潍坊 12345 §21).
    (Status.IN_PROGRESS, Action.REJECT): Status.REJECTED,
    (Status.RETURNED, Action.REASSIGN): Status.DISPATCHED,
    (Status.RETURNED, Action.REJECT): Status.REJECTED,
    (Status.ON_HOLD, Action.RESUME): Status.IN_PROGRESS,
    # A parked matter is still told of: its plan moves on.
    (Status.ON_HOLD, Action.PROGRESS): Status.ON_HOLD,
    # What was waited for may settle the matter by itself.
    (Status.ON_HOLD, Action.RESOLVE): Status.RESOLVED,
    (Status.RESOLVED, Action.CLOSE): Status.CLOSED,
    (Status.RESOLVED, Action.REOPEN): Status.DISPATCHED,
    (Status.CLOSED, Action.REOPEN): Status.DISPATCHED,
    # Nobody owns what was refused or merged by mistake: the desk gives it out anew.
    (Status.REJECTED, Action.REOPEN): Status.RETURNED,
    (Status.MERGED, Action.REOPEN): Status.RETURNED,
    # A wrong category spoils the statistics, so it may be set right after the end as well.
    (Status.RESOLVED, Action.CORRECT): Status.RESOLVED,
    # A word that comes after the end is kept with its ticket; it does not open it again.
    (Status.RESOLVED, Action.SUPPLEMENT): Status.RESOLVED,
    (Status.RESOLVED, Action.RATE): Status.RESOLVED,
    (Status.CLOSED, Action.RATE): Status.CLOSED,
    **{(status, Action.MERGE): Status.MERGED for status in OPEN},
    **{(status, Action.WITHDRAW): Status.WITHDRAWN for status in OPEN},
    **{(status, Action.CORRECT): status for status in OPEN},
    **{(status, Action.SUPPLEMENT): status for status in OPEN},
    **{(status, Action.URGE): status for status in OPEN},
}
"""Every move there is."""

_NEEDS: dict[Action, tuple[str, ...]] = {
    Action.RETURN: ("note",),
    Action.REASSIGN: ("office",),
    Action.PROGRESS: ("note",),
    Action.EXTEND: ("note",),
    Action.HOLD: ("note",),
    Action.RESOLVE: ("outcome", "note"),
    Action.REOPEN: ("note",),
    Action.MERGE: ("into",),
    Action.REJECT: ("note",),
    Action.RATE: ("score",),
}
_TAKES: dict[Action, tuple[str, ...]] = {
    Action.EXTEND: ("days",),
    Action.HOLD: ("until",),
    Action.RESOLVE: ("amount", "photos"),
    Action.PROGRESS: ("photos",),
    Action.CORRECT: ("category", "also", "place", "community"),
}


class NotAllowed(Exception):
    """The action does not fit the state; str() is a sentence for the officer."""

    def __init__(self, status: Status, action: Action) -> None:
        self.status = status
        self.action = action
        choices = "、".join(choice.label for choice in allowed(status)) or "查看"
        super().__init__(f"工单现在是“{status.label}”，不能{action.label}；可以：{choices}。")


def after(status: Status, action: Action) -> Status:
    """Return the state that the action leads to; NotAllowed where it may not be done."""
    try:
        return MOVES[status, action]
    except KeyError:
        raise NotAllowed(status, action) from None


def may(status: Status, action: Action) -> bool:
    """Tell whether the action fits the state."""
    return (status, action) in MOVES


def allowed(status: Status) -> tuple[Action, ...]:
    """Return what an officer may do in that state, in the order in which it is offered."""
    return tuple(action for action in Action if may(status, action) and action not in RESIDENT_ACTIONS)


def needs(action: Action) -> tuple[str, ...]:
    """Return the names of the fields without which the action is refused."""
    return _NEEDS.get(action, ())


def takes(action: Action) -> tuple[str, ...]:
    """Return the names of the further fields that the action understands and can do without.

    Left out, ``days`` is the zone's ``limits.extension_days`` and ``until`` is ``limits.hold_days`` on.
    """
    return _TAKES.get(action, ())
