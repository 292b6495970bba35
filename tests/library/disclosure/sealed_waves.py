"""A small invented survey, sealed, and what changes in its answers afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa

from croisee.dataset import Dataset, answers_schema, freeze, load
from croisee.disclosure import (
    Act,
    Amendment,
    DatasetWorlds,
    Register,
    Release,
    Submitted,
    adopt,
    amended,
    audit,
    draft_release,
    keep_lines,
    seal,
)
from croisee.findings import Finding
from croisee.language import Label
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
)
from croisee.survey import wave_tables

AT = datetime(2026, 12, 1, tzinfo=UTC)
CLEAN = SimpleNamespace(breaches=(), undecided=())
KEY = bytes(range(32))
QUESTIONS = ("aide", "lieu", "temps")

Rows = dict[str, tuple[str, tuple[str, ...]]]
"""Who → (case, an answer a question)."""


def people(yes: tuple[int, int, int], of: int, case: str, first: int = 0) -> Rows:
    """Return ``of`` people of one network; ``yes`` of them say yes to each question."""
    return {
        f"p-{first + i:03}": (case, tuple("oui" if i < many else "non" for many in yes))
        for i in range(of)
    }


EVERYBODY = people((15, 20, 12), 40, "nord") | people((8, 9, 14), 24, "sud", 100)


def survey(code: str = "2026a") -> Study:
    asked = tuple(
        Question(
            name,
            Label(name),
            QuestionKind.SINGLE,
            (Option("non", Label("Non")), Option("oui", Label("Oui"))),
        )
        for name in QUESTIONS
    )
    return Study(
        Label("Étude inventée"),
        Label("Quoi ?"),
        ("fr",),
        tuple(Case(name, Label(name), Label(name)) for name in ("nord", "sud")),
        (Edition("2026", Label("2026")),),
        (Method("q", Label("Questionnaire"), MethodKind.SURVEY),),
        Diffusion(code, date(2026, 11, 30)),
        instruments=(Instrument("q", Label("Questionnaire"), "q", Subject.PERSON, asked),),
    )


@dataclass
class Wave:
    """One state of the survey: its Dataset and what it submits to the gate."""

    dataset: Dataset
    submitted: Submitted


def wave(place: Path, rows: Rows, *, only: tuple[str, ...] = QUESTIONS, findings=()) -> Wave:
    study = survey()
    columns: dict[str, list[str | None]] = {
        "respondent": list(rows),
        "case": [case for case, _ in rows.values()],
        "component": [""] * len(rows),
        "organisation": [""] * len(rows),
    }
    for place_of, name in enumerate(QUESTIONS):
        columns[f"q_{name}"] = [said[place_of] for _, said in rows.values()]
    table = pa.table(columns, schema=answers_schema(study.instruments[0]))
    number = len(list(place.glob("jeu-*")))
    freeze(study, {"answers/q@2026": table}, {}, place / f"jeu-{number}", at=AT)
    dataset = load(place / f"jeu-{number}")
    tables = tuple(
        (key, raw)
        for key, raw in wave_tables(dataset, "q", "2026").keyed()
        if key.partition("@")[0].rpartition(".")[2] in only
    )
    return Wave(dataset, Submitted(study, tables, (), tuple(findings), (), (), ()))


def drafted(one: Wave, register: Register) -> Release:
    parts = one.submitted
    return draft_release(
        study=parts.study,
        tables=parts.tables,
        findings=parts.findings,
        register=register,
        dataset_digest=one.dataset.digest,
        software="croisee 0",
        at=AT,
    ).release


def sealed(one: Wave, register: Register) -> Release:
    kept = seal(drafted(one, register), register, AT, CLEAN)
    keep_lines(register, kept.code, one.dataset)
    return kept


def decision(act: Act, *objects: str) -> Amendment:
    return Amendment(act, objects, "Une chercheuse", "Vu en comité", date(2026, 12, 5))


def amend(asked: Amendment, one: Wave, register: Register) -> Release:
    """Propose, audit everything ever out, adopt: as ``croisee amend`` does."""
    proposed = amended(asked, one.submitted, register, one.dataset)
    report = audit(proposed.union, DatasetWorlds(one.dataset), one.submitted.study.policy)
    assert (report.breaches, report.undecided) == ([], [])
    return adopt(proposed, asked, register, AT.isoformat())


def said(text: str, code: str = "C-01") -> Finding:
    return Finding(code, Label("Titre"), Label(text), "Section", (), "valide")


def swapped(rows: Rows, question: str) -> Rows:
    """Return the answers as if « oui » and « non » of one question had been mixed up."""
    place = QUESTIONS.index(question)
    other = {"oui": "non", "non": "oui"}
    return {
        who: (case, (*told[:place], other[told[place]], *told[place + 1 :]))
        for who, (case, told) in rows.items()
    }


def without_software(release: Release) -> tuple[object, ...]:
    return tuple(replace(table, notes=()) for table in release.tables)
