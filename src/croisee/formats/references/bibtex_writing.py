"""BibTeX written, that every style reads; what BibTeX has no field for stands in ``csl-…``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from croisee.formats.references.latex import field_text
from croisee.formats.references.naming import (
    ISO,
    KIND_OF,
    OURS,
    ROLES,
    TITLES,
    VERBATIM,
    entry_of,
    field_of,
)
from croisee.formats.references.people import names_field
from croisee.formats.references.shapes import CitedWork

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY = re.compile(r"""[\s,{}()"#%'=~\\@]+""")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


def bibtex_of(works: Sequence[CitedWork]) -> str:
    """Return BibTeX entries in UTF-8 letters; keys that BibTeX refuses are changed.

    The same works give the same bytes.
    """
    used: Counter[str] = Counter()
    written = []
    for one in works:
        key = _KEY.sub("-", one.key).strip("-") or "reference"
        used[key] += 1
        written.append(_entry(one, key if used[key] == 1 else f"{key}-{used[key]}"))
    return "\n".join(written)


def _entry(one: CitedWork, key: str) -> str:
    kind = entry_of(one.kind, one.entry)
    fields: dict[str, str] = {}
    for name, written in _fields(one, kind):
        if written and name not in fields:
            fields[name] = written
    lines = "".join(f"  {name} = {written},\n" for name, written in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def _fields(one: CitedWork, kind: str) -> Iterator[tuple[str, str]]:
    if KIND_OF.get(kind, "document") != one.kind:
        yield OURS + "type", f"{{{field_text(one.kind)}}}"
    for role, people in one.people.items():
        yield ROLES.get(role, OURS + role), _braced(names_field(people))
    for variable, text in one.texts.items():
        yield field_of(variable, one.kind), _braced(_text(variable, text))
    for variable, day in one.dates.items():
        if variable == "issued":
            yield from _issued(day)
        else:
            name = "urldate" if variable == "accessed" else OURS + variable
            yield name, _braced(field_text(day))
    for name, raw in one.extra.items():
        if _NAME.fullmatch(name) and _balanced(raw):
            yield name, _braced(raw)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _text(variable: str, text: str) -> str:
    if variable in VERBATIM and not re.search(r"[{}\\]", text):
        return text
    if variable == "page":
        return field_text(text).replace("–", "--")
    return field_text(text, title=variable in TITLES)


def _issued(day: str) -> Iterator[tuple[str, str]]:
    found = ISO.fullmatch(day)
    if found is None:
        yield "year", _braced(field_text(day))
        return
    yield "year", _braced(found[1][:4])
    if len(found[1]) > 4 and not found[2]:
        yield "month", _MONTHS[int(found[1][5:7]) - 1]
    if len(day) > 4:
        yield "date", _braced(day)
