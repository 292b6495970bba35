"""An invented wave of two questionnaires in three networks, drawn from a seed."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from croisee.dataset import TABLES, Consent, Dataset, answers_schema, freeze
from croisee.language import Label
from croisee.study import (
    Case,
    Component,
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

AT = datetime(2026, 3, 2, tzinfo=UTC)


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Label(code.capitalize())) for code in codes)


AGE = Question(
    "age",
    Label("Âge"),
    QuestionKind.ORDINAL,
    options("jeune", "moyen", "ancien"),
    nature=Nature.VISIBLE,
    pooled=True,
)
EASE = Question("aisance", Label("Aisance"), QuestionKind.ORDINAL, options("peu", "assez", "tres"))
HELP = Question(
    "aide", Label("Aide"), QuestionKind.SINGLE, options("oui", "non"), missing=("nsp", "99")
)
STRAIN = Question(
    "conflit",
    Label("Conflit"),
    QuestionKind.SINGLE,
    options("oui", "non"),
    nature=Nature.SENSITIVE,
)
TOOLS = Question(
    "outils", Label("Outils"), QuestionKind.MULTIPLE, options("a", "b", "c", "d"), at_most=3
)
THREE = Question(
    "besoins", Label("Besoins"), QuestionKind.MULTIPLE, options("w", "x", "y", "z"), exactly=2
)
HOURS = Question(
    "heures",
    Label("Heures"),
    QuestionKind.NUMBER,
    classes=(Decimal(5), Decimal("12.5")),
    unit="h",
)
NOTE = Question("note", Label("Note"), QuestionKind.TEXT)

PEOPLE = Instrument(
    "individuel",
    Label("Questionnaire individuel"),
    "questionnaire",
    Subject.PERSON,
    (AGE, EASE, HELP, STRAIN, TOOLS, THREE, HOURS, NOTE),
    weighted=True,
)
HOUSES = Instrument("eclair", Label("Éclair"), "eclair", Subject.ORGANISATION, (HELP,))
SHEET = Instrument("fiche", Label("Fiche"), "groupe", Subject.PERSON, (HELP,))

STUDY = Study(
    title=Label("Essai"),
    question=Label("Essai ?"),
    languages=("fr",),
    cases=(
        Case("rives", Label("Réseau des rives"), Label("Rives"), units=Label("maisons")),
        Case(
            "vals",
            Label("Réseau des vals"),
            Label("Vals"),
            units=Label("tables"),
            components=(Component("est", Label("Val Est")), Component("ouest", Label("Val Ouest"))),
        ),
        Case("pairs", Label("Association"), Label("Pairs"), individuals=True),
        Case("loin", Label("Réseau lointain"), Label("Loin")),
    ),
    editions=(Edition("2019", Label("2019")), Edition("2021", Label("2021"))),
    methods=(
        Method("questionnaire", Label("Questionnaire"), MethodKind.SURVEY),
        Method("eclair", Label("Éclair"), MethodKind.SURVEY, Subject.ORGANISATION),
        Method("groupe", Label("Groupe"), MethodKind.FOCUS_GROUP),
        Method("entretien", Label("Entretien"), MethodKind.INTERVIEW),
    ),
    diffusion=Diffusion("2021a"),
    instruments=(PEOPLE, HOUSES, SHEET),
)


def maybe(generator: np.random.Generator, value: object) -> object:
    """Return the value, or nothing one time in eight."""
    return None if generator.random() < 1 / 8 else value


def one_answer(generator: np.random.Generator, number: int) -> dict:
    """Return one person's line; a multiple question is answered whole or not at all."""
    case = ("rives", "vals", "pairs")[generator.choice(3, p=(0.5, 0.3, 0.2))]
    line = {
        "respondent": f"r-{number:04}",
        "case": case,
        "component": ("est", "ouest")[generator.integers(2)] if case == "vals" else "",
        "organisation": f"m-{generator.integers(9)}" if case != "pairs" else "",
        "weight": Decimal(int(generator.integers(1, 10**9))) / Decimal(10**6),
        "q_note": None,
        "q_heures": maybe(generator, Decimal(int(generator.integers(0, 40))) / 2),
    }
    for question in (AGE, EASE, HELP, STRAIN):
        codes = [*(option.code for option in question.options), *question.missing]
        line[f"q_{question.code}"] = maybe(generator, codes[generator.integers(len(codes))])
    for question in (TOOLS, THREE):
        here = maybe(generator, True)
        for option in question.options:
            chosen = bool(generator.random() < 0.4)
            line[f"q_{question.code}__{option.code}"] = chosen if here else None
    return line


def answers(seed: int, count: int) -> list[dict]:
    generator = np.random.default_rng(seed)
    return [one_answer(generator, number) for number in range(count)]


def frozen(
    folder: Path, study: Study, tables: dict[str, list[dict]], consents: dict | None = None
) -> Dataset:
    """Freeze tables given as lines; absent columns are empty texts or unknown numbers."""
    schemas = {
        f"answers/{instrument.code}@{edition.code}": answers_schema(instrument)
        for instrument in study.instruments
        for edition in study.editions
    }
    arrow = {
        name: pa.Table.from_pylist(lines, (TABLES | schemas)[name])
        for name, lines in tables.items()
    }
    return freeze(study, arrow, consents or {}, folder / "gel", at=AT)


def agreed(*codes: str) -> dict[str, Consent]:
    return {code: Consent(analysis=True, quote=True) for code in codes}
