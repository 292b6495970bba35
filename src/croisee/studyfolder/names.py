"""What the tables of a folder may refer to, and rows shared by several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from croisee.dataset import TABLES
from croisee.language import phrase
from croisee.study import Case, Edition, Instrument, Method, Theme
from croisee.studyfolder.problems import Said
from croisee.studyfolder.settings import Settings, codes
from croisee.studyfolder.table import Row
from croisee.text import ReadDate


@dataclass(frozen=True, slots=True)
class Person:
    """A participant's code and where they belong."""

    code: str
    case: str
    component: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Session:
    """One fieldwork session."""

    code: str
    method: str
    case: str
    component: str
    edition: str
    held_on: ReadDate | None
    file: str
    line: int


@dataclass(slots=True)
class Names:
    """Everything declared so far, by code."""

    settings: Settings
    instruments: dict[str, Instrument] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    organisations: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """(case, edition) → organisation → component: the frame's lists."""

    @property
    def cases(self) -> dict[str, Case]:
        """Return the cases by code."""
        return {case.code: case for case in self.settings.cases}

    @property
    def methods(self) -> dict[str, Method]:
        """Return the methods by code."""
        return {method.code: method for method in self.settings.methods}

    @property
    def editions(self) -> dict[str, Edition]:
        """Return the editions by code, in order."""
        return {edition.code: edition for edition in self.settings.editions}

    def edition_of(self, day: date | None) -> str:
        """Return the only edition whose dates hold a day, or ``""``."""
        found = [
            edition.code
            for edition in self.settings.editions
            if day and edition.start and edition.end and edition.start <= day <= edition.end
        ]
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Where:
    """The case, component and edition of a row (``""`` when not said)."""

    case: str
    component: str
    edition: str


def where(row: Row, names: Names, otherwise: str = "", *, needed: bool = True) -> Where:
    """Read ``cas``, ``composante`` and ``edition``.

    An empty edition is ``otherwise``, or the study's only edition; refused when ``needed``.
    """
    case = row.ref("cas", names.cases, "etude.toml")
    component = component_of(row, names, case)
    edition = row.ref("edition", names.editions, "etude.toml", required=False) or otherwise
    if not edition and len(names.editions) == 1:
        edition = next(iter(names.editions))
    if needed and not edition and not row.text("edition"):
        row.refuse("edition", _no_edition())
    return Where(case, component, edition)


def component_of(row: Row, names: Names, case: str) -> str:
    """Read ``composante``, one of the case's."""
    known = codes(names.cases[case].components) if case else ()
    return row.ref("composante", known, "etude.toml", required=False) if case else ""


def _no_edition() -> Said:
    return (
        phrase("L’édition n’est pas dite, et l’étude en a plusieurs."),
        phrase("Écrivez le code d’une édition dans cette cellule."),
    )


def as_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as the Dataset's table of that name."""
    return pa.Table.from_pylist(rows, schema=TABLES[name])
