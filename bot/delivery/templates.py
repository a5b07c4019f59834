"""Template messages: which template speaks for a notice, and what stands in its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT = "default"
"""The name under which a template for all other notices is configured."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its fields (``thing2`` -> 餐饮油烟); the channel cuts them to their types."""

    template_id: str
    fields: Mapping[str, str]


class Templates:
    """The account's templates by kind of notice, as the settings give them.

    ``ids`` maps a kind (or ``default``) to a template id, ``fields`` the same to the template's keys and
    which of a notice's data each shows: number, category, status, owner, note or time.
    """

    def __init__(self, ids: Mapping[str, str], fields: Mapping[str, Mapping[str, str]]) -> None:
        self._ids = dict(ids)
        self._fields = {kind: dict(keys) for kind, keys in fields.items()}

    def filled(self, kind: str, data: Mapping[str, Any]) -> Filled | None:
        """Return the template for a notice, None where none is configured for it."""
        name = kind if kind in self._ids else DEFAULT
        template_id = self._ids.get(name)
        keys = self._fields.get(name) or self._fields.get(DEFAULT)
        if not template_id or not keys:
            return None
        return Filled(template_id, {key: str(data.get(source, "")) for key, source in keys.items()})
