"""A lexicon as people hand it in: bounded before it is parsed, so that no text can stop the service."""

from __future__ import annotations

from typing import Any

import yaml

from nlp.lexicon import Lexicon, LexiconError
from nlp.lexicon_file import parse_lexicon

MAX_CHARS = 400_000
"""Of a lexicon's text; the packaged one has 100,000 characters."""

MAX_DEPTH = 8
"""Nested lists and mappings; a lexicon has four. PyYAML's C parser dies of very deep ones."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_sheet(text: str) -> Lexicon:
    """The lexicon in a text that anybody may have written; raises LexiconError naming the key."""
    check_bounds(text)
    return parse_lexicon(text)


def check_bounds(text: str) -> None:
    """Raise LexiconError for a text too long, too deep, or with aliases, which can stand for gigabytes."""
    if len(text) > MAX_CHARS:
        raise LexiconError(f"lexicon: longer than {MAX_CHARS:,} characters")
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else 0
            if depth > MAX_DEPTH:
                raise LexiconError(f"line {line}: nested too deep")
            if isinstance(event, yaml.AliasEvent):
                raise LexiconError(f"line {line}: aliases (*name) are not taken")
    except (yaml.YAMLError, UnicodeError) as error:
        raise LexiconError(f"not YAML: {' '.join(str(error).split())}") from error
