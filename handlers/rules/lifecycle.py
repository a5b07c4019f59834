"""A ticket's life: the moves between its states, and what each move needs to be told."""

from handlers.rules.states import FINAL, OPEN, PAUSED, RESIDENT_ACTIONS, Action, Status

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
]

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
