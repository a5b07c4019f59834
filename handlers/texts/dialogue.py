"""What the chat itself says: questions, receipts, refusals. Short, and one thing at a time."""

from collections.abc import Sequence

from handlers.texts.moments import bare, tappable, tappables

PRIVACY = (
    "（我们只用您的微信标识和您发来的内容来办理诉求，承办单位看不到您是谁；"
    "想看或删除自己的信息，回复“导出我的信息”或“删除我的信息”。）"
)


TAP = "0"
"""Id of the choices in the chat's own questions: tells a tap from typed words. Ratings have longer ids."""
INSIST = "仍要登记"


def greeting(zone: str) -> str:
    """Say what this account is for, with an example to copy."""
    return (
        f"您好，这里是{zone}接诉。油烟、扬尘、黑臭水体、噪声、垃圾等问题，直接用一句话写给我：什么问题、在哪里。\n"
        "例如：富民花苑3栋楼下烧烤店油烟太大，没法开窗"
    )


def scanned(zone: str, place: str) -> str:
    """Greet somebody who scanned an estate's poster."""
    return f"您好，这里是{zone}接诉。您扫的是“{place}”的码，直接写是什么问题就行，例如：楼下烧烤店油烟太大"


def help_text(zone: str) -> str:
    """Say what can be done here."""
    return (
        f"{zone}接诉能帮您：\n"
        "· 反映问题：写下什么问题、在哪里，可发照片、语音、定位\n"
        "· 查进度：回复“进度”或工单号\n"
        "· 补充、催办、撤回：直接说“补充…”“催办”“撤回”\n"
        "· 办结后评价：回复“满意”或“不满意”\n"
        "· 找人工：回复“人工”\n"
        "紧急情况请直接拨打 110、119、120、122。"
    )


def ask_what(example: str) -> str:
    """Ask what the matter is."""
    return f"收到。请再说一句具体是什么问题，例如：{example}"


def ask_what_here(place: str, example: str) -> str:
    """Ask what the matter is at a place that was named."""
    return f"“{place}”那里是什么问题？请说具体一点，例如：{example}"


def ask_any_category(names: Sequence[str]) -> str:
    """Let all matters be chosen from: short enough for one message, so without links."""
    return f"最接近哪一种？回复序号就行：{_numbered([*names, OTHER])}。也可以换个说法再写一遍。"


def _numbered(names: Sequence[str]) -> str:
    return "、".join(f"{number}{name}" for number, name in enumerate(names, 1))


def ask_photo_words(example: str) -> str:
    """Ask what a photo or film shows, and where."""
    return f"收到。请写一句这是什么问题、在哪里，例如：{example}"


HERE = "就在这里"
POSITION = "定位处"


def ask_where(category: str, example: str, *, here: bool = False) -> str:
    """Ask where it is."""
    return f"明白了，是{category}问题。请问在哪里？例如：{example}（也可以点“+”发定位）{_here(here)}"


def ask_where_any(example: str, *, here: bool = False) -> str:
    """Ask where a matter is that has no name among ours."""
    return f"记下了。请问在哪里？例如：{example}（也可以点“+”发定位）{_here(here)}"


def ask_where_again(example: str, *, here: bool = False) -> str:
    """Ask once more where it is."""
    words = f"还缺一个地点，好派给负责的街道。请写小区、路名或店名，例如：{example}，或者点“+”发定位。"
    return f"{words}{_here(here)}"


def _here(here: bool) -> str:
    return f"\n在您现在的位置，就点：{tappable(HERE, TAP)}" if here else ""


def ask_category(choices: Sequence[str]) -> str:
    """Ask which of two or three matters it is."""
    return f"请问最主要是哪一种问题？点一下或回复序号：\n{tappables([*choices, OTHER], TAP)}"


OTHER = "都不是"


def ask_spot(place: str, choices: Sequence[str]) -> str:
    """Ask which of the places of that name."""
    return f"“{place}”不止一处，请问是哪一个？点一下或回复序号：\n{tappables(choices, TAP)}"


