"""Facts about the process and from outside: who took part, what was done, when (§3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from croisee.disclosure.manner import band, is_confidential, public_frame
from croisee.disclosure.released import Cell, Fact, Head, Kind, ReleasedTable, Word
from croisee.disclosure.shapes import (
    bases_of,
    case_head,
    explained,
    label_of,
    masks_of,
    source_label,
)
from croisee.disclosure.values import Chiffre, Form, Mask, exact
from croisee.disclosure.work import Work
from croisee.language import Label, Phrase, phrase
from croisee.study import ActivityState, Case, Nature, Subject
from croisee.tables import (
    ActivityCell,
    ActivityTable,
    Base,
    CaseProfile,
    ContextTable,
    ObjectiveTable,
    ParticipationRow,
    ParticipationTable,
    Timeline,
)


def release_participation(key: str, raw: ParticipationTable, work: Work) -> list[ReleasedTable]:
    """Release how many took part, of how many: exact for everybody, small or not.

    A case told by its parts gets a line for them together; several cases get a total. A
    study that declares taking part confidential has these counts treated as delicate ones.
    """
    told = not is_confidential(work.study.policy)
    rows = _with_cases(raw.rows, work) if told else _banded(raw, work)
    organisations = any(row.organisations for row in rows)
    columns = [Head("repondu", label_of(phrase("Ont participé")))]
    if organisations:
        columns.append(Head("organismes", label_of(phrase("Organismes touchés"))))
    cells = [_taking_part(row, organisations, raw, work) for row in rows]
    bases = [_base_of(row, raw) for row in rows if told and not row.component]
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.PARTICIPATION,
            title=raw.label,
            rows=tuple(_row_head(row, work) for row in rows),
            columns=tuple(columns),
            cells=tuple(cells),
            bases=bases_of(bases),
            nature=Nature.PROCESS,
            masks=masks_of(cells, () if told else (Mask.SENSITIVE,)),
            source=source_label(work.study, raw.source, raw.edition),
        )
    ]


def _with_cases(rows: Sequence[ParticipationRow], work: Work) -> list[ParticipationRow]:
    """Return the rows, each case told once, its parts before it, and a total of the cases."""
    found: list[ParticipationRow] = []
    whole: list[ParticipationRow] = []
    for case in dict.fromkeys(row.case for row in rows):
        mine = [row for row in rows if row.case == case]
        parts = [row for row in mine if row.component]
        alone = [row for row in mine if not row.component]
        if not alone:
            alone = [replace(_sum(parts), case=case, label=work.study.case(case).short)]
        found += [*parts, *alone]
        whole += alone
    if len(whole) > 1:
        total = label_of(phrase("Ensemble"))
        found.append(replace(_sum(whole), case="total", label=total))
    return found


def _banded(raw: ParticipationTable, work: Work) -> list[ParticipationRow]:
    """Return one row a case, and their total only where it gives no row back (§3.4).

    The parts of a case are left out: beside the case, they would be subtracted from it.
    """
    rows = [
        replace(row, frame=public_frame(work.study, raw.source, row.frame))
        for row in _with_cases(raw.rows, work)
        if not row.component
    ]
    cases = [row for row in rows if row.case != "total"]
    counts = [(row.answered, row.frame) for row in cases]
    counts += [row.organisations for row in cases if row.organisations]
    t = work.policy.t_sensitive
    bands = [band(x, frame, t) for x, frame in counts]
    exact = all(one is not None and one.form is Form.EXACT for one in bands)
    return rows if exact else cases


def _sum(rows: Sequence[ParticipationRow]) -> ParticipationRow:
    frames = [row.frame for row in rows]
    reached = [row.organisations for row in rows]
    told = [pair for pair in reached if pair is not None]
    organisations = None
    if len(told) == len(rows):
        organisations = (sum(x for x, _ in told), sum(n for _, n in told))
    return ParticipationRow(
        rows[0].case,
        rows[0].label,
        sum(row.answered for row in rows),
        sum(frame for frame in frames if frame is not None) if None not in frames else None,
        rows[0].units,
        organisations,
    )


def _row_head(row: ParticipationRow, work: Work) -> Head:
    if row.component:
        return Head(row.component, row.label, work.study.case(row.case).short)
    return Head(row.case, row.label)


def _base_of(row: ParticipationRow, raw: ParticipationTable) -> Base:
    cases: tuple[str, ...] = (row.case,)
    if row.case == "total":
        cases = tuple(dict.fromkeys(r.case for r in raw.rows))
    return Base(raw.source, raw.edition, cases, raw.subject, row.answered, row.frame)


def _taking_part(
    row: ParticipationRow, organisations: bool, raw: ParticipationTable, work: Work
) -> tuple[Cell | None, ...]:
    told = not is_confidential(work.study.policy)
    base = _base_of(row, raw).id if told else ""
    cells: list[Cell | None] = [Cell(_number(row.answered, row.frame, work), base)]
    if organisations:
        reached = row.organisations
        cells.append(Cell(_number(reached[0], reached[1], work), base) if reached else None)
    return tuple(cells)


def _number(x: int, frame: int | None, work: Work) -> Chiffre | Word:
    if not is_confidential(work.study.policy):
        return exact(x, frame if frame is not None and frame >= x else None)
    value = band(x, frame, work.policy.t_sensitive)
    if value is None:
        return Word("non-ecrit", Mask.CONFIDENTIAL)
    return explained(value, Subject.PERSON, Nature.SENSITIVE)


def _activities_title(raw: ActivityTable) -> Phrase:
    if len(raw.cases) == 1:
        return phrase("Méthodes : prévu et fait")
    return phrase("Méthodes et réseaux : prévu et fait")


def release_activities(key: str, raw: ActivityTable, work: Work) -> list[ReleasedTable]:
    """Release methods × cases, planned and done, and why a method does not apply.

    Where taking part is confidential, how far each activity is and no number: what was done
    is often how many took part.
    """
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.ACTIVITIES,
            title=label_of(_activities_title(raw)),
            rows=tuple(Head(code, work.study.method(code).name) for code in raw.methods),
            columns=tuple(case_head(work.study, (case,)) for case in raw.cases),
            cells=tuple(tuple(_activity(cell, work) for cell in line) for line in raw.cells),
            bases=(),
            nature=Nature.PROCESS,
        )
    ]


def _activity(cell: ActivityCell | None, work: Work) -> Cell | None:
    if cell is None:
        return None
    if is_confidential(work.study.policy):
        reason = cell.reason if cell.state is ActivityState.NOT_APPLICABLE else Label("")
        return Cell(Fact(reason, state=cell.state.value))
    text = cell.reason if cell.state is ActivityState.NOT_APPLICABLE else cell.unit
    number = None if cell.done is None else Decimal(cell.done)
    planned = None if cell.planned is None else Decimal(cell.planned)
    return Cell(Fact(text, number, planned, cell.state.value))


def release_objectives(key: str, raw: ObjectiveTable, work: Work) -> list[ReleasedTable]:
    """Release planned against done, one row a case."""
    if is_confidential(work.study.policy):
        work.refuse(key, "§3.1", phrase("La participation est confidentielle : pas de nombre."))
        return []
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.OBJECTIVES,
            title=label_of(phrase("Objectifs : prévu et fait")),
            rows=tuple(Head(row.case, row.label) for row in raw.rows),
            columns=(Head("fait", label_of(phrase("Fait"))),),
            cells=tuple(
                (Cell(Fact(Label(""), Decimal(row.done), Decimal(row.planned))),)
                for row in raw.rows
            ),
            bases=(),
            nature=Nature.PROCESS,
        )
    ]


def release_timeline(key: str, raw: Timeline, work: Work) -> list[ReleasedTable]:
    """Release the study's steps, with their date and their lane."""
    del work
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.TIMELINE,
            title=label_of(phrase("Les étapes de l’étude")),
            rows=tuple(
                Head(f"{place:03d}", milestone.label)
                for place, milestone in enumerate(raw.milestones, start=1)
            ),
            columns=(
                Head("date", label_of(phrase("Date"))),
                Head("volet", label_of(phrase("Volet"))),
            ),
            cells=tuple(
                (Cell(Fact(Label(m.on))), Cell(Fact(Label(m.lane), state=m.lane)))
                for m in raw.milestones
            ),
            bases=(),
            nature=Nature.PROCESS,
            ordered=True,
        )
    ]


