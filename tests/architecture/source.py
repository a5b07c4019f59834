"""The program's own source, read and parsed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "nlp", "storage")


@dataclass(frozen=True)
class Module:
    """One file: its path from the project's root, and its syntax tree."""

    path: str
    tree: ast.Module

    @property
    def imported(self) -> Iterator[str]:
        """Full names of everything it imports, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module or ""


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the four packages."""
    files = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple(
        Module(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files
    )