def ask_nearer(place: str, example: str) -> str:
    """Ask where in a district or street it is."""
    return (
        f"“{place}”的哪里？请写小区、路名或店名，例如：{example}；也可以点“+”发定位。不清楚就回复“不清楚”。"
    )


def outside(place: str, district: str, answers: str, zone: str) -> str:
    """Say who answers for a place beyond our border."""
    return f"“{place}”属于{district}，不归{zone}管，请向{bare(answers)}反映。如果其实在{zone}内，请告诉我社区名或发定位。"


def receipt(number: str, category: str, owner: str, due: str) -> str:
    """Say what was filed: number, category, office, promise, how to add and how to correct."""
    return (
        f"已登记，工单号 {number}：{category}，由{owner}负责，{due} 前办结，每一步都会告诉您。"
        "可接着发照片或补充；类别、地点不对就回复“更正：……”。"
    )


def receipt_unassigned(number: str, category: str, desk: str, due: str) -> str:
    """Say what was filed at a known place where the desk has to find out whose matter it is."""
    return (
        f"已登记，工单号 {number}：{category}。由{desk}核实由谁负责后派办，{due} 前办结，定下来就告诉您。"
        "可接着发照片或补充，不对就回复“更正：……”。"
    )


def receipt_desk(number: str, category: str, desk: str, due: str) -> str:
    """Say what was filed where the desk has to find out whose it is."""
    return (
        f"已登记，工单号 {number}：{category}。由{desk}核实地点后派办，{due} 前办结，定下来就告诉您。"
        "发个定位（点“+”→“位置”）能派得更快；可接着发照片或补充，不对就回复“更正：……”。"
    )


def incomplete(text: str) -> str:
    """Say that it was filed although something stayed unclear."""
    return f"您没说清的地方工作人员会去核实。{text}"


def joined(number: str, what: str) -> str:
    """Say that something was added to a ticket."""
    return f"已把{what}加到工单 {number}，承办单位看得到。"


def joined_ended(number: str, what: str) -> str:
    """Say that something was added to a ticket that is over."""
    return f"已把{what}存入工单 {number}。它已经结束；如果问题又出现了，请直接写出来，我再为您登记。"


def same_again(number: str, owner: str) -> str:
    """Say that the matter is under way already."""
    return f"同一地点的同类问题您已有在办工单 {number}（{owner}），刚才的内容已补充进去，不用重复提交。"


def rerouted(number: str, owner: str) -> str:
    """Say that the place told whose matter it is."""
    return f"地点清楚了，工单 {number} 已派给{owner}。"


def corrected(number: str, what: str) -> str:
    """Say what was put right."""
    return f"好的，工单 {number} 已更正：{what}。"


def correction_noted(number: str) -> str:
    """Say that the office will see what is to be put right."""
    return f"已把您的更正记到工单 {number}，承办单位会看到并核实。"


def enough_today(limit: int, hotline: str) -> str:
    """Say that no more is filed today, and what to do instead."""
    return (
        f"今天已为您登记了{limit}件，到了一天的上限，这一件还没有登记。请明天再发给我，着急请拨打{hotline}。"
    )


def photos_full(number: str, limit: int) -> str:
    """Say that a ticket has no room for another file."""
    return f"工单 {number} 的照片已满{limit}个，这一个没有加进去。已有的足够说明情况的话，不用再发。"


def add_how(number: str) -> str:
    """Ask what is to be added."""
    return f"请直接写要补充的内容，或发照片、定位，我加到工单 {number}。"


def correct_how() -> str:
    """Ask what is to be put right."""
    return "请直接写出正确的，例如“更正：是噪声，不是油烟”或“更正：地点是富民花苑5栋”。"


