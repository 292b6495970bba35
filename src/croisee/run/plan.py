"""Which raw tables a study gives, under which keys, in the order a report tells them.

The keys are those of ``docs/resultats.md`` §3: findings refer to them, and the register
remembers the code each was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from croisee.crosscase import read_across
from croisee.dataset import Dataset
from croisee.focusgroup import budgets, landscape, positions, rankings
from croisee.language import Label
from croisee.portrait import tool_tables
from croisee.qualitative import code_case
from croisee.study import MethodKind
from croisee.survey import activities, cross, participation, wave_tables
from croisee.tables import (
    BudgetTable,
    CaseProfile,
    ContextFigure,
    ContextTable,
    Milestone,
    ObjectiveRow,
    ObjectiveTable,
    PositionTable,
    RankingTable,
    RawTable,
    Timeline,
)

Keyed = tuple[str, RawTable]


def raw_tables(dataset: Dataset) -> tuple[Keyed, ...]:
    """Return every raw table of a frozen study, each under its key."""
    return (
        *_about_the_study(dataset),
        *((table.key, table) for table in participation(dataset)),
        *_waves(dataset),
        *_groups(dataset),
        *_codes(dataset),
        *tool_tables(dataset),
    )


def _about_the_study(dataset: Dataset) -> Iterator[Keyed]:
    yield "cas", CaseProfile(tuple(case.code for case in dataset.study.cases))
    milestones = tuple(
        Milestone(row["on"], row["lane"], Label(row["label_fr"], row["label_en"]))
        for row in sorted(dataset.rows("milestones"), key=lambda row: (row["on"], row["label_fr"]))
    )
    if milestones:
        yield "jalons", Timeline(milestones)
    table = activities(dataset)
    if table is not None:
        yield "activites", table
        objectives = _objectives(dataset)
        if objectives.rows:
            yield "objectifs", objectives
    figures = tuple(
        ContextFigure(
            row["code"],
            Label(row["group_fr"], row["group_en"]),
            Label(row["statement_fr"], row["statement_en"]),
            row["value"],
            row["unit"],
            Label(row["source_fr"], row["source_en"]),
            row["reference"],
            row["year"],
        )
        for row in dataset.rows("context")
    )
    if figures:
        yield "contexte", ContextTable(figures)


def _objectives(dataset: Dataset) -> ObjectiveTable:
    """Return planned against done for focus groups, the activity whose number is an objective."""
    groups = tuple(m.code for m in dataset.study.methods if m.kind is MethodKind.FOCUS_GROUP)
    planned: dict[str, list[int]] = {}
    for row in dataset.rows("activities"):
        if row["method"] in groups and row["planned"] is not None:
            counts = planned.setdefault(row["case"], [0, 0])
            counts[0] += row["planned"]
            counts[1] += row["done"] or 0
    return ObjectiveTable(
        groups,
        tuple(
            ObjectiveRow(case.code, case.short, *planned[case.code])
            for case in dataset.study.cases
            if case.code in planned
        ),
    )


def _waves(dataset: Dataset) -> Iterator[Keyed]:
    for instrument, edition in dataset.waves():
        yield from wave_tables(dataset, instrument, edition).keyed()
    for crossing in dataset.study.crossings:
        instrument, edition, attribute, question = crossing
        yield (
            f"croisement.{instrument}.{edition}.{attribute}.{question}",
            cross(dataset, instrument, edition, attribute, question),
        )


def _groups(dataset: Dataset) -> Iterator[Keyed]:
    for ranking in rankings(dataset):
        yield _theme_key("rangs", ranking), ranking
    for budget in budgets(dataset):
        yield _theme_key("budget", budget), budget
    for position in positions(dataset):
        yield _theme_key("positions", position), position
    technologies = landscape(dataset)
    if technologies is not None:
        yield "paysage", technologies


def _theme_key(kind: str, table: RankingTable | BudgetTable | PositionTable) -> str:
    """Name the edition only when a theme was asked in several."""
    return f"{kind}.{table.theme}" + (f".{table.edition}" if table.edition else "")


def _codes(dataset: Dataset) -> Iterator[Keyed]:
    table = code_case(dataset)
    if table is None:
        return
    yield "codes", table
    if len(table.bases) > 1:
        yield "lecture-croisee", read_across(table)
