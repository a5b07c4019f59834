"""Every sentence that a resident or an officer is sent: short, plain, and true."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

_WEEKDAYS = "一二三四五六日"


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as people say it: 11月26日(周四)17:30."""
    local = moment.astimezone(zone)
    return f"{local.month}月{local.day}日(周{_WEEKDAYS[local.weekday()]}){local:%H:%M}"


def tappable(label: str, menu_id: str = "") -> str:
    """Return a choice that sends ``label`` when it is tapped in WeChat."""
    identity = f"&msgmenuid={menu_id}" if menu_id else ""
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={quote(label)}{identity}">{label}</a>'


def tappables(labels: Sequence[str]) -> str:
    """Return choices one below the other, numbered for those who would rather type."""
    return "\n".join(f"{number}. {tappable(label)}" for number, label in enumerate(labels, 1))


# --- what the resident is told of a ticket -------------------------------------------------


def accepted(number: str, owner: str, due: str) -> str:
    """Say that the owner signed for the ticket."""
    return f"您的诉求 {number} 已由{owner}签收受理,正在安排人员处理,承诺 {due} 前办结。"


def progressed(number: str, owner: str, note: str) -> str:
    """Say what was done since."""
    return f"您的诉求 {number} 有新进展({owner}):{note}"


def reassigned(number: str, owner: str) -> str:
    """Say who answers for it now."""
    return f"您的诉求 {number} 经核对已转由{owner}负责办理,编号不变,您不用重新反映。"


def extended(number: str, owner: str, due: str, note: str) -> str:
    """Say the new promise and its reason."""
    return f"您的诉求 {number} 需要更多时间,{owner}说明:{note}。新的办结时间:{due}。"


def parked(number: str, owner: str, note: str) -> str:
    """Say that the matter waits for something, and for what."""
    return f"您的诉求 {number} 暂时不能马上解决,{owner}说明:{note}。已列入计划,到期会继续办理并告诉您。"


def resumed(number: str, owner: str, due: str) -> str:
    """Say that work goes on."""
    return f"您的诉求 {number} 已恢复办理({owner}),预计 {due} 前办结。"


def resolved(number: str, owner: str, note: str) -> str:
    """Say what came of it and ask for the resident's verdict."""
    return f"您的诉求 {number} 已由{owner}办结:{note}\n问题解决了吗?回复“满意”或“不满意”,不满意会退回重办。"


def closed(number: str) -> str:
    """Say that the file is closed."""
    return f"您的诉求 {number} 已归档。以后同一问题再出现,直接写给我就行。"


def reopened(number: str, owner: str, due: str) -> str:
    """Say that the matter is taken up again."""
    return f"您的诉求 {number} 已退回{owner}重新办理,新的办结时间:{due}。"


def rejected(number: str, note: str) -> str:
    """Say why the matter cannot be taken, and where to go."""
    return f"您的诉求 {number} 不在受理范围,原因:{note}。如仍需帮助,可拨打12345热线。"


def merged(number: str, into: str) -> str:
    """Say that others reported the same, and that nothing is lost."""
    return f"您的诉求 {number} 与 {into} 是同一问题,已合并办理,有结果会一并告诉您。"


def assigned(number: str, owner: str, due: str) -> str:
    """Say who got what the desk had to look at first."""
    return f"您的诉求 {number} 已由调度台核实,派给{owner}办理,承诺 {due} 前办结。"


def corrected(number: str, category: str) -> str:
    """Say that the ticket's category was put right."""
    return f"您的诉求 {number} 的类别已更正为“{category}”。"


def follow_up(number: str, owner: str, status: str, due: str) -> str:
    """Say that nobody forgot."""
    promise = f"承诺 {due} 前办结。" if due else "有进展会马上告诉您。"
    return f"您的诉求 {number} 还在办理中({owner},{status}),没有被遗忘。{promise}"