def progress(number: str, category: str, status: str, owner: str, when: str, latest: str) -> str:
    """Say where a ticket stands."""
    lines = [f"工单 {number}｜{category}｜{status}", f"承办：{owner}{'，' + when if when else ''}"]
    return "\n".join([*lines, f"最新：{latest}"] if latest else lines)


def progress_line(number: str, category: str, status: str, when: str) -> str:
    """Say where a ticket stands, in one line of a list."""
    return f"{number}｜{category}｜{status}{'｜' + when if when else ''}"


def progress_list(lines: Sequence[str]) -> str:
    """Say where all tickets stand."""
    return "您最近的工单：\n" + "\n".join(lines) + "\n回复工单号看详情。"


def due_by(due: str) -> str:
    """Say by when."""
    return f"{due} 前办结"


def due_was(due: str) -> str:
    """Say that the time has passed."""
    return f"原定 {due}，已超期，正在督促"


def paused() -> str:
    """Say that no limit runs."""
    return "等待核实或条件具备"


NO_TICKETS = "您还没有工单。要反映问题，直接写下什么问题、在哪里就行。"
NOT_YOURS = "没有找到这个工单号，请核对一下。回复“我的工单”可以看到您的全部工单。"


def urged(number: str, owner: str) -> str:
    """Say that the owner was urged."""
    return f"已为您催办 {number}，{owner}马上会收到提醒。"


def urged_already(number: str, owner: str, hours: int) -> str:
    """Say that it was urged a short while ago."""
    return f"刚催过 {number}，{owner}已收到。每件工单{hours}小时可催一次，有进展会马上告诉您。"


def urge_ended(number: str, status: str) -> str:
    """Say that there is nothing to urge."""
    return f"工单 {number} 现在是“{status}”，不用催办。如果问题没有解决，回复“不满意”会退回重办。"


NOTHING_TO_URGE = "您没有在办的工单可以催。要反映新问题，直接写给我就行。"


def withdraw_sure(number: str, category: str) -> str:
    """Ask before a ticket is taken back."""
    return f"要撤回 {number}（{category}）吗？撤回后不再办理。\n{tappable('确认撤回', TAP)}　{tappable('不撤回', TAP)}"


def withdrawn(number: str) -> str:
    """Say that the ticket was taken back."""
    return f"已撤回工单 {number}。以后需要随时再写给我。"


def withdraw_too_late(number: str, status: str) -> str:
    """Say that there is nothing to take back."""
    return f"工单 {number} 现在是“{status}”，不用撤回。"


NOTHING_TO_WITHDRAW = "您没有在办的工单可以撤回。"
DRAFT_DROPPED = "好的，这件不登记了。需要时随时再写给我。"
KEPT_GOING = "好的，继续办理，有进展会告诉您。"
ERASE_SURE = (
    "删除后我们不再知道您是谁：聊天内容和您的微信标识会抹去，您也收不到在办工单的通知；"
    f"已登记的诉求仍会匿名办完。\n{tappable('确认删除', TAP)}　{tappable('不删除', TAP)}"
)
ERASED = "已删除您的个人信息。以后再写来，会当作新的联系人。"
NOT_ERASED = "好的，没有删除。"


def thanks_satisfied(number: str) -> str:
    """Thank for a good verdict."""
    return f"谢谢您的评价，{number} 已归档。以后有问题随时写给我。"


def sorry_reopened(number: str, owner: str, due: str) -> str:
    """Take a bad verdict up at once, and ask for the reason."""
    return f"抱歉没办好。{number} 已退回{owner}重新办理，{due} 前办结。哪里还没解决？请直接写，也可发照片。"


def rated_already(number: str, status: str) -> str:
    """Say that no verdict is waited for."""
    return f"工单 {number}（{status}）已经结束，不用再评价，谢谢。问题又出现的话，直接写给我。"


def heard_early(number: str, status: str) -> str:
    """Say that the office hears what was said before its ticket is resolved."""
    return f"您的话已转给承办单位。工单 {number} 还在办理（{status}），办结后会请您评价；不用再办的话，回复“撤回”。"


