"""Questions put to residents, and short answers read back. Pure."""

import re

from handlers.residents.drafting import STATES, Lack
from handlers.residents.incoming import Kind
from handlers.residents.talk import Draft, State
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts

_YES = frozenset({"是", "是的", "对", "好", "好的", "确认", "确定", "确认撤回", "确认删除", "撤回", "删除"})
_NO = frozenset({"否", "算了", "取消", "不", "不撤回", "不删除", "不用", "不用了", "不要", "先不"})
_BAD = re.compile(
    r"不满意|不太满意|不是很满意|没有?.{0,4}解决|未.{0,2}解决|不解决|差评|很差|太差|没用|没有用|没效果|没改|没人来|"
    r"还是|依然|照样|仍然|敷衍|假的|糊弄|不行|[一1二2]\s*[分星]"
)
_BARE_CORRECTION = re.compile(
    r"^(我?要?(更正|改正|修改|改一下|改下|搞错了|写错了|填错了|错了|说错了)[一下了：:。！!，, ]*)$"
)
_INJURY = ("伤", "昏", "中毒", "晕", "病", "流血", "呼吸", "心脏", "救命", "产")
_FIRE = ("火", "爆", "烧", "燃", "泄漏", "泄露", "煤气", "燃气", "天然气", "困", "触电", "溺", "塌")
_CRASH = ("车祸", "撞车", "撞人", "交通事故", "追尾", "肇事", "翻车")
_CRIME = ("打人", "打架", "抢", "偷", "砍", "刀", "威胁", "骗", "杀", "跳楼", "自杀", "报警", "绑", "闹事")


class Asker:
    """Knows the zone, so that examples fit and choices carry names."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._codes = {category.name: code for code, category in zone.categories.items()}

    def question(self, missing: Lack, draft: Draft) -> tuple[State, str]:
        """Return the state to wait in and the question to put."""
        return STATES[missing], self._words(missing, draft)

    def _words(self, missing: Lack, draft: Draft) -> str:
        again = draft.asked > 0
        category = self._zone.category(draft.category or NONE)
        match missing:
            case Lack.CATEGORY:
                return texts.ask_category([self._zone.category_name(code) for code in draft.choices])
            case Lack.WHERE:
                return self._where(draft, again=again)
            case Lack.SPOT:
                return texts.ask_spot(draft.place, [self._zone.owner_name(code) for code in draft.offices])
            case Lack.NEARER:
                return texts.ask_nearer(draft.place, self._zone.name)
        if again:
            return texts.ask_what_again(category.what_example)
        return self._what(draft, category.what_example)

    def _where(self, draft: Draft, *, again: bool) -> str:
        category = self._zone.category(draft.category or NONE)
        if again:
            return texts.ask_where_again(category.where_example)
        return texts.ask_where(category.name, category.where_example)

    @staticmethod
    def _what(draft: Draft, example: str) -> str:
        return texts.ask_what_here(draft.place, example) if draft.place else texts.ask_what(example)

    def about_thing(self, kind: Kind, draft: Draft) -> str:
        """Ask what a photo, a film, a voice note or a position is about."""
        category = self._zone.category(NONE)
        if kind is Kind.LOCATION:
            return texts.ask_what_here(draft.place or "定位处", category.what_example)
        if kind is Kind.VOICE:
            return texts.HEARD_VOICE
        return texts.ask_photo_words(category.where_example + "油烟大")

    def outside(self, draft: Draft) -> str:
        """Say who answers where the place lies in a neighbouring district; "" where it does not."""
        if draft.point is not None or draft.offices:
            return ""
        known = self._zone.knows_office(draft.office)
        code = self._zone.district_of(draft.office).code if known else draft.district
        district = self._zone.district(code)
        if district is None or district.ours:
            return ""
        return texts.outside(draft.place, district.name, district.answers, self._zone.name)

    def category_picked(self, draft: Draft, text: str) -> str | None:
        """Return the chosen category, "" for none of them, None where the text is no choice."""
        names = [*(self._zone.category_name(code) for code in draft.choices), texts.OTHER]
        index = _index(text, names)
        if index is None:
            return self._codes.get(text)
        return draft.choices[index] if index < len(draft.choices) else ""

    def spot_picked(self, draft: Draft, text: str) -> str:
        """Return the chosen office, "" where the text is no choice."""
        index = _index(text, [self._zone.owner_name(code) for code in draft.offices])
        return "" if index is None else draft.offices[index]

    @staticmethod
    def confirmation(text: str) -> bool | None:
        """Return whether somebody said yes or no; None for anything else."""
        word = text.strip().rstrip("。.!！~ ")
        if word in _YES:
            return True
        return False if word in _NO else None

    def emergency(self, text: str) -> str:
        """Return the numbers that fit, the police's where nothing else does."""
        lines = self._zone.hotlines
        kinds = (
            (_FIRE, lines.fire),
            (_CRASH, lines.traffic),
            (_INJURY, lines.ambulance),
            (_CRIME, lines.police),
        )
        fitting = [line for words, line in kinds if any(word in text for word in words)]
        fitting = fitting or [lines.police, lines.fire, lines.ambulance]
        return texts.emergency([texts.emergency_line(line.name, line.number, line.text) for line in fitting])


def _index(text: str, names: list[str]) -> int | None:
    """The choice that was tapped or whose number was typed; ① and full-width digits count as well."""
    word = text.strip().rstrip("。.、)） ")
    if word in names:
        return names.index(word)
    if len(word) == 1 and word.isdigit():
        number = int("①②③④⑤⑥⑦⑧⑨".find(word) + 1) or int(word)
        return number - 1 if 0 < number <= len(names) else None
    return "一二三四".find(word) if len(word) == 1 and 0 <= "一二三四".find(word) < len(names) else None


def verdict(text: str) -> bool:
    """Return whether a verdict is a good one; a mixed one is bad, so that somebody looks again."""
    return not _BAD.search(text)


def bare_correction(text: str) -> bool:
    """Whether somebody only says that something is wrong, not what is right."""
    return bool(_BARE_CORRECTION.match(text.strip()))
