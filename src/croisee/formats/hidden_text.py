"""Which words of a Word document are hidden (``w:vanish``, ``w:webHidden``): nobody saw them."""

from __future__ import annotations

from lxml import etree

from croisee.formats.xml import document

_HIDING = frozenset({"vanish", "webHidden"})
_OFF = frozenset({"0", "false", "off"})
DEFAULT = ""
"""Stands for the style of paragraphs that name none."""


def local(element: etree._Element) -> str:
    """Return an element’s name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element, name: str = "val") -> str:
    """Return an attribute by its name without a namespace, ``""`` without one."""
    found = (text for key, text in element.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, ""))


def hides(properties: etree._Element | None) -> bool | None:
    """Return whether the properties of a run or a style hide it; ``None`` when they do not say."""
    said = None
    for one in properties if properties is not None else ():
        if local(one) in _HIDING:
            said = said or value(one).lower() not in _OFF
    return said


def style_of(properties: etree._Element | None) -> str:
    """Return the style that the properties of a run or of a paragraph name, or ``""``."""
    for one in properties if properties is not None else ():
        if local(one) in {"rStyle", "pStyle"}:
            return value(one)
    return ""


def hidden_styles(styles: bytes) -> frozenset[str]:
    """Return the styles whose words are hidden, by themselves or by the style they build upon.

    :data:`DEFAULT` is one of them where paragraphs without a style are hidden. ``styles`` is the
    part ``word/styles.xml``.
    """
    if not any(name.encode() in styles for name in _HIDING):
        return frozenset()
    own: dict[str, bool | None] = {}
    below: dict[str, str] = {}
    default = ""
    for style in document(styles).iter("{*}style"):
        code = value(style, "styleId")
        parts = {local(child): child for child in style}
        own[code] = hides(parts.get("rPr"))
        below[code] = value(parts["basedOn"]) if "basedOn" in parts else ""
        usual = value(style, "default").lower() not in {"", *_OFF}
        if usual and value(style, "type") == "paragraph":
            default = code
    found = {code for code in own if _hidden(code, own, below)}
    return frozenset(found | {DEFAULT} if default in found else found)


def _hidden(code: str, own: dict[str, bool | None], below: dict[str, str]) -> bool:
    """Follow the styles one builds upon until one says; those in a ring say nothing."""
    met: set[str] = set()
    while code in own and code not in met:
        said = own[code]
        if said is not None:
            return said
        met.add(code)
        code = below[code]
    return False
