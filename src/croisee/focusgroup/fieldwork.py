"""Who was in which session: the bases on which groups' answers are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from croisee.dataset import Dataset
from croisee.language import Label
from croisee.study import Study, Subject, Theme
from croisee.tables import Base

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """The sessions of a study, their method, and the people who were there."""

    study: Study
    method: Mapping[str, str]
    """Method of each session."""
    present: Mapping[str, frozenset[str]]
    """People of each session."""
    held: Mapping[tuple[str, str, str], frozenset[str]]
    """Sessions of each (case, edition, method)."""

    def base(
        self, case: str, edition: str, sessions: Collection[str], people: Collection[str], on: str
    ) -> Base:
        """Return the base of the ``people`` of one case who answered in ``sessions``.

        When they are exactly the people met with that method in that case and edition, it
        is the method's own base; otherwise a part of it, named by ``on``.
        """
        methods = sorted({self.method.get(session, "") for session in sessions} - {""})
        source = "+".join(methods) or "groupe"
        everyone: set[str] = set()
        for method in methods:
            for session in self.held.get((case, edition, method), frozenset()):
                everyone |= self.present.get(session, frozenset())
        whole = Base(source, edition, (case,), Subject.PERSON, len(everyone))
        if everyone == set(people):
            return whole
        within = whole.id if everyone else ""
        return Base(
            source, edition, (case,), Subject.PERSON, len(set(people)), filter=on, within=within
        )

    def label(self, case: str) -> Label:
        """Return the short name under which a case is printed."""
        return self.study.case(case).short


def fieldwork(dataset: Dataset) -> Fieldwork:
    """Read the sessions and presences of a Dataset."""
    return fieldwork_of(dataset.study, dataset.rows("sessions"), dataset.rows("presences"))


def fieldwork_of(study: Study, sessions: Iterable[Row], presences: Iterable[Row]) -> Fieldwork:
    """Return who was where, from the lines of the ``sessions`` and ``presences`` tables."""
    held: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    method = {}
    for row in sessions:
        method[row["session"]] = row["method"]
        held[row["case"], row["edition"], row["method"]].add(row["session"])
    present: dict[str, set[str]] = defaultdict(set)
    for row in presences:
        present[row["session"]].add(row["participant"])
    return Fieldwork(
        study,
        method,
        {session: frozenset(people) for session, people in present.items()},
        {place: frozenset(sessions) for place, sessions in held.items()},
    )


def by_theme(
    study: Study, rows: Iterable[Row], kind: str
) -> Iterator[tuple[Theme, str, list[tuple[str, str, list[Row]]]]]:
    """Yield (theme, edition named in the table, [(case, edition, its rows)…]) in guide order.

    A theme asked in one edition has one table, whose edition is not named (``""``); asked in
    several, one table an edition. Cases follow the study.
    """
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["theme"], row["edition"], row["case"]].append(row)
    known = [edition.code for edition in study.editions]
    for theme in sorted(study.themes, key=lambda theme: (theme.order, theme.code)):
        if theme.kind != kind:
            continue
        editions = {edition for code, edition, _ in found if code == theme.code}
        ordered = sorted(editions, key=lambda e: (known.index(e) if e in known else -1, e))
        for edition in ordered:
            cases = [
                (case.code, edition, found[theme.code, edition, case.code])
                for case in study.cases
                if (theme.code, edition, case.code) in found
            ]
            if cases:
                yield theme, edition if len(ordered) > 1 else "", cases
