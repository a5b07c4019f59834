"""A half-told report, as a value that survives a restart and other versions."""

from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from handlers.residents.incoming import Point


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is being told. ``offices`` are those that share the place's name."""

    messages: tuple[int, ...] = ()
    attachments: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    category: str = ""
    also: tuple[str, ...] = ()
    why: tuple[tuple[str, str, float], ...] = ()
    confidence: float = 0.0
    lexicon: int = 0
    """The published lexicon that read it last."""
    choices: tuple[str, ...] = ()
    """Categories to choose from while it is not clear which it is."""
    place: str = ""
    place_name: str = ""
    """The gazetteer's name of the place, "" where it has none."""
    wide: bool = False
    """The place is a whole district or street: too wide to go and look."""
    office: str = ""
    community: str = ""
    district: str = ""
    offices: tuple[str, ...] = ()
    point: Point | None = None
    here: Point | None = None
    """Where the phone is, offered as the place; it counts only once the resident says so."""
    urgency: int = 0
    flags: tuple[str, ...] = ()
    accused: str = ""
    asked: int = 0
    """How many questions were put in a row without an answer that helped."""
    asked_nearer: bool = False
    offered: bool = False
    """All categories were offered."""
    human: bool = False
    """A person is asked for: no more questions."""

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not (self.messages or self.attachments)

    @property
    def placed(self) -> bool:
        """Whether the report says where."""
        return bool(self.place or self.point)

    @property
    def known(self) -> bool:
        """Whether the place leads to an office, a district or a point on the map."""
        return bool(self.office or self.community or self.district or self.point)

    @property
    def substantial(self) -> bool:
        """Whether there is something that somebody could look into."""
        return bool(self.category or self.choices or self.placed or self.attachments)

    @property
    def text(self) -> str:
        """All that was said of the matter."""
        return "\n".join(self.texts)


_DRAFTS = TypeAdapter(Draft)
_NAMES = frozenset(each.name for each in fields(Draft))


def dumped(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON values, {} for one in which nothing is."""
    return {} if draft == Draft() else dict(_DRAFTS.dump_python(draft, mode="json"))


def loaded(data: dict[str, Any]) -> Draft:
    """Return a draft from JSON values that any version wrote: what cannot be read takes its default."""
    known = {name: value for name, value in data.items() if name in _NAMES}
    while known:
        try:
            return _DRAFTS.validate_python(known)
        except ValidationError as error:
            for problem in error.errors():
                known.pop(str(problem["loc"][0]), None)
    return Draft()


def brief_report(text: str, characters: int) -> str:
    """Return a report as long as a ticket holds; the messages of the ticket keep every word."""
    return text if len(text) <= characters else f"{text[: characters - 1]}…"