def release_context(key: str, raw: ContextTable, work: Work) -> list[ReleasedTable]:
    """Release figures from elsewhere; one without its source does not leave."""
    kept = [figure for figure in raw.figures if figure.source.fr.strip()]
    for figure in raw.figures:
        if figure not in kept:
            work.refuse(
                f"{key}/{figure.code}", "§2", phrase("Un chiffre d’ailleurs demande sa source.")
            )
    if not kept:
        return []
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.CONTEXT,
            title=label_of(phrase("Chiffres d’ailleurs")),
            rows=tuple(Head(f.code, f.statement, f.group) for f in kept),
            columns=(Head("valeur", label_of(phrase("Valeur"))),),
            cells=tuple((Cell(Fact(f.source, f.value, state=f.unit)),) for f in kept),
            bases=(),
            nature=Nature.PROCESS,
        )
    ]


def release_case_profiles(key: str, raw: CaseProfile, work: Work) -> list[ReleasedTable]:
    """Release the cases' own facts: scale, territory, mission, members by year."""
    cases = [work.study.case(code) for code in raw.cases]
    years = sorted({m.year for case in cases for m in case.memberships})
    if not years and not any(c.scale.fr or c.territory.fr or c.mission.fr for c in cases):
        return []
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.CASES,
            title=label_of(
                phrase("Ce qui est étudié") if len(cases) == 1 else phrase("Les réseaux de l’étude")
            ),
            rows=tuple(Head(case.code, case.name) for case in cases),
            columns=(
                Head("echelle", label_of(phrase("Échelle"))),
                Head("territoire", label_of(phrase("Territoire"))),
                Head("mission", label_of(phrase("Mission"))),
                *(
                    Head(f"membres-{year}", label_of(phrase("Membres, {year}", year=year)))
                    for year in years
                ),
            ),
            cells=tuple(_case_line(case, years) for case in cases),
            bases=(),
            nature=Nature.PROCESS,
        )
    ]


def _case_line(case: Case, years: Iterable[int]) -> tuple[Cell | None, ...]:
    members = {m.year: m.count for m in case.memberships}
    texts = (case.scale, case.territory, case.mission)
    return (
        *(Cell(Fact(text)) if text.fr else None for text in texts),
        *(
            Cell(Fact(case.units, Decimal(members[year]))) if year in members else None
            for year in years
        ),
    )
