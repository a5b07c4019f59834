"""XML as the platform writes it, and the reading of what the account answers."""

import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.etree import ElementTree as ET

Value: TypeAlias = "str | int | float | Mapping[str, Value]"

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 §2.2 does not allow in a document: most control characters, lone surrogates."""


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML cannot carry; surrogate pairs become one."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return _UNSPEAKABLE.sub("", whole)


def render(fields: Mapping[str, Value], root: str = "xml") -> str:
    """Return the fields as XML: numbers bare, text in CDATA, mappings as elements inside."""
    inner = "".join(_element(name, value) for name, value in fields.items())
    return f"<{root}>{inner}</{root}>"


def _element(name: str, value: Value) -> str:
    if isinstance(value, Mapping):
        return render(value, name)
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    return f"<{name}>{_cdata(value)}</{name}>"


def _cdata(text: str) -> str:
    return "<![CDATA[" + clean(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def parse(text: str) -> ET.Element:
    """Return the root of an ``<xml>`` document; ValueError for anything else or anything with a DTD."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type is not allowed")
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities were refused above
    except ET.ParseError as error:
        raise ValueError(f"not XML: {error}") from error
    if root.tag != "xml":
        raise ValueError("the root element is not <xml>")
    return root
