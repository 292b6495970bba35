"""An invented study of three networks whose questionnaires are our templates, from a seed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from croisee.dataset import TABLES, Consent, Dataset, answers_schema, freeze
from croisee.disclosure import Register, Release, draft_release
from croisee.language import Label
from croisee.questionnaire.describing import instrument_of, lines_of
from croisee.questionnaire.templates import template
from croisee.run.plan import raw_tables
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Question,
    QuestionKind,
    Study,
    Subject,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)
KEY = bytes(range(32))
SIZES = {"rives": 46, "vals": 30, "pics": 24}
CODES = ("portrait", "teletravail", "formation")


@cache
def instrument(code: str) -> Instrument:
    one = template(code)
    return instrument_of(
        lines_of(one.workbook), code=code, name=one.name, method="sondage", subject=one.subject
    )


def study(*codes: str, cases=tuple(SIZES)) -> Study:
    names = {
        "rives": (Label("Réseau des rives", "Shores network"), Label("Rives", "Shores")),
        "vals": (Label("Réseau des vals", "Vales network"), Label("Vals", "Vales")),
        "pics": (Label("Réseau des pics", "Peaks network"), Label("Pics", "Peaks")),
    }
    return Study(
        title=Label("Le numérique des voisins", "Neighbours and technology"),
        question=Label("Avec quels outils travaillons-nous ?", "What tools do we work with?"),
        languages=("fr", "en"),
        cases=tuple(Case(code, *names[code]) for code in cases),
        editions=(Edition("2026", Label("2026")),),
        methods=(Method("sondage", Label("Sondage", "Survey"), MethodKind.SURVEY),),
        diffusion=Diffusion("2026a", date(2026, 12, 1), ("2026",)),
        instruments=tuple(map(instrument, codes or CODES)),
    )


def _answer(question: Question, rng: np.random.Generator, lean: float) -> dict[str, object]:
    name, options = f"q_{question.code}", [option.code for option in question.options]
    if question.kind is QuestionKind.NUMBER:
        top = 100 if question.unit == "points" else 7 if question.unit == "jours" else 40
        return {name: Decimal(int(rng.integers(0, top)))}
    if question.kind in {QuestionKind.SINGLE, QuestionKind.ORDINAL}:
        weights = np.linspace(1 + lean, 1, len(options))
        return {name: str(rng.choice(options, p=weights / weights.sum()))}
    if question.kind is QuestionKind.MULTIPLE:
        real = [one for one in options if one != "aucun"]
        appeal = np.linspace(0.75, 0.15, len(real))
        chosen = {one for one, p in zip(real, appeal, strict=True) if rng.random() < p}
        if question.at_most is not None:
            chosen = set(list(chosen)[: question.at_most])
        return {f"{name}__{one}": one in chosen or (one == "aucun" and not chosen)
                for one in options}  # fmt: skip
    if question.kind is QuestionKind.RANK:
        order = rng.permutation(len(options))
        return {f"{name}__{one}": int(rank) + 1 for one, rank in zip(options, order, strict=True)}
    return {name: None}


def answers(code: str, seed: int, sizes=SIZES) -> list[dict[str, object]]:
    """One line a respondent, in the order of the codes."""
    rng = np.random.default_rng(seed)
    asked = instrument(code)
    lines = []
    for place, (case, size) in enumerate(sizes.items()):
        for number in range(size):
            name = f"{case}-{number:03}"
            line: dict[str, object] = {
                "respondent": name,
                "case": case,
                "component": "",
                "organisation": name,
            }
            for question in asked.questions:
                line |= _answer(question, rng, 0.5 + place)
            lines.append(line)
    return lines


def frozen(folder: Path, waves: dict[str, list[dict]], of: Study) -> Dataset:
    tables = {
        f"answers/{code}@2026": pa.Table.from_pylist(lines, answers_schema(instrument(code)))
        for code, lines in waves.items()
    }
    tables["frames"] = pa.Table.from_pylist(
        [
            {"case": case.code, "component": "", "edition": "2026", "instrument": "portrait",
             "size": SIZES[case.code] + 9, "source": ""}
            for case in of.cases
        ],
        TABLES["frames"],
    )  # fmt: skip
    people = {
        str(line["respondent"])
        for code, lines in waves.items()
        if instrument(code).subject is Subject.PERSON
        for line in lines
    }
    consents = {code: Consent(analysis=True, quote=False) for code in people}
    return freeze(of, tables, consents, folder, at=AT)


def released(folder: Path, waves: dict[str, list[dict]], of: Study | None = None) -> Release:
    """Freeze, tabulate and take through the gate, with one register for all calls of a folder."""
    described = of or study(*waves)
    with frozen(folder / f"gel-{len(list(folder.iterdir()))}", waves, described) as dataset:
        return draft_release(
            study=described,
            tables=raw_tables(dataset),
            register=Register.open(folder / "registre", token=KEY),
            dataset_digest="sha256:0",
            software="croisee 0",
        ).release
