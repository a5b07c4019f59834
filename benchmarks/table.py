"""Figures as plain text, with what the machine was busy with meanwhile."""

import os
from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; columns are as wide as they need to be."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    print(f"\n{title}  (load average {_load()}, {os.cpu_count()} cores)")
    for row in (head, *rows):
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def milliseconds(seconds: float) -> str:
    """Return a time as whole and tenths of milliseconds."""
    return f"{seconds * 1000:.1f}"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())
