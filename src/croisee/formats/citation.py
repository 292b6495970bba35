"""Citations for reference managers: BibTeX and CSL-JSON, written.

Sources: O. Patashnik, « BibTeXing » (1988), for entries and braces; the CSL-JSON schema of the
Citation Style Language 1.0.2 (``csl-data.json``). The same citations give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SPECIAL = re.compile(r"[&%$#_]")
_BRACES = str.maketrans({"{": "(", "}": ")", "\\": "/"})


class Work(StrEnum):
    """What is cited, by its name in CSL."""

    DATASET = "dataset"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Cited:
    """One work. An author « Family, Given » is a person; without a comma, or where ``teams``,
    a team or an organisation, never cut in two.
    """

    key: str
    work: Work
    title: str
    authors: tuple[str, ...]
    on: date
    version: str = ""
    language: str = ""
    url: str = ""
    note: str = ""
    teams: bool = False


def write_bibtex(cited: Iterable[Cited]) -> str:
    """Return BibTeX entries (``@misc``, that every style knows), in UTF-8 letters.

    Braces and backslashes, that BibTeX would read, become parentheses and slashes.
    """
    return "\n".join(_entry(one) for one in cited)


def _entry(one: Cited) -> str:
    fields = [
        ("author", " and ".join(_bib_author(name, one) for name in one.authors)),
        ("title", f"{{{_tex(one.title)}}}"),
        ("year", str(one.on.year)),
        ("date", one.on.isoformat()),
        ("version", _tex(one.version)),
        ("language", one.language),
        ("url", one.url.translate(_BRACES)),
        ("note", _tex(one.note)),
    ]
    written = "".join(f"  {name} = {{{text}}},\n" for name, text in fields if text)
    return f"@misc{{{one.key},\n{written}}}\n"


def _tex(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text.translate(_BRACES))


def _bib_author(name: str, one: Cited) -> str:
    """Return a name as BibTeX cuts it; a team stands in braces, so that its « and » stays whole."""
    return _tex(name) if _is_person(name, one) else f"{{{_tex(name)}}}"


def _is_person(name: str, one: Cited) -> bool:
    family, comma, given = name.partition(",")
    whole = comma and family.strip() and given.strip() and "," not in given
    return bool(whole) and not one.teams and not re.search(r"\band\b", name)


def write_csl(cited: Iterable[Cited]) -> str:
    """Return a CSL-JSON list, as Zotero and pandoc read it."""
    entries = [dict(_csl(one)) for one in cited]
    return json.dumps(entries, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _csl(one: Cited) -> Iterator[tuple[str, object]]:
    yield "id", one.key
    yield "type", one.work.value
    yield "title", one.title
    yield "author", [_csl_author(name, one) for name in one.authors]
    yield "issued", {"date-parts": [[one.on.year, one.on.month, one.on.day]]}
    for name, text in (
        ("version", one.version),
        ("language", one.language),
        ("URL", one.url),
        ("note", one.note),
    ):
        if text:
            yield name, text


def _csl_author(name: str, one: Cited) -> dict[str, str]:
    if not _is_person(name, one):
        return {"literal": name}
    family, _, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()}
