"""CSL-JSON read, as Zotero and pandoc write it (schema ``csl-data.json``, CSL 1.0.2)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from croisee.formats.references.naming import ALL_DATES, ALL_ROLES, ISO
from croisee.formats.references.shapes import CitedWork, Contributor
from croisee.formats.refused import FormatRefused
from croisee.language import phrase, phrases
from croisee.text import Notice

CUSTOM, FIELDS, ENTRY = "custom", "bibtex", "bibtex-type"
"""Where a field of BibTeX waits, in the place that CSL leaves to each tool."""
_PARTS = {
    "family": "family", "given": "given", "non-dropping-particle": "particle",
    "dropping-particle": "dropping", "suffix": "suffix", "literal": "literal",
}  # fmt: skip
_SHOWN = 20


def read_csl(text: str) -> tuple[tuple[CitedWork, ...], tuple[Notice, ...]]:
    """Return the references of a CSL-JSON text, in its order, and what was not carried.

    A list of items, one item, or an object that has them under ``items`` or ``references``.

    Raises:
        FormatRefused: no JSON, or no reference in it.
    """
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise _no_references() from cause
    if isinstance(kept, dict):
        under = next((kept[name] for name in ("items", "references") if name in kept), None)
        kept = [kept] if under is None else under
    if not isinstance(kept, list):
        raise _no_references()
    lost: Counter[str] = Counter()
    works = tuple(_work(one, place, lost) for place, one in enumerate(kept, 1) if _is_item(one))
    if not works:
        raise _no_references()
    return works, tuple(_notices(len(kept) - len(works), lost))


def _no_references() -> FormatRefused:
    return FormatRefused(
        phrase("Ce fichier n’est pas une liste de références en CSL-JSON."),
        phrase("Exportez vos références en « CSL JSON »."),
    )


def _is_item(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("type"), str) and bool(one["type"])


def _work(item: Mapping[str, Any], place: int, lost: Counter[str]) -> CitedWork:
    work = CitedWork(str(item.get("id", "")) or f"reference-{place}", item["type"])
    for name, value in item.items():
        if name in {"id", "type"} or value in ("", None, [], {}):
            continue
        if name in ALL_ROLES and isinstance(value, list):
            people = [_person(one, lost) for one in value]
            work.people[name] = tuple(one for one in people if one != Contributor())
        elif name in ALL_DATES and isinstance(value, dict):
            day = _day(value, lost)
            if day:
                work.dates[name] = day
        elif name == CUSTOM and isinstance(value, dict):
            _custom(work, value, lost)
        elif name == "keyword" and isinstance(value, list):
            work.texts[name] = ", ".join(map(str, value))
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            work.texts[name] = str(value)
        else:
            lost[name] += 1
    return work


def _person(one: object, lost: Counter[str]) -> Contributor:
    if not isinstance(one, dict):
        lost["author"] += 1
        return Contributor()
    for name in one.keys() - _PARTS.keys():
        lost[name] += 1
    said = {ours: one.get(theirs) for theirs, ours in _PARTS.items()}
    return Contributor(**{name: text for name, text in said.items() if isinstance(text, str)})


def _day(value: Mapping[str, Any], lost: Counter[str]) -> str:
    for name in value.keys() - {"date-parts", "raw", "literal", "circa"}:
        lost[name] += 1
    parts = value.get("date-parts")
    days = [_iso(one) for one in parts] if isinstance(parts, list) else []
    found = "/".join(days)
    if found and ISO.fullmatch(found):
        return found + ("~" if value.get("circa") else "")
    said = value.get("literal") or value.get("raw")
    if not isinstance(said, str):
        lost["date-parts"] += bool(parts)
        return ""
    return said


def _iso(parts: object) -> str:
    if not isinstance(parts, list):
        return "?"
    numbers = [str(one).strip() for one in parts]
    return "-".join(f"{one:0>4}" if at == 0 else f"{one:0>2}" for at, one in enumerate(numbers))


def _custom(work: CitedWork, value: Mapping[str, Any], lost: Counter[str]) -> None:
    fields, entry = value.get(FIELDS), value.get(ENTRY)
    if isinstance(fields, dict):
        work.extra = {str(name): text for name, text in fields.items() if isinstance(text, str)}
    work.entry = entry if isinstance(entry, str) and entry.isalpha() else ""
    for _ in value.keys() - {FIELDS, ENTRY}:
        lost[CUSTOM] += 1


def _notices(others: int, lost: Counter[str]) -> list[Notice]:
    keep = phrase("Gardez le fichier de départ.")
    told = []
    if others:
        told.append(Notice(phrases(
            "{n} élément n’est pas une référence : il n’a pas de « type ».",
            "{n} éléments ne sont pas des références : ils n’ont pas de « type ».", others,
        ), keep))  # fmt: skip
    if lost:
        names = ", ".join(f"{name[:60]} ({count})" for name, count in lost.most_common(_SHOWN))
        told.append(Notice(phrase("Ceci n’est pas gardé : {names}.", names=names), keep))
    return told
