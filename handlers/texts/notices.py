"""What a resident is told of a ticket."""

from handlers.texts.moments import bare


def accepted(number: str, owner: str, due: str) -> str:
    """Say that the owner signed for the ticket."""
    return f"您的诉求 {number} 已由{owner}签收受理，正在安排人员处理，承诺 {due} 前办结。"


def progressed(number: str, owner: str, note: str) -> str:
    """Say what was done since."""
    return f"您的诉求 {number} 有新进展（{owner}）：{note}"


def reassigned(number: str, owner: str) -> str:
    """Say who answers for it now."""
    return f"您的诉求 {number} 经核对已转由{owner}负责办理，编号不变，您不用重新反映。"


def extended(number: str, owner: str, due: str, note: str) -> str:
    """Say the new promise and its reason."""
    return f"您的诉求 {number} 需要更多时间，{owner}说明：{bare(note)}。新的办结时间：{due}。"


def parked(number: str, owner: str, note: str) -> str:
    """Say that the matter waits for something, and for what."""
    return (
        f"您的诉求 {number} 暂时不能马上解决，{owner}说明：{bare(note)}。已列入计划，到期会继续办理并告诉您。"
    )


def resumed(number: str, owner: str, due: str) -> str:
    """Say that work goes on."""
    return f"您的诉求 {number} 已恢复办理（{owner}），预计 {due} 前办结。"


def resolved(number: str, owner: str, note: str) -> str:
    """Say what came of it and ask for the resident's verdict."""
    return (
        f"您的诉求 {number} 已由{owner}办结：{note}\n问题解决了吗？回复“满意”或“不满意”，不满意会退回重办。"
    )


def closed(number: str) -> str:
    """Say that the file is closed."""
    return f"您的诉求 {number} 已归档。以后同一问题再出现，直接写给我就行。"


def reopened(number: str, owner: str, due: str) -> str:
    """Say that the matter is taken up again."""
    return f"您的诉求 {number} 已退回{owner}重新办理，新的办结时间：{due}。"


def rejected(number: str, note: str) -> str:
    """Say why the matter cannot be taken, and where to go."""
    return f"您的诉求 {number} 不在受理范围，原因：{bare(note)}。如仍需帮助，可拨打12345热线。"


def merged(number: str, into: str) -> str:
    """Say that others reported the same, and that nothing is lost."""
    return f"您的诉求 {number} 与 {into} 是同一问题，已合并办理，有结果会一并告诉您。"


def merged_result(number: str, into: str, owner: str, note: str) -> str:
    """Say what came of the ticket that went on for this one."""
    return f"您的诉求 {number}（已并入 {into}）由{owner}办结：{note}"


def reopened_desk(number: str) -> str:
    """Say that what was refused or merged is taken up again, before anybody has it."""
    return f"您的诉求 {number} 已重新受理，调度台正在确认由哪个单位办理，定下来会马上告诉您。"


def assigned(number: str, owner: str, due: str) -> str:
    """Say who got what the desk had to look at first."""
    return f"您的诉求 {number} 已由调度台核实，派给{owner}办理，承诺 {due} 前办结。"


def corrected(number: str, category: str) -> str:
    """Say that the ticket's category was put right."""
    return f"您的诉求 {number} 的类别已更正为“{category}”。"


def accepted_late(number: str, owner: str) -> str:
    """Say that the owner signed for the ticket after its time."""
    return f"您的诉求 {number} 已由{owner}签收受理。已超过原定的办结时间，很抱歉，我们在督促尽快办结。"


def assigned_late(number: str, owner: str) -> str:
    """Say who got, after its time, what the desk had to look at first."""
    return f"您的诉求 {number} 已由调度台核实，派给{owner}办理。已超过原定的办结时间，很抱歉，我们在督促尽快办结。"


def resumed_late(number: str, owner: str) -> str:
    """Say that work goes on although its time is over."""
    return f"您的诉求 {number} 已恢复办理（{owner}）。已超过原定的办结时间，很抱歉，我们在督促尽快办结。"


def follow_up_unsigned(number: str, owner: str) -> str:
    """Say that the owner has not signed for the ticket yet, and that this is being seen to."""
    return f"您的诉求 {number} 已派给{owner}，还没有签收，我们已经提醒。签收后马上告诉您。"


def follow_up(number: str, owner: str, status: str, due: str) -> str:
    """Say that nobody forgot."""
    promise = f"承诺 {due} 前办结。" if due else "有进展会马上告诉您。"
    return f"您的诉求 {number} 还在办理中（{owner}，{status}），没有被遗忘。{promise}"


def follow_up_late(number: str, owner: str, due: str) -> str:
    """Say that the promise was not kept, and what is done about it."""
    return f"您的诉求 {number} 原定 {due} 前办结，{owner}还没有办完，很抱歉。我们已经督促，有结果马上告诉您。"


def follow_up_desk(number: str) -> str:
    """Say that the desk still looks for whose matter it is."""
    return f"您的诉求 {number} 还在调度台确认由哪个单位办理，没有被遗忘。定下来会马上告诉您。"


def ask_rating(number: str, owner: str, note: str) -> str:
    """Ask whether the matter is solved."""
    return f"{owner}已办结您的诉求 {number}（{bare(note)}）。问题真的解决了吗？您的评价决定这件事能不能归档。"


def ask_rating_again(number: str) -> str:
    """Ask once more, and say what silence means."""
    return f"再问一声：诉求 {number} 的问题解决了吗？没有解决请回复“不满意”，我们会退回重办；不回复也没关系。"


SATISFIED = "满意"
UNSATISFIED = "不满意"
