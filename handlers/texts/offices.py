"""What offices, the desk and leaders are told."""

from handlers.texts.moments import bare


def new_ticket(number: str, category: str, place: str, due: str, summary: str) -> str:
    """Tell an office of its new ticket."""
    return f"新工单 {number}｜{category}｜{place}\n{summary}\n请签收，办结时限 {due}。"


def returned_ticket(number: str, owner: str, note: str) -> str:
    """Tell the desk that an office gave a ticket back."""
    return f"{owner}退单 {number}，原因：{bare(note)}。请改派或裁定。"


def urged_ticket(number: str, times: int) -> str:
    """Tell the owner that the resident asks for it."""
    return f"居民催办工单 {number}（第{times}次），请尽快处理并填报进展。"


def supplemented_ticket(number: str, summary: str) -> str:
    """Tell the owner that the resident added something."""
    return f"工单 {number} 有居民补充：{summary}"


def reopened_ticket(number: str, words: str, due: str) -> str:
    """Tell the owner that the resident is not content."""
    reason = f"：{words}" if words else ""
    return f"工单 {number} 居民反映没有解决{reason}，退回重办，新时限 {due}。"


def reopened_by_desk(number: str, note: str, due: str) -> str:
    """Tell the owner that the desk wants the matter worked again."""
    return f"工单 {number} 由调度台退回重办：{bare(note)}。新时限 {due}。"


def taken_away(number: str, owner: str) -> str:
    """Tell the former owner that another one has the ticket."""
    return f"工单 {number} 已改派给{owner}，不用再办。"


def withdrawn_ticket(number: str) -> str:
    """Tell the owner that the resident took the report back."""
    return f"居民已撤回工单 {number}，不用再办。"


def freed_ticket(number: str, into: str) -> str:
    """Tell the desk that a merged ticket stands by itself again."""
    return f"居民撤回了 {into}，并入它的工单 {number} 已恢复，请派单。"


def merged_ticket(number: str, into: str) -> str:
    """Tell the owner of the ticket that goes on."""
    return f"工单 {number} 已并入 {into}，请一并办理并答复。"


def remind_sign_for(number: str) -> str:
    """Remind of signing for."""
    return f"工单 {number} 已超过签收时限，请立即签收。"


def remind_share(number: str, percent: int, due: str) -> str:
    """Remind of the running limit."""
    return f"工单 {number} 办理时限已过{percent}%，截止 {due}。"


def remind_overdue(number: str, due: str) -> str:
    """Say that the limit is reached."""
    return f"工单 {number} 已到办结时限（{due}）还没有办结，现予催办。"


def escalate_desk(number: str, owner: str, due: str) -> str:
    """Tell the desk of an overdue ticket."""
    return f"工单 {number}（{owner}）超期未办结，时限为 {due}，请督办。"


def escalate_leader(number: str, owner: str, due: str) -> str:
    """Tell the leaders of a ticket that stayed overdue after the desk was told."""
    return f"工单 {number}（{owner}）超期后经提醒仍未办结，时限为 {due}，请领导过问。"


def leader_unassigned(number: str) -> str:
    """Tell the leaders of a ticket that nobody has."""
    return f"工单 {number} 退单后长时间没有落实责任单位，请领导过问。"


def leader_hold_over(number: str, owner: str) -> str:
    """Tell the leaders of a parked ticket whose date is long past."""
    return f"工单 {number}（{owner}）挂账到期后没有恢复办理，也没有新的计划，请领导过问。"


def remind_unassigned(number: str) -> str:
    """Remind the desk of a ticket that nobody has."""
    return f"工单 {number} 还没有派出，请尽快确定责任单位。"


def remind_hold_over(number: str) -> str:
    """Say that a parked ticket's date has come."""
    return f"工单 {number} 挂账期已到，请恢复办理或说明新的计划。"


def wants_person(number: str) -> str:
    """Tell the desk that a resident asks for a person."""
    return f"工单 {number} 的居民要求人工处理，请查看并答复。"


def corrected_ticket(number: str, words: str) -> str:
    """Tell the owner that the resident put something right."""
    return f"工单 {number} 居民更正：{words}"
