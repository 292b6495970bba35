"""The lines of a Dataset behind a released value (for the team only)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import ibis

from croisee.dataset import Dataset, answers_name
from croisee.disclosure import Cell, Head, ReleasedBase, ReleasedTable
from croisee.focusgroup.positions import settled_position
from croisee.qualitative import codebook, coded_passages, distinct_places, with_descendants
from croisee.survey import category

Row = dict[str, object]
PASSAGES, TOOK_PART = ".passages", "repondu"
"""Ends of a column's key that counts passages; key of the column that counts who took part."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one table: where they lie and what names each."""

    table: str
    names: tuple[str, ...]


Finder = Callable[[Dataset, ReleasedTable, Head, Head], "Lines | None"]


def lines_behind(
    dataset: Dataset, table: ReleasedTable, row: Head, column: Head, cell: Cell
) -> Lines | None:
    """Return the lines counted by one cell, or ``None`` where a cell counts no line.

    A cell with events is found again in the answers; a cell from the field (positions, ranks,
    budgets, codes, technologies) by its theme or code and its case.
    """
    behind = _answers_behind(dataset, table, cell) if cell.events else None
    finder = _FINDERS.get(table.key.split(".")[0])
    if behind is not None or finder is None or row.key.startswith("_"):
        return behind
    return finder(dataset, table, row, column)


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
    names = dataset.computed(chosen.select("respondent").order_by("respondent"))
    return Lines(
        answers_name(base.source, base.edition), tuple(names.column("respondent").to_pylist())
    )


def _cases(dataset: Dataset, column: str) -> set[str]:
    name = column.removesuffix(PASSAGES)
    every = {case.code for case in dataset.study.cases}
    return {part for part in name.split("+") if part in every} or every


def _theme(table: ReleasedTable, dataset: Dataset) -> tuple[str, str]:
    """Return the theme of a table of the field, and its edition where the key names one."""
    named = re.split("[@~]", table.key)[0].partition(".")[2]
    if any(theme.code == named for theme in dataset.study.themes):
        return named, ""
    theme, _, edition = named.rpartition(".")
    return theme, edition


def _field(name: str, said: Callable[[Row], str]) -> Finder:
    """Return a finder for a table of the field whose key is ``<kind>.<theme>``."""

    def find(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
        options = set(row.key.split("+"))
        chosen = [
            line
            for line in _said_on(dataset, name, table, column)
            if options & {str(line.get("option", "")), str(line.get("position", ""))}
        ]
        return Lines(name, tuple(sorted(_voice(line, said(line)) for line in chosen)))

    return find


def _said_on(dataset: Dataset, name: str, table: ReleasedTable, column: Head) -> list[Row]:
    (theme, edition), cases = _theme(table, dataset), _cases(dataset, column.key)
    return [
        line
        for line in dataset.rows(name)
        if line["theme"] == theme and edition in {"", line["edition"]} and line["case"] in cases
    ]


def _positions(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
    """Return the people who hold a position, each once, as they are counted."""
    held: dict[str, set[str]] = defaultdict(set)
    for line in _said_on(dataset, "positions", table, column):
        held[_voice(line)].add(str(line["position"]))
    wanted = set(row.key.split("+"))
    people = (who for who, positions in held.items() if settled_position(positions) in wanted)
    return Lines("participants", tuple(sorted(people)))


def _voice(line: Row, said: str = "") -> str:
    """Return who said what, where: « g-car-1 p-001 (j-soin) »; a group's agreed line is its own."""
    who = " ".join(str(line[name]) for name in ("session", "participant") if line[name])
    return f"{who} ({said})" if said else who


def _codings(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
    """Return the people who said it, or the passages where the column counts passages."""
    del table
    cases = _cases(dataset, column.key)
    within = with_descendants(codebook(dataset.rows("codes"), {row.key}))[row.key]
    said = [p for p in coded_passages(dataset) if p.code in within and p.case in cases]
    if not column.key.endswith(PASSAGES):
        return Lines("participants", tuple(sorted({passage.participant for passage in said})))
    places = distinct_places(said)
    return Lines("codings", tuple(f"{p.document} {p.turn} [{p.start}-{p.end}]" for p in places))


def _mentions(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
    del table
    cases = _cases(dataset, column.key)
    chosen = [
        line
        for line in dataset.rows("mentions")
        if line["name_fr"] == row.label.fr and line["case"] in cases
    ]
    return Lines("mentions", tuple(sorted(map(_voice, chosen))))


def _activities(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
    cases = _cases(dataset, column.key) if table.key == "activites" else {row.key}
    return Lines(
        "activities",
        tuple(
            f"{line['method']} {line['case']} {line['edition']}".strip()
            for line in dataset.rows("activities")
            if line["case"] in cases and (table.key != "activites" or line["method"] == row.key)
        ),
    )


def _participation(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines | None:
    if column.key != TOOK_PART:
        return None
    _kind, source, edition = (*table.key.split("."), "")[:3]
    if (source, edition) not in dataset.waves():
        return None
    answers = dataset.answers(source, edition)
    if row.key != "total":
        answers = answers.filter((answers["case"] == row.key) | (answers["component"] == row.key))
    names = dataset.computed(answers.select("respondent").order_by("respondent"))
    return Lines(answers_name(source, edition), tuple(names.column("respondent").to_pylist()))


def _context(dataset: Dataset, table: ReleasedTable, row: Head, column: Head) -> Lines:
    del dataset, table, column
    return Lines("context", (row.key,))


def _amount(line: Row) -> str:
    return f"{Decimal(str(line['amount'])).normalize():f}"


_FINDERS: dict[str, Finder] = {
    "positions": _positions,
    "arguments": _field("positions", lambda line: str(line["justification"])),
    "rangs": _field("rankings", lambda line: str(line["rank"])),
    "budget": _field("allocations", _amount),
    "codes": _codings,
    "paysage": _mentions,
    "activites": _activities,
    "objectifs": _activities,
    "participation": _participation,
    "contexte": _context,
}
