"""Names as BibTeX cuts them (Patashnik, 1988, section 4), read by bibtexparser's rules."""

from __future__ import annotations

import re

from bibtexparser.customization import splitname

from croisee.formats.references.latex import field_text, outside_braces, plain_of
from croisee.formats.references.shapes import Contributor


def people_of(field: str) -> tuple[tuple[Contributor, ...], bool, tuple[str, ...]]:
    """Return who a field names, whether « and others » ends it, and names of three words or more.

    Those stand without comma nor braces: an organisation written so is cut like a person.
    """
    names = outside_braces(" ".join(field.split()), "and")
    others = bool(names) and names[-1] == "others"
    kept = names[:-1] if others else names
    cut = tuple(one for one in kept if one.count(" ") > 1 and not re.search(r"[{},]", one))
    return tuple(_person(name) for name in kept), others, cut


def _person(name: str) -> Contributor:
    if _is_whole(name):
        return Contributor(literal=plain_of(name)[0])
    try:
        cut = splitname(name, strict_mode=False)
    except (ValueError, IndexError):
        return Contributor(literal=plain_of(name)[0])
    said = {part: plain_of(" ".join(words))[0] for part, words in cut.items()}
    if not said.get("last"):
        return Contributor(literal=plain_of(name)[0])
    return Contributor(
        said["last"], said.get("first", ""), said.get("von", ""), suffix=said.get("jr", "")
    )


def _is_whole(name: str) -> bool:
    """Return whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for place, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return place == len(name) - 1
    return False


def names_field(people: tuple[Contributor, ...]) -> str:
    """Return a field that names them."""
    return " and ".join(map(_name, people))


def _name(one: Contributor) -> str:
    if one.literal or not one.family:
        return f"{{{field_text(one.literal or one.given)}}}"
    before = " ".join(part for part in (one.dropping, one.particle) if part)
    family = _part(one.family, last=True)
    head = f"{field_text(before)} {family}" if before else family
    given = _part(one.given)
    if one.suffix:
        return f"{head}, {_part(one.suffix)}, {given}"
    if given or before:
        return f"{head}, {given}".rstrip()
    return f"{{{field_text(one.family)}}}" if " " in one.family else head


def _part(text: str, *, last: bool = False) -> str:
    """Return a part of a name, in braces where BibTeX would cut it otherwise."""
    written = field_text(text)
    cut = bool(re.search(r",|\band\b", text))
    lower = last and any(word[:1].islower() for word in text.split()) and " " in text
    return f"{{{written}}}" if cut or lower else written
