"""The lines of a Dataset behind a released value (for the team only)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis

from croisee.dataset import Dataset, answers_name
from croisee.disclosure import Cell, ReleasedBase, ReleasedTable
from croisee.survey import category

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one table: where they lie and what names each."""

    table: str
    names: tuple[str, ...]


def lines_behind(
    dataset: Dataset, table: ReleasedTable, row: str, column: str, cell: Cell
) -> Lines | None:
    """Return the lines counted by one cell, or ``None`` where a cell counts no line.

    A cell with events is found again in the answers; a cell from the field (positions, ranks,
    budgets, codes, technologies) by its theme or code and its case.
    """
    if cell.events:
        return _answers_behind(dataset, table, cell)
    kind = table.key.split(".")[0]
    finder = _FINDERS.get(kind)
    return finder(dataset, table, row, column) if finder else None


def _base(table: ReleasedTable, base: str) -> ReleasedBase | None:
    return next((known for known in table.bases if known.id == base), None)


def _answers_behind(dataset: Dataset, table: ReleasedTable, cell: Cell) -> Lines | None:
    base = _base(table, cell.base)
    if base is None or (base.source, base.edition) not in dataset.waves():
        return None
    answers = dataset.answers(base.source, base.edition)
    chosen = answers.filter(answers["case"].isin(base.cases))
    questions = {q.code: q for q in dataset.study.instrument(base.source).questions}
    for event in cell.events:
        column = f"q_{event.question}"
        if column in answers.columns:
            known = [level for level in event.levels if level]
            answered = category(chosen, questions[event.question])
            chosen = chosen.filter(answered.isin(known))
        else:
            marks = [chosen[f"{column}__{level}"] for level in event.levels]
            chosen = chosen.filter(ibis.or_(*marks))
    names = chosen.select("respondent").order_by("respondent").to_pyarrow()
    return Lines(
        answers_name(base.source, base.edition), tuple(names.column("respondent").to_pylist())
    )


def _cases(dataset: Dataset, column: str) -> set[str]:
    name = column.removesuffix(".passages")
    every = {case.code for case in dataset.study.cases}
    return {part for part in name.split("+") if part in every} or every


def _field(name: str, say: Callable[[Row], str]) -> Callable[..., Lines]:
    """Return a finder for a table of the field whose key is ``<kind>.<theme>``."""

    def find(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines:
        theme, cases = table.key.partition(".")[2], _cases(dataset, column)
        options = set(row.split("+"))
        chosen = [
            line
            for line in dataset.rows(name)
            if line["theme"] == theme
            and line["case"] in cases
            and options & {str(line.get("option", "")), str(line.get("position", ""))}
        ]
        return Lines(name, tuple(sorted(say(line) for line in chosen)))

    return find


def _codings(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines:
    del table
    cases = _cases(dataset, column)
    documents = {d["document"]: d["case"] for d in dataset.rows("documents")}
    children = {row} | {c["code"] for c in dataset.rows("codes") if c["parent"] == row}
    return Lines(
        "codings",
        tuple(
            sorted(
                f"{line['document']}, {line['turn']}"
                for line in dataset.rows("codings")
                if line["code"] in children and documents.get(line["document"]) in cases
            )
        ),
    )


def _mentions(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines:
    label = next(head.label.fr for head in table.rows if head.key == row)
    cases = _cases(dataset, column)
    return Lines(
        "mentions",
        tuple(
            sorted(
                f"{line['session']} {line['participant']}".strip()
                for line in dataset.rows("mentions")
                if line["name_fr"] == label and line["case"] in cases
            )
        ),
    )


def _activities(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines:
    cases = _cases(dataset, column) if table.key == "activites" else {row}
    return Lines(
        "activities",
        tuple(
            f"{line['method']} {line['case']} {line['edition']}".strip()
            for line in dataset.rows("activities")
            if line["case"] in cases and (table.key != "activites" or line["method"] == row)
        ),
    )


def _participation(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines | None:
    del column
    _kind, source, edition = (*table.key.split("."), "")[:3]
    if (source, edition) not in dataset.waves():
        return None
    answers = dataset.answers(source, edition)
    if row != "total":
        answers = answers.filter((answers["case"] == row) | (answers["component"] == row))
    names = answers.select("respondent").order_by("respondent").to_pyarrow()
    return Lines(answers_name(source, edition), tuple(names.column("respondent").to_pylist()))


def _context(dataset: Dataset, table: ReleasedTable, row: str, column: str) -> Lines:
    del dataset, table, column
    return Lines("context", (row,))


_FINDERS: dict[str, Callable[[Dataset, ReleasedTable, str, str], Lines | None]] = {
    "positions": _field("positions", lambda line: f"{line['session']} {line['participant']}"),
    "arguments": _field(
        "positions",
        lambda line: f"{line['session']} {line['participant']} : {line['justification']}",
    ),
    "rangs": _field(
        "rankings", lambda line: f"{line['session']} {line['participant']} : {line['rank']}"
    ),
    "budget": _field(
        "allocations", lambda line: f"{line['session']} {line['participant']} : {line['amount']}"
    ),
    "codes": _codings,
    "paysage": _mentions,
    "activites": _activities,
    "objectifs": _activities,
    "participation": _participation,
    "contexte": _context,
}
