"""Elements of a REFI-QDA project: what their attributes and children say."""

from __future__ import annotations

import re

from lxml import etree

from croisee.formats.coded.shapes import Value

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_VALUES = (
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
)  # fmt: skip
Told = tuple[int, int, str]
"""Where a passage begins and ends, as the file says (-1: no number), and its name."""


def local_name(element: etree._Element) -> str:
    """Return an element’s name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def key_of(guid: str | None) -> str:
    """Return an identifier as we keep it: tools do not agree on its case nor on its braces."""
    match = _GUID.fullmatch((guid or "").strip())
    return match[1].lower() if match else (guid or "").strip()


def colour_of(value: str | None) -> str:
    """Return a colour as ``#rrggbb``, or nothing."""
    text = (value or "").strip().lower()
    if len(text) == 4:
        text = "#" + "".join(sign * 2 for sign in text[1:])
    return text if re.fullmatch(r"#[0-9a-f]{6}", text) else ""


def description_of(element: etree._Element) -> str:
    """Return what an element’s ``Description`` says."""
    return element.findtext("{*}Description") or ""


def references_of(element: etree._Element, name: str) -> tuple[str, ...]:
    """Return the keys that children of one name point at."""
    return tuple(key_of(one.get("targetGUID")) for one in element.findall(f"{{*}}{name}"))


def values_of(element: etree._Element) -> tuple[Value, ...]:
    """Return the values that a source or a case holds."""
    found = []
    for one in element.findall("{*}VariableValue"):
        variable = next(iter(references_of(one, "VariableRef")), "")
        texts = (one.findtext(f"{{*}}{name}") for name in _VALUES)
        found.append(Value(variable, next((text for text in texts if text is not None), "")))
    return tuple(found)


def bounds_of(element: etree._Element) -> Told:
    """Return where a passage begins and ends, as the file says, and its name."""
    start, end = (
        whole_number(element.get("startPosition")),
        whole_number(element.get("endPosition")),
    )
    return -1 if start is None else start, -1 if end is None else end, element.get("name", "")


def anchors_of(element: etree._Element) -> dict[str, int]:
    """Return where the points of a transcript stand, with a time or without."""
    found = {}
    for one in element.findall("{*}SyncPoint"):
        if (at := whole_number(one.get("position"))) is not None:
            found[key_of(one.get("guid"))] = at
    return found


def whole_number(text: str | None) -> int | None:
    """Return a whole number of twelve figures at most, or ``None``."""
    return int(text) if text and re.fullmatch(r"\s*[-+]?\d{1,12}\s*", text) else None
