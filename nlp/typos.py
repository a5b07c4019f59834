"""Names that sound or look like what was typed: 蒸香区 for 蒸湘区, 金拓小区 for 金柘小区."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache

from nlp.values import Entry

SHORTEST = 3
"""Shorter names have too many neighbours in sound."""

_MERGED_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("hu", "fu"), ("n", "l"))
"""Sounds that the dialects of Hunan (Xiang) do not keep apart: 平翘舌, h/f, n/l."""

_MERGED_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
"""前后鼻音, likewise."""


class NearNames:
    """Looks a name up by its sound and by its look; unique answers only."""

    def __init__(self, entries: Collection[Entry], lookalikes: Sequence[Sequence[str]] = ()) -> None:
        self.kinds = frozenset(entry.kind for entry in entries)
        """Kinds of place that have a name here; others need not be looked up."""
        self._look = {ord(char): family[0] for family in lookalikes for char in family}
        self._by_sound: dict[str, list[Entry]] = defaultdict(list)
        self._by_look: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for name in (entry.name, *entry.aliases):
                if len(name) >= SHORTEST:
                    self._by_sound[_sound(name)].append(entry)
                    self._by_look[name.translate(self._look)].append(entry)

    def near(self, name: str) -> tuple[Entry, ...]:
        """The entries whose name sounds or looks like this one; () where none does."""
        if len(name) < SHORTEST:
            return ()
        return tuple(
            self._by_look.get(name.translate(self._look), ()) or self._by_sound.get(_sound(name), ())
        )


def _sound(name: str) -> str:
    return " ".join(map(_syllable, name))


@cache
def _readings() -> Mapping[int, str]:
    """The readings of each character; loaded at first use, which is beside the start of the service."""
    # Phrases take ten times as long to load, and are not asked for here.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


@lru_cache(maxsize=30_000)
def _syllable(char: str) -> str:
    """The first reading of a character without tone, its easily confused sounds merged."""
    reading = unicodedata.normalize("NFD", _readings().get(ord(char), char).split(",")[0])
    sound = "".join(letter for letter in reading if not unicodedata.combining(letter))
    for start, merged in _MERGED_STARTS:
        if sound.startswith(start):
            sound = (merged + sound[len(start) :]).replace("fua", "fa").replace("fue", "fe")
            break
    for end, merged in _MERGED_ENDS:
        if sound.endswith(end):
            return sound.removesuffix(end) + merged
    return sound
