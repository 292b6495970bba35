"""CSL-JSON written, as its schema says (``csl-data.json``, CSL 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from croisee.formats.references.csl_reading import CUSTOM, ENTRY, FIELDS
from croisee.formats.references.naming import ISO, entry_of
from croisee.formats.references.shapes import CitedWork, Contributor


def csl_of(works: Sequence[CitedWork]) -> str:
    """Return a CSL-JSON list; fields that CSL does not name stand in ``custom``.

    The same works give the same bytes.
    """
    items = [dict(_item(one)) for one in works]
    return json.dumps(items, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _item(one: CitedWork) -> Iterator[tuple[str, object]]:
    yield "id", one.key
    yield "type", one.kind
    yield from one.texts.items()
    for role, people in one.people.items():
        yield role, [_name(person) for person in people]
    for variable, day in one.dates.items():
        yield variable, _date(day)
    custom: dict[str, object] = {}
    if one.extra:
        custom[FIELDS] = one.extra
    if one.entry and one.entry != entry_of(one.kind, ""):
        custom[ENTRY] = one.entry
    if custom:
        yield CUSTOM, custom


def _name(one: Contributor) -> dict[str, str]:
    said = {
        "family": one.family, "given": one.given, "non-dropping-particle": one.particle,
        "dropping-particle": one.dropping, "suffix": one.suffix, "literal": one.literal,
    }  # fmt: skip
    return {name: text for name, text in said.items() if text}


def _date(day: str) -> dict[str, object]:
    found = ISO.fullmatch(day)
    if found is None:
        return {"literal": day}
    parts = [[int(part) for part in one.split("-")] for one in found.groups()[:2] if one]
    about: dict[str, object] = {"circa": True} if found[3] else {}
    return {"date-parts": parts, **about}
