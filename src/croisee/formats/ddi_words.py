"""Elements of a DDI-Codebook: added with their language, found again by language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

NAMESPACE = "ddi:codebook:2_5"
NAMES: dict[str | None, str] = {None: NAMESPACE}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Words = Mapping[str, str]
"""A text by language (``fr``, ``en``), the main language first."""


def below(above: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Add an element at the end of another one; signs that XML cannot hold are left out."""
    added = etree.SubElement(above, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        added.set(key, _NOT_XML.sub("", value))
    added.text = _NOT_XML.sub("", text) or None
    return added


def words_below(
    above: etree._Element, tag: str, words: Words, /, **attributes: str
) -> etree._Element | None:
    """Add an element for each language; return the first one, ``None`` if there are no words.

    The main language is that of the whole file and is not said again. What it does not say, no
    other language says; and words that are the same in another one are written once.
    """
    main = next(iter(words.values()), "")
    if not main:
        return None
    first = below(above, tag, main, **attributes)
    for language, text in list(words.items())[1:]:
        if text and text != main:
            below(above, tag, text, **attributes).set(LANGUAGE, language)
    return first


def children(above: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements of one name that stand right below, whatever their namespace."""
    return [one for one in above if etree.QName(one).localname == name]


def said(above: etree._Element, *names: str, language: str = "") -> str:
    """Return the text at the end of a path of names, ``""`` where there is none.

    Of several elements, the one in ``language``; else the one that says no language, which is
    that of the whole file; else the first.
    """
    found: etree._Element | None = above
    for name in names:
        found = None if found is None else _one(children(found, name), language)
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def _one(found: list[etree._Element], language: str) -> etree._Element | None:
    for wanted in (language, ""):
        for one in found:
            if one.get(LANGUAGE, "") == wanted:
                return one
    return found[0] if found else None
