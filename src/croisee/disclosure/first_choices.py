"""Which object people put first, as a question like another (§3.6): from twenty people on."""

from __future__ import annotations

from croisee.disclosure.shapes import label_of
from croisee.language import phrase
from croisee.study import Question, QuestionKind, Study
from croisee.tables import OneWayTable, RankingResult, RankingTable

FIRST_FROM = 20
"""Smallest base whose first choices are counted."""
FIRST_CHOICE = "premier."
"""What the name of a question on first choices begins with, before its theme's."""


def first_choice_question(study: Study, theme: str) -> Question:
    """Return « which object first? » as a question, its answers in the order of the guide."""
    found = study.theme(theme)
    title = label_of(phrase("Premier choix : {theme}", theme=found.label))
    code = f"{FIRST_CHOICE}{theme}"
    return Question(code, title, QuestionKind.SINGLE, found.options)


def first_choice_rows(
    study: Study, table: RankingTable
) -> tuple[tuple[RankingResult, OneWayTable | None], ...]:
    """Return each voted result large enough, with its first choices counted.

    ``None`` where they do not add up: first places shared, or an object that the guide lacks.
    """
    asked = first_choice_question(study, table.theme)
    return tuple(
        (result, _row(asked, result))
        for result in table.results
        if not result.consensus and result.base.n >= FIRST_FROM
    )


def _row(asked: Question, result: RankingResult) -> OneWayTable | None:
    counts = dict(zip(result.options, result.first, strict=True))
    if sum(result.first) != result.base.n or set(counts) - {o.code for o in asked.options}:
        return None
    told = tuple(counts.get(option.code, 0) for option in asked.options)
    return OneWayTable(result.base, asked, told)
