"""Short answers and odd messages, read without the analyser. Pure."""

import re

MENU_ID_DIGITS = 18
"""A longer number is no id of a ticket and a digit: the database's have fewer."""
_YES = frozenset({"是", "是的", "对", "好", "好的", "确认", "确定", "确认撤回", "确认删除", "撤回", "删除"})
_NO = frozenset({"否", "算了", "取消", "不", "不撤回", "不删除", "不用", "不用了", "不要", "先不", "不是"})
_BAD = re.compile(
    r"不满意|不太满意|不是很满意|不怎么满意|没有?.{0,4}解决|未.{0,2}解决|不解决|差评|很差|太差|没用|没有用|没效果|没改|没人来|"
    r"效果不好|没什么效果|处理得?不好|治标不治本|走过场|反弹|还是|依然|照样|仍然|敷衍|假的|糊弄|不行|[一1二2两]\s*[分星]"
)
_GOOD = re.compile(
    r"满意|解决了|已.{0,2}解决|处理好了|处理好啦|好评|不错|好多了|改善|及时|可以|还行|没.{0,3}(油烟|味道|吵|响|噪音)了|"
    r"不(吵|臭|响)了|效果.{0,2}好|[四4五5]\s*[分星]"
)
_BARE_CORRECTION = re.compile(
    r"(你们?|我)?(们)?(要|想)?(更正|改正|修改|改地址|改类别|改一下|改下|搞错了|弄错了|写错了|填错了|打错了|错了|说错了|不对|"
    r"(地点|地址|位置|地方|类别|类型|分类|街道|社区)(不对|错了|写错了?|有误|搞错了|弄错了)|"
    r"不是(这里|那里|这个|这儿|这个地方|这个位置|这个街道|这个社区))[一下了吧呀啊哦：:。！!，, ]*"
)
_BARE_SUPPLEMENT = re.compile(
    r"(我|还)?(要|想|再|需要)?(补充|追加)(一下|一点|说明|材料|情况|信息|内容|照片)?[了吧呀：:。！!，, ]*"
)
_STICKER = re.compile(r"(\[[^\[\]]{1,8}\]|/:[A-Za-z0-9!@#$%&*():'~|<>,?=+\-]{1,6}|[^\w\[\]/]|_)++")
_HERE = re.compile(
    r"(就|也)?(在)?(我|我们)?(这里|这边|这儿|现在的?位置|当前位置|旁边|附近|我家这里|我家这边)[。.!！]*"
)
_INSIST = frozenset(
    {"仍要登记", "还是要登记", "要登记", "登记", "仍要反映", "还是要反映", "就是要反映", "坚持登记"}
)
_ORDINAL = re.compile(r"(?:选|第)?\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:个|项|号|种|条)?")
_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"
_TRAILING = "。.、)） ！!~～"
_POINTED_OUT = re.compile(
    r"(?:地点|地址|位置|地方)\s*(?:应该|应当|其实)?(?:是|改成|改为|在|[:：])+\s*([^，,。；;！!\n]{2,40})"
)


def confirmation(text: str) -> bool | None:
    """Return whether somebody said yes or no; None for anything else."""
    word = text.strip().rstrip(_TRAILING)
    if word in _YES:
        return True
    return False if word in _NO else None


def verdict(text: str) -> bool | None:
    """Return whether a verdict is a good one; a mixed one is bad, so that somebody looks again.

    None where the words are no verdict: a bare digit may be a mark or a rank.
    """
    if _BAD.search(text):
        return False
    return True if _GOOD.search(text) else None


def bare_correction(text: str) -> bool:
    """Whether somebody only says that something is wrong, not what is right."""
    return bool(_BARE_CORRECTION.fullmatch(text.strip()))


def bare_supplement(text: str) -> bool:
    """Whether somebody only says that there is something to add, not what."""
    return bool(_BARE_SUPPLEMENT.fullmatch(text.strip()))


def only_stickers(text: str) -> bool:
    """Whether a text is nothing but stickers ([微笑], /::)), emoji and marks; a ？ asks for help."""
    words = text.strip()
    return bool(_STICKER.fullmatch(words)) and not set(words) <= set("?？")


def here(text: str) -> bool:
    """Whether somebody answers "where?" with "here"."""
    return bool(_HERE.fullmatch(text.strip()))


def insists(text: str) -> bool:
    """Whether somebody wants it filed although others answer for it."""
    return text.strip().rstrip(_TRAILING) in _INSIST


def pointed_out(text: str) -> str:
    """Return the place after "地点是", "" where none is pointed out."""
    found = _POINTED_OUT.search(text)
    return found[1].strip() if found else ""


def judged(menu_id: str) -> int | None:
    """Return the id of the ticket whose verdict was tapped, None where the choice is no verdict."""
    rates = menu_id.isdecimal() and 1 < len(menu_id) <= MENU_ID_DIGITS
    return int(menu_id[:-1]) if rates else None


def choice(text: str, names: list[str]) -> int | None:
    """Return which of some names was tapped or typed, or whose number; None where it is none."""
    word = text.strip().rstrip(_TRAILING)
    if word in names:
        return names.index(word)
    number = _number(word)
    return number - 1 if 0 < number <= len(names) else None


def _number(word: str) -> int:
    if len(word) == 1 and word in _CIRCLED:
        return _CIRCLED.index(word) + 1
    found = _ORDINAL.fullmatch(word)
    if not found:
        return 0
    return int(found[1]) if found[1].isdecimal() else _NUMERALS.index(found[1]) + 1