def rate_how(number: str, ticket_id: int) -> str:
    """Ask for a verdict that cannot be misread."""
    good, bad = tappable("满意", f"{ticket_id}2"), tappable("不满意", f"{ticket_id}1")
    return f"工单 {number} 的问题解决了吗？请点一下：{good}　{bad}"


NOTHING_TO_RATE = "谢谢。您现在没有等待评价的工单。"


def not_ours(government: str, names: Sequence[str]) -> str:
    """Say who answers for what we do not; ``names`` are what it may be instead."""
    words = f"这件事不归我们管，请拨打{government}热线，他们会转给主管部门。"
    if names:
        return f"{words}\n如果其实是下面一种，回复序号就给您登记：{_numbered(names)}"
    return f"{words}一定要在这里登记，就点 {tappable(INSIST, TAP)}，由调度台判断。"


def human(desk: str, phone: str) -> str:
    """Say how a person can be reached."""
    call = f"着急请拨打 {phone}。" if phone else ""
    return f"好的，请把要说的写下来（什么事、在哪里），{desk}的工作人员会看到并处理。{call}"


def human_on(number: str, desk: str, phone: str) -> str:
    """Say that a person will look at the open ticket."""
    call = f"着急请拨打 {phone}。" if phone else ""
    return f"已请{desk}的工作人员查看您的工单 {number}，要说的话直接写，会加到工单里。{call}"


def emergency(lines: Sequence[str]) -> str:
    """Send to those who can help at once."""
    return "如有危险请马上拨打：" + "；".join(lines) + "。先保证自己安全。"


def emergency_line(name: str, number: str, text: str) -> str:
    """Name one number."""
    return f"{number}（{text or name}）"


THANKS = "不客气。有进展会告诉您，有新问题随时写给我。"
WELCOME = "不客气，有油烟、扬尘、污水、噪声、垃圾这类问题随时写给我。"
WAITING = "好的，等您回复。"
STICKER = "收到。要反映问题，请写什么问题、在哪里；需要帮助回复“帮助”。"
ANOTHER = "收到，一并附上。"
WILL_FIND = "没关系，工作人员会去核实。"
TAP_LAPSED = "这个选项已经过了。要反映问题，请直接写什么问题、在哪里；查进度回复“进度”。"
NOT_FILED_YET = "刚才这件还没登记完，答完下面这句就登记。"
CONFIDENTIAL = (
    "您的微信标识和电话不会告诉被反映的人，承办单位也看不到您是谁；请不要在内容里写自己的姓名。"
    "想看或删除自己的信息，回复“导出我的信息”或“删除我的信息”。"
)
REPORT_HOW = (
    "请直接写：什么问题、在哪里。例如：富民花苑3栋楼下烧烤店油烟太大，没法开窗。也可以先发照片或定位。"
)
UNCLEAR = "没太看明白。要反映问题，请写一句什么问题、在哪里；查进度回复“进度”，需要帮助回复“帮助”。"
WEBSITE = "收到链接。请再写一句是什么问题、在哪里。"
HEARD_VOICE = "收到语音，会保存给工作人员听。请再用文字写一句：什么问题、在哪里。"
"""WeChat no longer recognises voice for us, so the words have to be asked for."""


def exported(first: str, tickets: Sequence[str], messages: int, files: int) -> str:
    """Tell a resident what is kept of them."""
    listed = "、".join(tickets) if tickets else "没有"
    return (
        f"我们保存的您的信息：微信标识（{first} 起）；聊天记录 {messages} 条；照片、语音等 {files} 个；工单：{listed}。"
        "仅用于办理诉求。回复工单号可看每件的内容；要删除，回复“删除我的信息”。"
    )


def told_since(text: str) -> str:
    """Introduce what could not be sent before."""
    return f"【之前没能送达】{text}"


FILED_NOTE = "已登记，核实后派办"
"""The receipt of a report that silence filed, in the 20 characters of a template's field."""