def follow_up_late(number: str, owner: str, due: str) -> str:
    """Say that the promise was not kept, and what is done about it."""
    return f"您的诉求 {number} 原定 {due} 前办结,{owner}还没有办完,很抱歉。我们已经督促,有结果马上告诉您。"


def follow_up_desk(number: str) -> str:
    """Say that the desk still looks for whose matter it is."""
    return f"您的诉求 {number} 还在调度台确认由哪个单位办理,没有被遗忘。定下来会马上告诉您。"


def ask_rating(number: str, owner: str, note: str) -> str:
    """Ask whether the matter is solved."""
    return f"{owner}已办结您的诉求 {number}({note})。问题真的解决了吗?您的评价决定这件事能不能归档。"


def ask_rating_again(number: str) -> str:
    """Ask once more, and say what silence means."""
    return f"再问一声:诉求 {number} 的问题解决了吗?没有解决请回复“不满意”,我们会退回重办;不回复也没关系。"


SATISFIED = "满意"
UNSATISFIED = "不满意"


# --- what offices, the desk and leaders are told --------------------------------------------


def new_ticket(number: str, category: str, place: str, due: str, summary: str) -> str:
    """Tell an office of its new ticket."""
    return f"新工单 {number}|{category}|{place}\n{summary}\n请签收,办结时限 {due}。"


def returned_ticket(number: str, owner: str, note: str) -> str:
    """Tell the desk that an office gave a ticket back."""
    return f"{owner}退单 {number},原因:{note}。请改派或裁定。"


def urged_ticket(number: str, times: int) -> str:
    """Tell the owner that the resident asks for it."""
    return f"居民催办工单 {number}(第{times}次),请尽快处理并填报进展。"


def supplemented_ticket(number: str, summary: str) -> str:
    """Tell the owner that the resident added something."""
    return f"工单 {number} 有居民补充:{summary}"


def reopened_ticket(number: str, words: str, due: str) -> str:
    """Tell the owner that the resident is not content."""
    reason = f":{words}" if words else ""
    return f"工单 {number} 居民反映没有解决{reason},退回重办,新时限 {due}。"


def withdrawn_ticket(number: str) -> str:
    """Tell the owner that the resident took the report back."""
    return f"居民已撤回工单 {number},不用再办。"


def merged_ticket(number: str, into: str) -> str:
    """Tell the owner of the ticket that goes on."""
    return f"工单 {number} 已并入 {into},请一并办理并答复。"


def remind_sign_for(number: str) -> str:
    """Remind of signing for."""
    return f"工单 {number} 已超过签收时限,请立即签收。"


def remind_share(number: str, percent: int, due: str) -> str:
    """Remind of the running limit."""
    return f"工单 {number} 办理时限已过{percent}%,截止 {due}。"


def remind_overdue(number: str, due: str) -> str:
    """Say that the limit is reached."""
    return f"工单 {number} 已到办结时限({due})还没有办结,现予催办。"


def escalate_desk(number: str, owner: str, due: str) -> str:
    """Tell the desk of an overdue ticket."""
    return f"工单 {number}({owner})超期未办结,时限为 {due},请督办。"


def escalate_leader(number: str, owner: str, due: str) -> str:
    """Tell the leaders of a ticket that stayed overdue after the desk was told."""
    return f"工单 {number}({owner})超期后经提醒仍未办结,时限为 {due},请领导过问。"


def leader_unassigned(number: str) -> str:
    """Tell the leaders of a ticket that nobody has."""
    return f"工单 {number} 退单后长时间没有落实责任单位,请领导过问。"


def remind_unassigned(number: str) -> str:
    """Remind the desk of a ticket that nobody has."""
    return f"工单 {number} 还没有派出,请尽快确定责任单位。"


def remind_hold_over(number: str) -> str:
    """Say that a parked ticket's date has come."""
    return f"工单 {number} 挂账期已到,请恢复办理或说明新的计划。"
