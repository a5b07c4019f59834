"""Labelled letters for fitting and measuring: read, group near-duplicates, part into folds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

SHINGLE = 6
"""Characters of a shingle; letters that share SAME of theirs are near-duplicates."""

SAME = 0.3

FOLDS = 5

CHATS = Path(__file__).with_name("nlp_chats.txt")


@dataclass(frozen=True, slots=True)
class Letter:
    """A resident's letter with what readers made of it."""

    id: str
    title: str
    body: str
    primary: str
    also: frozenset[str]
    places: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}" if self.title else self.body

    @property
    def codes(self) -> frozenset[str]:
        return self.also | {self.primary}


def read_letters(path: Path) -> list[Letter]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Letter(
            row["id"],
            row.get("title", ""),
            row["text"],
            row["primary"],
            frozenset(row["also"]),
            tuple(row["places"]),
        )
        for row in rows
    ]


def read_chats(path: Path = CHATS) -> list[Letter]:
    """Our own short messages; each is a title without a letter."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, text = (part.strip() for part in line.split("|", 1))
            primary, *also = (code.strip() for code in codes.split("+"))
            found.append(Letter(text, "", text, primary, frozenset(also), ()))
    return found


def folds(letters: list[Letter], count: int = FOLDS) -> list[int]:
    """The fold of each letter; near-duplicates and letters with the same title share one."""
    leaders = _families(letters)
    return [int(hashlib.md5(letters[leader].id.encode()).hexdigest()[:6], 16) % count for leader in leaders]


def _families(letters: list[Letter]) -> list[int]:
    parent = list(range(len(letters)))

    def leader(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    holders: dict[str, list[int]] = defaultdict(list)
    sets = [_shingles(letter.body) for letter in letters]
    for number, shingles in enumerate(sets):
        shared = Counter(other for shingle in shingles for other in holders[shingle])
        for other, size in shared.items():
            if size >= SAME * min(len(shingles), len(sets[other])):
                parent[leader(number)] = leader(other)
        for shingle in shingles:
            holders[shingle].append(number)
    titles: dict[str, int] = {}
    for number, letter in enumerate(letters):
        if letter.title:
            parent[leader(number)] = leader(titles.setdefault(letter.title, number))
    return [leader(number) for number in range(len(letters))]


def _shingles(text: str) -> set[str]:
    text = text.replace(" ", "")
    return {text[start : start + SHINGLE] for start in range(max(1, len(text) - SHINGLE + 1))}
