"""Who took part, of how many: facts about the process, exact for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis

from croisee.dataset import Dataset
from croisee.language import Label, Phrase, phrase
from croisee.study import ActivityState, Case, Instrument, Method, MethodKind, Subject
from croisee.survey.frames import Frames
from croisee.survey.participants import FrameOf, Taken, people_of, wave_frames
from croisee.tables import ParticipationRow, ParticipationTable

Reached = dict[tuple[str, str], tuple[int, int]]
"""(case, component) → (units, distinct organisations); component ``""`` is the whole case."""


def participation(dataset: Dataset) -> tuple[ParticipationTable, ...]:
    """Return who took part in each wave of each questionnaire, then in each field method.

    Each table has a row a case, followed by one row a component where the case has some
    (the component rows are inside the case's row: a total adds case rows only). A case is
    in a wave's table when somebody answered there, or when it was asked to: a frame declared
    for this questionnaire, or an activity planned.
    """
    waves = (_wave(dataset, *wave) for wave in dataset.waves())
    return (*waves, *_field(dataset))


def _wave(dataset: Dataset, code: str, edition: str) -> ParticipationTable:
    instrument = dataset.study.instrument(code)
    reached = _reached(dataset, code, edition)
    frames = Frames(dataset, code, edition)
    size = wave_frames(dataset, instrument, edition)
    asked = _asked(dataset, instrument, edition)
    rows = [
        row
        for case in dataset.study.cases
        if (case.code, "") in reached or frames.declared(case) or case.code in asked
        for row in _case_rows(case, instrument.subject, reached, size, frames)
    ]
    return ParticipationTable(
        key=f"participation.{code}.{edition}",
        label=instrument.name,
        source=code,
        edition=edition,
        subject=instrument.subject,
        rows=tuple(rows),
    )


def _field(dataset: Dataset) -> Iterator[ParticipationTable]:
    editions = {edition.code: place for place, edition in enumerate(dataset.study.editions)}
    for method in dataset.study.methods:
        if method.kind is MethodKind.SURVEY:
            continue
        met = people_of(dataset, method)
        for edition in sorted(met, key=lambda code: editions.get(code, -1)):
            yield _met(dataset, method, edition, met[edition])


def _met(
    dataset: Dataset, method: Method, edition: str, people: frozenset[Taken]
) -> ParticipationTable:
    reached: Reached = {}
    for case in dataset.study.cases:
        for component in ("", *(part.code for part in case.components)):
            those = [
                one for one in people if one.case == case.code and component in {"", one.component}
            ]
            if those:
                organisations = {one.organisation for one in those if one.organisation}
                reached[case.code, component] = (len(those), len(organisations))
    frames = Frames(dataset, method.code, edition)
    return ParticipationTable(
        key=".".join(part for part in ("participation", method.code, edition) if part),
        label=method.name,
        source=method.code,
        edition=edition,
        subject=Subject.PERSON,
        rows=tuple(
            row
            for case in dataset.study.cases
            if (case.code, "") in reached
            for row in _case_rows(case, Subject.PERSON, reached, lambda _case, _part: None, frames)
        ),
    )


def _case_rows(
    case: Case, subject: Subject, reached: Reached, size: FrameOf, frames: Frames
) -> Iterator[ParticipationRow]:
    """Yield the case's row, then its components' (those with a respondent or a frame)."""
    parts = (("", case.short), *((part.code, part.name) for part in case.components))
    people = subject is Subject.PERSON
    for component, label in parts:
        units, organisations = reached.get((case.code, component), (0, 0))
        frame = size(case, component)
        if component and not units and frame is None:
            continue
        members = None if case.individuals or not people else frames.of(case, component)
        yield ParticipationRow(
            case=case.code,
            label=label,
            answered=units,
            frame=frame,
            units=_both(phrase("personnes")) if people else case.units,
            organisations=(organisations, members) if organisations and members else None,
            component=component,
        )


def _reached(dataset: Dataset, instrument: str, edition: str) -> Reached:
    """Count respondents and their organisations, by component and by case: one query."""
    rows = dataset.answers(instrument, edition)
    parts = _counted(rows.filter(rows.component != ""), "case", "component")
    whole = _counted(rows, "case").mutate(component=ibis.literal(""))
    both = ibis.union(parts, whole.select(parts.columns))
    return {
        (line["case"], line["component"]): (line["units"], line["organisations"])
        for line in dataset.collect(both)
    }


def _counted(rows: Any, *groups: str) -> Any:
    organisations = rows.organisation.nunique(where=rows.organisation != "")
    return rows.group_by(*groups).agg(units=rows.count(), organisations=organisations)


def _asked(dataset: Dataset, instrument: Instrument, edition: str) -> set[str]:
    """Return the cases where this survey was planned in this edition."""
    return {
        row["case"]
        for row in dataset.rows("activities")
        if row["method"] == instrument.method
        and row["edition"] in {"", edition}
        and row["planned"]
        and row["state"] not in {ActivityState.NOT_APPLICABLE, ActivityState.PLANNED}
    }


def _both(words: Phrase) -> Label:
    return Label(words.to("fr"), words.to("en"))
