"""What a Release says of one network: its findings, tables, quotes and who took part."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.disclosure.marks import MarkRefused, marks_in, resolve_marks
from croisee.disclosure.released import (
    Kind,
    Release,
    ReleasedBase,
    ReleasedFinding,
    ReleasedQuote,
    ReleasedTable,
    Value,
)
from croisee.disclosure.values import Chiffre, Form
from croisee.findings import Leaflet
from croisee.language import Label, Language, phrase
from croisee.study import Case, MethodKind, Nature, Subject

COUNTED = frozenset({Kind.ONE_WAY, Kind.CASE_ROWS, Kind.MULTIPLE, Kind.MULTIPLE_CASES})
_TELLING = frozenset({Nature.ORDINARY, Nature.FACT})


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its numbers in place, and the codes of the tables they come from."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """One network as a release shows it, in one language. Released values only."""

    release: Release
    case: Case
    language: Language

    @property
    def chosen(self) -> Leaflet:
        """Return what the authors chose for this network, empty when they chose nothing."""
        leaflets = (leaflet for leaflet in self.release.leaflets if leaflet.case == self.case.code)
        return next(leaflets, Leaflet(self.case.code))

    def said(self, label: Label) -> Said | None:
        """Return a text with its marks resolved; ``None`` when one points to nothing released."""
        text = label.to(self.language)
        try:
            resolved = resolve_marks(text, self.release, self.language)
        except MarkRefused:
            return None
        keys = dict.fromkeys(mark.key for mark in marks_in(text))
        tables = (self.table(key) for key in keys)
        return Said(resolved, tuple(table.code for table in tables if table is not None))

    def table(self, key: str) -> ReleasedTable | None:
        """Return a released table by its key or its code, where the release holds it."""
        return next(
            (table for table in self.release.tables if key in {table.key, table.code}), None
        )

    def findings(self) -> tuple[ReleasedFinding, ...]:
        """Return the findings that name this network, those its leaflet carries first."""
        code = self.case.code
        named = [f for f in self.release.findings if code in f.leaflets or code in f.cases]
        return tuple(sorted(named, key=lambda finding: code not in finding.leaflets))

    def finding(self, code: str) -> ReleasedFinding | None:
        """Return one released finding by its code."""
        return next((f for f in self.release.findings if f.code == code), None)

    def quote(self, key: str) -> ReleasedQuote | None:
        """Return one released quote by its key."""
        return next((quote for quote in self.release.quotes if quote.key == key), None)

    def base(self, table: ReleasedTable) -> ReleasedBase | None:
        """Return the base that counts this network alone, in a table."""
        return next((b for b in table.bases if b.cases == (self.case.code,)), None)

    def column(self, table: ReleasedTable) -> int | None:
        """Return the place of the column that speaks of this network alone, if there is one."""
        keys = [head.key for head in table.columns]
        if self.case.code in keys:
            return keys.index(self.case.code)
        alone = len(keys) == 1 and self.base(table) is not None and len(table.bases) == 1
        return 0 if alone else None

    def values(self, table: ReleasedTable) -> tuple[tuple[int, Value], ...]:
        """Return this network's values with the place of their row; rows said aside left out."""
        column = self.column(table)
        if column is None:
            return ()
        aside = {"moyenne", "mediane", "total"}
        return tuple(
            (place, cell.value)
            for place, (head, line) in enumerate(zip(table.rows, table.cells, strict=True))
            if (cell := line[column]) is not None
            and not head.key.startswith("_")
            and head.key not in aside
        )

    def row_name(self, table: ReleasedTable, place: int) -> str:
        """Return the label of a row; merged answers are joined by commas and « ou »."""
        return table.rows[place].label.to(self.language)

    def units(self, subject: Subject) -> str:
        """Return what is counted: « carrefours », « organismes » or « personnes »."""
        if subject is Subject.PERSON:
            return phrase("personnes").to(self.language)
        return self.case.units.to(self.language) or phrase("organismes").to(self.language)

    def strongest(self) -> tuple[tuple[ReleasedTable, int, Chiffre], ...]:
        """Return the most shared answer of each counted table, the most shared first.

        Exact and « au moins » values of ordinary questions and facts; sensitive questions and
        profiles are left to their authors.
        """
        best: list[tuple[float, ReleasedTable, int, Chiffre]] = []
        for table in self.release.tables:
            if table.kind not in COUNTED or table.nature not in _TELLING:
                continue
            shares = [
                (value.lo / value.n, table, place, value)
                for place, value in self.values(table)
                if isinstance(value, Chiffre) and value.form in _ENOUGH and value.n
            ]
            if shares:
                best.append(max(shares, key=lambda share: share[0]))
        best.sort(key=lambda share: -share[0])
        return tuple((table, place, value) for _, table, place, value in best)

    def participations(self) -> tuple[tuple[ReleasedTable, Chiffre], ...]:
        """Return how many of this network took part, method by method."""
        found: list[tuple[ReleasedTable, Chiffre]] = []
        for table in self.release.tables:
            if table.kind is Kind.PARTICIPATION:
                rows = self.participation(table)
                if len(rows) == 1 and not rows[0][0]:
                    found.append((table, rows[0][1]))
        return tuple(found)

    def participation(self, table: ReleasedTable) -> tuple[tuple[str, Chiffre], ...]:
        """Return (component or empty, how many) for this network in a participation table."""
        column = next((i for i, head in enumerate(table.columns) if head.key == "repondu"), None)
        if column is None:
            return ()
        names = {component.code: component.name for component in self.case.components}
        rows: list[tuple[str, Chiffre]] = []
        for head, line in zip(table.rows, table.cells, strict=True):
            cell = line[column]
            if cell is None or not isinstance(cell.value, Chiffre):
                continue
            if head.key == self.case.code:
                return (("", cell.value),)
            if head.key in names:
                rows.append((names[head.key].to(self.language), cell.value))
        return tuple(rows)

    def source_name(self, source: str) -> str:
        """Return the name of an instrument or of a method; its code when the study has neither."""
        study = self.release.study
        names = {method.code: method.name for method in study.methods}
        names |= {instrument.code: instrument.name for instrument in study.instruments}
        return names[source].to(self.language) if source in names else source

    def is_survey(self, source: str) -> bool:
        """Return whether people answered (a survey) rather than took part (a group)."""
        study = self.release.study
        if any(instrument.code == source for instrument in study.instruments):
            return True
        return any(m.code == source and m.kind is MethodKind.SURVEY for m in study.methods)

    def when(self, edition: str) -> str:
        """Return the name of an edition.

        Its dates are those of all its methods: beside one of them they would not be true.
        """
        found = next((e for e in self.release.study.editions if e.code == edition), None)
        return edition if found is None else found.name.to(self.language)


_ENOUGH = frozenset({Form.EXACT, Form.AT_LEAST})


def source_of(table: ReleasedTable) -> tuple[str, str]:
    """Return the (source, edition) of a participation table, from its key."""
    _, source, edition = (*table.key.split("."), "", "")[:3]
    return source, edition
