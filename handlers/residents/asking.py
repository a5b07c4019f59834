"""Questions put to residents, and choices read back. Pure."""

from handlers.residents import reading
from handlers.residents.draft import Draft
from handlers.residents.drafting import STATES, Lack
from handlers.residents.incoming import Kind
from handlers.residents.placing import in_full
from handlers.residents.talk import State
from handlers.rules.zone import NONE, Zone
from handlers.texts import dialogue as texts
from handlers.texts.moments import brief

PLACE_SHOWN = 30
"""Characters of a place that are repeated in a question."""
_INJURY = ("伤", "昏", "中毒", "晕", "病", "流血", "呼吸", "心脏", "救命", "产")
_FIRE = ("火", "爆", "烧", "燃", "泄漏", "泄露", "煤气", "燃气", "天然气", "困", "触电", "溺", "塌")
_CRASH = ("车祸", "撞车", "撞人", "交通事故", "追尾", "肇事", "翻车")
_CRIME = ("打人", "打架", "抢", "偷", "砍", "刀", "威胁", "骗", "杀", "跳楼", "自杀", "报警", "绑", "闹事")


class Asker:
    """Knows the zone, so that examples fit and choices carry names."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._codes = {category.name: code for code, category in zone.categories.items()}

    @property
    def categories(self) -> tuple[str, ...]:
        """All categories that may be chosen from."""
        return tuple(code for code in self._zone.categories if code != NONE)

    def question(self, missing: Lack, draft: Draft) -> tuple[State, str]:
        """Return the state to wait in and the question to put."""
        return STATES[missing], self._words(missing, draft)

    def _words(self, missing: Lack, draft: Draft) -> str:
        match missing:
            case Lack.CATEGORY:
                return self._choices(draft)
            case Lack.WHERE:
                return self._where(draft)
            case Lack.SPOT:
                return texts.ask_spot(_shown(draft), [self.spot_name(code) for code in draft.offices])
            case Lack.NEARER:
                return texts.ask_nearer(_shown(draft), self._zone.category(draft.category).where_example)
        return self._what(draft)

    def _choices(self, draft: Draft) -> str:
        names = [self._zone.category_name(code) for code in draft.choices]
        return texts.ask_any_category(names) if draft.offered else texts.ask_category(names)

    def _where(self, draft: Draft) -> str:
        category = self._zone.category(draft.category or NONE)
        here = draft.here is not None
        if draft.asked > 0:
            return texts.ask_where_again(category.where_example, here=here)
        if draft.category in {"", NONE}:
            return texts.ask_where_any(category.where_example, here=here)
        return texts.ask_where(category.name, category.where_example, here=here)

    def _what(self, draft: Draft) -> str:
        example = self._zone.category(NONE).what_example
        if draft.place:
            return texts.ask_what_here(_shown(draft), example)
        return texts.UNCLEAR if draft.texts else texts.ask_what(example)

    def about_thing(self, kind: Kind, draft: Draft) -> str:
        """Ask what a photo, a film, a voice note or a position is about."""
        category = self._zone.category(NONE)
        match kind:
            case Kind.VOICE:
                return texts.HEARD_VOICE
            case Kind.LINK:
                return texts.WEBSITE
        if draft.placed:
            return texts.ask_what_here(_shown(draft) or texts.POSITION, category.what_example)
        return texts.ask_photo_words(f"{category.where_example}油烟大")

    def outside(self, draft: Draft) -> str:
        """Say who answers where the place lies in a neighbouring district; "" where it does not."""
        if draft.point is not None or draft.offices:
            return ""
        known = self._zone.knows_office(draft.office)
        code = self._zone.district_of(draft.office).code if known else draft.district
        district = self._zone.district(code)
        if district is None or district.ours:
            return ""
        named = any(name in draft.place for name in (district.name, *district.aliases))
        if not (named or in_full(draft)):
            return ""
        return texts.outside(_shown(draft), district.name, district.answers, self._zone.name)

    def elsewhere(self, draft: Draft) -> str:
        """Say who answers for what is none of ours, and how to have it filed all the same."""
        names = [] if draft.offered else [self._zone.category_name(code) for code in self.categories]
        return texts.not_ours(self._zone.hotlines.government.number, names)

    def category_picked(self, draft: Draft, text: str) -> str | None:
        """Return the chosen category, "" for none of them, None where the text is no choice."""
        names = [*(self._zone.category_name(code) for code in draft.choices), texts.OTHER]
        index = reading.choice(text, names)
        if index is None:
            return self._codes.get(text.strip())
        return draft.choices[index] if index < len(draft.choices) else ""

    def spot_picked(self, draft: Draft, text: str) -> str:
        """Return the chosen office, "" where the text is no choice."""
        names = [self.spot_name(code) for code in draft.offices]
        index = reading.choice(text, names)
        if index is not None:
            return draft.offices[index]
        said = (code for code in draft.offices if any(name in text for name in self._names(code)))
        return next(said, "")

    def spot_name(self, office: str) -> str:
        """Return the name of an office as a choice, with its district where that is a neighbour."""
        district = self._zone.district_of(office)
        name = self._zone.owner_name(office)
        return name if district.ours else f"{district.name}{name}"

    def _names(self, office: str) -> tuple[str, ...]:
        district = self._zone.district_of(office)
        return (self._zone.owner_name(office), district.name, *district.aliases)

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


def _shown(draft: Draft) -> str:
    return brief(draft.place, PLACE_SHOWN)
