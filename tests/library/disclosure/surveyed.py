"""A small survey at random, frozen, tabulated and taken through the gate, for the attacker."""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa

from croisee.dataset import Dataset, answers_schema, freeze, load
from croisee.disclosure import Register, draft_release
from croisee.language import Label
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Nature,
    Option,
    Question,
    QuestionKind,
    Study,
    Subject,
)
from croisee.survey import cross, wave_tables

AT = datetime(2026, 11, 22, tzinfo=UTC)
CASES = ("a", "b", "c")


def options(size: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{i}", Label(f"réponse {i}")) for i in range(size))


def questions() -> tuple[Question, ...]:
    made = [
        Question(
            f"v{i}", Label(f"v{i}"), QuestionKind.SINGLE, options(k), Nature.VISIBLE, pooled=True
        )
        for i, k in enumerate((2, 3))
    ]
    made += [Question(f"q{i}", Label(f"q{i}"), QuestionKind.ORDINAL, options(5)) for i in range(4)]
    made += [
        Question("s", Label("s"), QuestionKind.ORDINAL, options(3), Nature.SENSITIVE),
        Question("m", Label("m"), QuestionKind.MULTIPLE, options(4)),
        Question("x", Label("x"), QuestionKind.MULTIPLE, options(4), exactly=2, pooled=True),
        Question(
            "d",
            Label("d"),
            QuestionKind.NUMBER,
            unit="h",
            classes=(Decimal(5), Decimal(10)),
            pooled=True,
        ),
    ]
    return tuple(made)


def survey() -> Study:
    instrument = Instrument("q", Label("Questionnaire"), "q", Subject.PERSON, questions())
    return Study(
        Label("Étude"),
        Label("Quoi ?"),
        ("fr",),
        tuple(Case(code, Label(code), Label(code)) for code in CASES),
        (Edition("2026", Label("2026")),),
        (Method("q", Label("Questionnaire"), MethodKind.SURVEY),),
        Diffusion("2026a"),
        instruments=(instrument,),
    )


def answers(rng: np.random.Generator, sizes: tuple[int, ...], missing: float) -> pa.Table:
    """Some answers, each question skipped by a few people."""
    study = survey()
    n = sum(sizes)
    columns: dict[str, list[object]] = {
        "respondent": [f"p-{i:03}" for i in range(n)],
        "case": [case for case, size in zip(CASES, sizes, strict=True) for _ in range(size)],
        "component": [""] * n,
        "organisation": [""] * n,
    }
    for question in study.instruments[0].questions:
        gone = rng.random(n) < missing
        name = f"q_{question.code}"
        if question.kind is QuestionKind.MULTIPLE:
            appeal = np.log(rng.gamma(1.5, 1, 4)) + rng.gumbel(size=(n, 4))
            most = 2 if question.exactly else 3
            first = np.argsort(-appeal, axis=1)[:, :most]
            for i, option in enumerate(question.options):
                chose = (first == i).any(axis=1) & ~gone
                columns[f"{name}__{option.code}"] = [
                    None if g else bool(c) for g, c in zip(gone, chose, strict=True)
                ]
        elif question.kind is QuestionKind.NUMBER:
            hours = rng.integers(0, 16, n)
            columns[name] = [
                None if g else Decimal(int(h)) for g, h in zip(gone, hours, strict=True)
            ]
        else:
            size = len(question.options)
            codes = rng.choice(size, n, p=rng.dirichlet([1.5] * size))
            columns[name] = [None if g else f"o{c}" for g, c in zip(gone, codes, strict=True)]
    return pa.table(columns, schema=answers_schema(study.instruments[0]))


def surveyed(tmp_path, seed: int, sizes=(22, 14, 31), missing: float = 0.04):
    """Return (dataset, draft): everything the survey room tabulates, and two crossings."""
    rng = np.random.default_rng(seed)
    study = survey()
    folder = tmp_path / f"etude-{seed}"
    freeze(study, {"answers/q@2026": answers(rng, sizes, missing)}, {}, folder, at=AT)
    dataset: Dataset = load(folder)
    tables = [*wave_tables(dataset, "q", "2026").keyed()]
    for attribute, question in (("v0", "q0"), ("v1", "q1")):
        raw = cross(dataset, "q", "2026", attribute, question)
        tables.append((f"croisement.q.2026.{attribute}.{question}", raw))
    drafted = draft_release(
        study=study,
        tables=tables,
        register=Register.open(tmp_path / f"registre-{seed}", token=bytes(range(32))),
        dataset_digest=dataset.digest,
        software="croisee 0",
    )
    return dataset, drafted
