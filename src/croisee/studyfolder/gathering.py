"""A study folder made in memory, from a study and its tables that lie elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from croisee.dataset import TABLES, Consent, consenting_tables
from croisee.deidentify import MaskEntry, Reviews
from croisee.findings import Finding, Leaflet, Reference, Reported
from croisee.study import Study
from croisee.studyfolder.contradictions import find_contradictions
from croisee.studyfolder.names import Names, Person, Session
from croisee.studyfolder.reading import StudyFolder
from croisee.studyfolder.settings import DeclaredFrame, Settings
from croisee.text import parse_date


@dataclass(frozen=True, slots=True)
class Written:
    """What a team writes and decides, beside its tables."""

    findings: tuple[Finding, ...] = ()
    leaflets: tuple[Leaflet, ...] = ()
    references: tuple[Reference, ...] = ()
    reported: tuple[Reported, ...] = ()
    registry: tuple[MaskEntry, ...] = ()
    reviews: Reviews = field(default_factory=Reviews)


def gather_study(
    study: Study,
    tables: Mapping[str, pa.Table],
    accepted: Mapping[str, tuple[str, ...]],
    consents: Mapping[str, Consent],
    written: Written,
) -> StudyFolder:
    """Return the study folder that such a study would be, checked as far as it was before.

    ``tables`` are named and typed as in :mod:`croisee.dataset.schema`; one that is not given is
    empty. ``accepted`` says which purposes each participant accepts, and
    ``consents`` what follows (see :func:`croisee.dataset.consent_of`). What
    contradicts what is found again.
    """
    whole = {name: schema.empty_table() for name, schema in TABLES.items()} | dict(tables)
    kept, _ = consenting_tables(study, whole, consents)
    return StudyFolder(
        path=Path(),
        problems=(),
        study=study,
        tables=whole,
        consents=consents,
        accepted=accepted,
        findings=written.findings,
        leaflets=written.leaflets,
        references=written.references,
        reported=written.reported,
        registry=written.registry,
        reviews=written.reviews,
        contradictions=find_contradictions(_names(study, whole), whole, kept),
    )


def _names(study: Study, tables: Mapping[str, pa.Table]) -> Names:
    """Return what the tables refer to, as reading a folder would have gathered it."""
    names = Names(
        Settings(
            cases=study.cases,
            editions=study.editions,
            methods=study.methods,
            certificates=study.certificates,
            diffusion=study.diffusion,
            frames=tuple(DeclaredFrame(**row) for row in tables["frames"].to_pylist()),
        ),
        instruments={one.code: one for one in study.instruments},
    )
    for row in tables["organisations"].to_pylist():
        known = names.organisations.setdefault((row["case"], row["edition"]), {})
        known[row["organisation"]] = row["component"]
    names.people = {
        row["participant"]: Person(
            row["participant"], row["case"], row["component"], row["organisation"]
        )
        for row in tables["participants"].to_pylist()
    }
    names.sessions = {
        row["session"]: Session(
            row["session"], row["method"], row["case"], row["component"], row["edition"],
            parse_date(row["held_on"]) if row["held_on"] else None, "seances", 0,
        )
        for row in tables["sessions"].to_pylist()
    }  # fmt: skip
    return names
