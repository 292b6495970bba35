"""Raw tables as CSV, for the team only: what each method counted, before the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from croisee.formats import write_csv
from croisee.tables import (
    ActivityTable,
    BudgetTable,
    CaseTable,
    CodeCaseTable,
    ContextTable,
    CrossCaseReading,
    CrossTable,
    LandscapeTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    ObjectiveTable,
    OneWayTable,
    ParticipationTable,
    PositionTable,
    ProfileTable,
    RankingTable,
    RawTable,
    Timeline,
    TransitionTable,
)

Line = tuple[object, ...]
Lines = tuple[tuple[str, ...], Iterable[Line]]


def write_raw_tables(folder: Path, tables: Iterable[tuple[str, RawTable]]) -> None:
    """Write one CSV a table, named by its key; tables that count nothing are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, table in tables:
        writer = _WRITERS.get(type(table))
        if writer is not None:
            header, lines = writer(table)
            rows = [tuple("" if cell is None else str(cell) for cell in line) for line in lines]
            write_csv(folder / f"{key}.csv", header, rows)


_COUNTED = ("base", "n", "question", "option", "compte", "sans_reponse", "pondere")


def _one_way(table: OneWayTable) -> Iterable[Line]:
    weights = table.weighted or (None,) * len(table.counts)
    for option, count, weight in zip(table.question.options, table.counts, weights, strict=True):
        yield (
            table.base.id,
            table.base.n,
            table.question.code,
            option.code,
            count,
            table.missing,
            weight,
        )


def _multiple(table: MultipleTable) -> Iterable[Line]:
    for option, count in zip(table.question.options, table.counts, strict=True):
        yield (
            table.base.id,
            table.base.n,
            table.question.code,
            option.code,
            count,
            table.missing,
            None,
        )


def _one(table: OneWayTable) -> Lines:
    return _COUNTED, _one_way(table)


def _many(table: CaseTable) -> Lines:
    return _COUNTED, (line for row in table.rows for line in _one_way(row))


def _profile(table: ProfileTable) -> Lines:
    return _COUNTED, (line for row in table.questions for line in _one_way(row))


def _multiple_one(table: MultipleTable) -> Lines:
    return _COUNTED, _multiple(table)


def _multiple_many(table: MultipleCaseTable) -> Lines:
    return _COUNTED, (line for row in table.rows for line in _multiple(row))


def _numeric(table: NumericTable) -> Lines:
    question = table.classes.question.code
    weighted = "" if table.weighted_total is None else table.weighted_total
    total = ("", table.contributors, question, "somme", table.total, "", weighted)
    return _COUNTED, (*_one_way(table.classes), total)


def _cross(table: CrossTable) -> Lines:
    return ("base", "attribut", "reponse", "compte"), (
        (table.base.id, row.code, column.code, table.counts[r][c])
        for r, row in enumerate(table.row.options)
        for c, column in enumerate(table.column.options)
    )


def _transition(table: TransitionTable) -> Lines:
    options = table.question.options
    return ("avant", "apres", "reponse_avant", "reponse_apres", "compte"), (
        (table.first.id, table.second.id, one.code, two.code, table.counts[r][c])
        for r, one in enumerate(options)
        for c, two in enumerate(options)
    )


def _participation(table: ParticipationTable) -> Lines:
    return ("cas", "composante", "repondu", "cadre", "organismes", "organismes_cadre"), (
        (row.case, row.component, row.answered, row.frame, *(row.organisations or (None, None)))
        for row in table.rows
    )


def _activities(table: ActivityTable) -> Lines:
    return ("methode", "cas", "prevu", "fait", "etat"), (
        (method, case, cell.planned, cell.done, cell.state.value)
        for method, cells in zip(table.methods, table.cells, strict=True)
        for case, cell in zip(table.cases, cells, strict=True)
        if cell is not None
    )


def _objectives(table: ObjectiveTable) -> Lines:
    return ("cas", "prevu", "fait"), ((row.case, row.planned, row.done) for row in table.rows)


def _rankings(table: RankingTable) -> Lines:
    return ("base", "n", "objet", "rang", "borda", "premiers_choix", "condorcet", "solide"), (
        (
            result.base.id,
            result.base.n,
            option,
            next((i for i, tied in enumerate(result.order, 1) if option in tied), None),
            result.borda[i],
            result.first[i],
            result.condorcet == option,
            result.solid,
        )
        for result in table.results
        for i, option in enumerate(result.options)
    )


def _budgets(table: BudgetTable) -> Lines:
    return ("base", "n", "objectif", "moyenne", "donneurs", "ecart_type"), (
        (result.base.id, result.base.n, option, result.mean[i], result.givers[i], result.spread[i])
        for result in table.results
        for i, option in enumerate(result.options)
    )


def _positions(table: PositionTable) -> Lines:
    names = ("pour", "nuance", "contre")
    return ("base", "n", "position", "personnes", "arguments"), (
        (
            result.base.id,
            result.base.n,
            name,
            result.counts[i],
            " | ".join(f"{code} ({people})" for code, people in result.arguments[i]),
        )
        for result in table.results
        for i, name in enumerate(names)
    )


def _codes(table: CodeCaseTable) -> Lines:
    return ("code", "base", "interviewes", "personnes", "passages", "methodes", "part_max"), (
        (code.code, base.id, base.n, cell.people, cell.passages, cell.methods, cell.largest_share)
        for code, cells in zip(table.codes, table.cells, strict=True)
        for base, cell in zip(table.bases, cells, strict=True)
    )


def _reading(table: CrossCaseReading) -> Lines:
    return ("code", "verdict", "cas"), (
        (code.code, verdict, "|".join(cases))
        for code, verdict, cases in zip(table.codes, table.verdicts, table.present, strict=True)
    )


def _landscape(table: LandscapeTable) -> Lines:
    return ("technologie", "classe", "base", "personnes", "commun"), (
        (mention.name.fr, mention.group, base.id, mention.people[i], mention.common)
        for mention in table.mentions
        for i, base in enumerate(table.bases)
    )


def _timeline(table: Timeline) -> Lines:
    return ("date", "volet", "libelle"), (
        (step.on, step.lane, step.label.fr) for step in table.milestones
    )


def _context(table: ContextTable) -> Lines:
    return ("code", "enonce", "valeur", "unite", "source"), (
        (f.code, f.statement.fr, f.value, f.unit, f.source.fr) for f in table.figures
    )


_WRITERS: dict[type, Callable[..., Lines]] = {
    OneWayTable: _one,
    CaseTable: _many,
    ProfileTable: _profile,
    MultipleTable: _multiple_one,
    MultipleCaseTable: _multiple_many,
    NumericTable: _numeric,
    CrossTable: _cross,
    TransitionTable: _transition,
    ParticipationTable: _participation,
    ActivityTable: _activities,
    ObjectiveTable: _objectives,
    RankingTable: _rankings,
    BudgetTable: _budgets,
    PositionTable: _positions,
    CodeCaseTable: _codes,
    CrossCaseReading: _reading,
    LandscapeTable: _landscape,
    Timeline: _timeline,
    ContextTable: _context,
}
