"""The words for where a ticket stands and for what is done with it."""

from enum import StrEnum


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
