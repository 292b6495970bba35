"""A large invented wave of a questionnaire, drawn from a seed, for the survey benchmarks."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from croisee.dataset import answers_name
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

AT = datetime(2026, 1, 15, tzinfo=UTC)
CASES = ("nord", "sud", "est", "ouest")
LEVELS = ("jamais", "rarement", "parfois", "souvent", "toujours")
WAVE = answers_name("nationale", "2026")


def study(questions: int, multiple: int = 0) -> Study:
    """Return a study of four cases and one questionnaire; the last questions are multiple."""
    options = tuple(Option(code, Label(code)) for code in LEVELS)
    kinds = [QuestionKind.ORDINAL] * (questions - multiple) + [QuestionKind.MULTIPLE] * multiple
    form = Instrument(
        "nationale",
        Label("Édition nationale"),
        "sondage",
        Subject.PERSON,
        tuple(
            Question(f"q{place:02}", Label(f"Question {place}"), kind, options)
            for place, kind in enumerate(kinds)
        ),
    )
    return Study(
        title=Label("Édition nationale"),
        question=Label("À quelle fréquence ?"),
        languages=("fr",),
        cases=tuple(Case(code, Label(code), Label(code)) for code in CASES),
        editions=(Edition("2026", Label("2026")),),
        methods=(Method("sondage", Label("Sondage"), MethodKind.SURVEY),),
        diffusion=Diffusion("2026a"),
        instruments=(form,),
    )


def answers(described: Study, respondents: int, seed: int = 20260115) -> pa.Table:
    """Return the answers: levels unequal and different from case to case, 2 % of silences."""
    generator = np.random.default_rng(seed)
    cases = generator.integers(0, len(CASES), respondents)
    nothing = pa.array([""] * respondents)
    codes = pa.array([f"r-{number:07}" for number in generator.permutation(respondents)])
    columns = {
        "respondent": codes,
        "case": pa.array(np.array(CASES)[cases]),
        "component": nothing,
        "organisation": nothing,
    }
    for question in described.instruments[0].questions:
        silent = generator.random(respondents) < 0.02
        if question.kind is QuestionKind.MULTIPLE:
            for option in question.options:
                chosen = generator.random(respondents) < generator.random()
                columns[f"q_{question.code}__{option.code}"] = pa.array(chosen, mask=silent)
            continue
        shares = generator.dirichlet(np.full(len(LEVELS), 1.5), len(CASES)).cumsum(axis=1)
        drawn = (generator.random(respondents)[:, None] > shares[cases]).sum(axis=1)
        levels = pa.array(drawn.clip(0, len(LEVELS) - 1), pa.int32(), mask=silent)
        columns[f"q_{question.code}"] = pa.DictionaryArray.from_arrays(levels, LEVELS)
    return pa.table(columns)
