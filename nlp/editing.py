"""Change single words in a lexicon's text; everything else, comments included, stays as people wrote it."""

from __future__ import annotations

import json
import re

import yaml

from nlp.lexicon import LexiconError
from nlp.sheet import LOADER, check_bounds

_PLAIN = re.compile(r"[\u4e00-\u9fa5]+")


def with_word(text: str, group: str, word: str) -> str:
    """The text with a word in a group, which is made at need. Raises LexiconError for what is no lexicon."""
    groups = _mapping(_root(text), "groups")
    words = _find(groups, group)
    if words is None:
        return _with_key(text, groups, group, f"[{_scalar(word)}]")
    return _with_item(text, _sequence(words, f"groups.{group}"), word)


def without_word(text: str, group: str, word: str) -> str:
    """The text with a word no longer in a group. Raises LexiconError where there is no such group."""
    words = _find(_mapping(_root(text), "groups"), group)
    if words is None:
        raise LexiconError(f"groups.{group}: no such group")
    while True:
        listed = _sequence(words, f"groups.{group}")
        place = next((at for at, item in enumerate(listed.value) if item.value == word), None)
        if place is None:
            return text
        text = _without_item(text, listed, place)
        words = _find(_mapping(_root(text), "groups"), group)
        assert words is not None


def speaking(text: str, group: str, code: str, level: str) -> str:
    """The text in which a group speaks for a category, strong, medium or weak."""
    speakers = _mapping(_root(text), "speaks_for")
    levels = _find(speakers, code)
    if levels is None:
        return _with_key(text, speakers, code, f"{{{level}: [{_scalar(group)}]}}")
    if not isinstance(levels, yaml.MappingNode):
        raise LexiconError(f"speaks_for.{code}: must be a mapping")
    names = _find(levels, level)
    if names is None:
        return _with_key(text, levels, level, f"[{_scalar(group)}]")
    return _with_item(text, _sequence(names, f"speaks_for.{code}.{level}"), group)


def _root(text: str) -> yaml.MappingNode:
    check_bounds(text)
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise LexiconError(f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(root, yaml.MappingNode):
        raise LexiconError("lexicon: must be a mapping with names as keys")
    return root


def _find(mapping: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in mapping.value if key.value == name), None)


def _mapping(root: yaml.MappingNode, name: str) -> yaml.MappingNode:
    found = _find(root, name)
    if not isinstance(found, yaml.MappingNode):
        raise LexiconError(f"{name}: must be a mapping")
    return found


def _sequence(node: yaml.Node, key: str) -> yaml.SequenceNode:
    if not isinstance(node, yaml.SequenceNode):
        raise LexiconError(f"{key}: must be a list")
    return node


def _scalar(word: str) -> str:
    """A word as YAML: quoted wherever YAML could read it as something else."""
    return word if _PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)


def _with_item(text: str, listed: yaml.SequenceNode, word: str) -> str:
    if any(item.value == word for item in listed.value):
        return text
    if not listed.flow_style:
        end, margin = listed.value[-1].end_mark.index, " " * listed.start_mark.column
        return f"{text[:end]}\n{margin}- {_scalar(word)}{text[end:]}"
    end = listed.end_mark.index - 1
    comma = "" if not listed.value or text[:end].rstrip().endswith(",") else ", "
    return f"{text[:end]}{comma}{_scalar(word)}{text[end:]}"


def _without_item(text: str, listed: yaml.SequenceNode, place: int) -> str:
    items, (start, end) = listed.value, _span(listed.value[place])
    if place:
        return text[: items[place - 1].end_mark.index] + text[end:]
    if len(items) > 1:
        return text[:start] + text[items[1].start_mark.index :]
    if listed.flow_style:
        return text[:start] + text[end:].lstrip(" ,")
    return f"{text[: listed.start_mark.index]}[]{text[end:]}"


def _span(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _with_key(text: str, mapping: yaml.MappingNode, name: str, value: str) -> str:
    line = f"{_scalar(name)}: {value}"
    if mapping.flow_style:
        end = mapping.end_mark.index - 1
        comma = "" if not mapping.value or text[:end].rstrip().endswith(",") else ", "
        return f"{text[:end]}{comma}{line}{text[end:]}"
    first, last = mapping.value[0][0], mapping.value[-1][1]
    margin = " " * first.start_mark.column
    if getattr(last, "flow_style", True):
        end = last.end_mark.index
        return f"{text[:end]}\n{margin}{line}{text[end:]}"
    start = first.start_mark.index
    return f"{text[:start]}{line}\n{margin}{text[start:]}"
