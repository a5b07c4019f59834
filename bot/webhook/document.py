"""The platform's XML, read without trust.

``wechatpy.parse_message`` is not used: it raises five kinds of exception at bad input, lets a repeated
element turn a string into a list, rewrites the Event of a scanned follow, gives None for an empty element
and knows no ``bizmsgmenuid``, ``MediaId16K`` or ``subscribe_msg_*``. Its own parser, xmltodict, is.
"""

import math
import re
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from bot.webhook.refusal import bad

# The platform sends <xml> first of all. Asking for it keeps document types, and with them entities, out.
_BEGINNING = re.compile(r"\ufeff?\s*(?:<\?xml[^<>]*\?>\s*)?<xml[\s>]")
_TAG_LIMIT = 10_000
"""Real pushes have some dozens of ``<``. An envelope is parsed before its signature can be checked, and a
megabyte of tags would hold up everybody else for half a second."""
_INTEGER = re.compile(r"[0-9]{1,19}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{0,30})?")


class Fields:
    """The elements under one element; asking for what is missing or of another shape gives an empty value."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def text(self, name: str) -> str:
        """Return the text of an element, the first where it is repeated, "" where it has none."""
        value = self._first(name)
        if isinstance(value, Mapping):
            value = value.get("#text")
        return value if isinstance(value, str) else ""

    def integer(self, name: str) -> int | None:
        """Return a whole number of at most 19 digits (64 bits), None for anything else."""
        text = self.text(name)
        return int(text) if _INTEGER.fullmatch(text) else None

    def decimal(self, name: str) -> float | None:
        """Return a finite decimal number, None for anything else (``nan``, ``1e9``, ``1_0`` included)."""
        text = self.text(name)
        value = float(text) if _DECIMAL.fullmatch(text) else math.nan
        return value if math.isfinite(value) else None

    def child(self, name: str) -> "Fields":
        """Return the elements under ``name``, none where there are none."""
        value = self._first(name)
        return Fields(value if isinstance(value, Mapping) else {})

    def children(self, name: str) -> list["Fields"]:
        """Return all repeats of ``name``, as one finds them under a List."""
        value = self._raw.get(name)
        values = value if isinstance(value, list) else [value]
        return [Fields(each) for each in values if isinstance(each, Mapping)]

    def _first(self, name: str) -> Any:
        value = self._raw.get(name)
        return value[0] if isinstance(value, list) else value


def read(body: bytes) -> Fields:
    """Return what is under the root ``<xml>``; Refused(400) for anything that is not such a document."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise bad("encoding") from None
    if not _BEGINNING.match(text) or text.count("<") > _TAG_LIMIT:
        raise bad("xml")
    try:
        root = xmltodict.parse(text).get("xml")
    except (ExpatError, ValueError):
        raise bad("xml") from None
    return Fields(root if isinstance(root, Mapping) else {})
