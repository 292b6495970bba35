"""The cells of one row, made into answers by the columns they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from croisee.formats import Sheet
from croisee.language import phrase
from croisee.questionnaire.exchanges.cells import Misread, is_ticked, ranks_of, value_of
from croisee.questionnaire.exchanges.columns import Columns, Target, key_of
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.form import Kind, Node

FACTS = {
    "id": "id", "key": "instance_id", "instanceid": "instance_id", "uuid": "instance_id",
    "meta_instanceid": "instance_id", "submitdate": "submitted", "submissiondate": "submitted",
    "submission_time": "submitted", "startlanguage": "language", "token": "token",
    "repondant": "respondent", "respondent": "respondent", "cas": "case", "case": "case",
    "composante": "component", "component": "component", "organisme": "organisation",
    "organisation": "organisation", "poids": "weight", "weight": "weight",
    "id_de_la_reponse": "id", "response_id": "id", "date_de_soumission": "submitted",
    "date_submitted": "submitted", "langue_de_depart": "language", "start_language": "language",
}  # fmt: skip
"""Columns that say something of the row and are no question, by their key."""


@dataclass(slots=True)
class Read:
    """One row read: the answer of each question, and the column it is from."""

    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    wrong: list[tuple[str, Misread]] = field(default_factory=list)


class Reader:
    """The columns of one table, matched once to the questions of a form.

    Args:
        columns: the questions.
        header: the table's.
        silent: what a cell says when there is no answer (``n/a``), besides nothing.
        below: only the questions under this path (a repeat's own table), whose names may be
            written from there.
    """

    def __init__(
        self,
        columns: Columns,
        header: tuple[str, ...],
        *,
        silent: frozenset[str] = frozenset(),
        below: str = "",
    ) -> None:
        self._columns = columns
        self._silent = silent
        found = {name: self._target(name, below) for name in header}
        self.targets = {name: one for name, one in found.items() if one is not None}
        self.facts = {
            name: FACTS[key_of(name)]
            for name in header
            if name not in self.targets and key_of(name) in FACTS
        }
        self.ignored = tuple(
            name for name in header if name not in self.targets and name not in self.facts
        )
        self._by_question: dict[tuple[str, tuple[int, ...]], list[str]] = {}
        for name, one in self.targets.items():
            self._by_question.setdefault((one.node.path, one.places), []).append(name)

    def _target(self, name: str, below: str) -> Target | None:
        if not below:
            return self._columns.find(name)
        inside = below.strip("/").partition("/")[2]
        for written in (name, f"{inside}/{name}"):
            found = self._columns.find(written)
            if found is not None and found.node.path.startswith(f"{below}/"):
                return found
        return None

    def read(self, cells: Mapping[str, str]) -> Read:
        """Return what one row answers. A question nobody answered is not there."""
        read = Read()
        for name, fact in self.facts.items():
            if cells[name] and not read.facts.get(fact):
                read.facts[fact] = cells[name]
        for (path, places), names in self._by_question.items():
            node = self.targets[names[0]].node
            said = {name: self._said(cells[name]) for name in names}
            value, column = self._value(node, said)
            if isinstance(value, Misread):
                read.wrong.append((column, value))
            elif value:
                address = placed(path, places, self._columns)
                read.values[address] = value
                read.columns[address] = column
        return read

    def _said(self, cell: str) -> str:
        return "" if cell.strip().lower() in self._silent else cell.strip()

    def _value(self, node: Node, said: Mapping[str, str]) -> tuple[str | Misread, str]:
        """Return the answer of a question from its columns, and the column that said it."""
        codes = self._columns.codes(node)
        parts = {name: self.targets[name] for name in said if self._is_part(name)}
        filled = {name: said[name] for name in parts if said[name]}
        whole = next((name for name in said if name not in parts), "")
        if filled and node.kind is Kind.RANKING:
            return self._ranking(node, filled), next(iter(filled))
        if not filled or (whole and said[whole] and node.kind is Kind.RANKING):
            return (value_of(node, said[whole], codes), whole) if whole else ("", "")
        ticked: list[str] = []
        for name, written in filled.items():
            answer = is_ticked(parts[name].option, written, codes)
            if isinstance(answer, Misread):
                return answer, name
            if answer:
                ticked.append(parts[name].option)
        return self._agreed(node, ticked, (whole, said.get(whole, "")))

    def _is_part(self, name: str) -> bool:
        return bool(self.targets[name].option or self.targets[name].rank)

    def _agreed(
        self, node: Node, ticked: list[str], whole: tuple[str, str]
    ) -> tuple[str | Misread, str]:
        """Return the choices ticked, in the form's order; what the whole column adds is kept."""
        name, written = whole
        codes = self._columns.codes(node)
        also = value_of(node, written, codes) if written else ""
        chosen = set(ticked) | (set(also.split()) if isinstance(also, str) else set())
        if isinstance(also, str) and written and set(also.split()) != set(ticked):
            return Misread(
                phrase("Cette cellule et les colonnes de ses choix ne disent pas la même chose."),
                phrase("Gardez la bonne des deux réponses."),
            ), name  # fmt: skip
        known = [code for code, _ in codes if code in chosen]
        return " ".join(known), name or next(
            one for one, target in self.targets.items() if target.node is node
        )

    def _ranking(self, node: Node, filled: Mapping[str, str]) -> str | Misread:
        if not any(self.targets[name].rank for name in filled):
            ranks = {self.targets[name].option: written for name, written in filled.items()}
            return ranks_of(ranks, node.name)
        one = Node(path=node.path, kind=Kind.SINGLE)
        placed_codes: list[str] = []
        for name in sorted(filled, key=lambda name: self.targets[name].rank):
            found = value_of(one, filled[name], self._columns.codes(node))
            if isinstance(found, Misread):
                return found
            placed_codes.append(found)
        return " ".join(placed_codes)


def placed(path: str, places: tuple[int, ...], columns: Columns) -> str:
    """Return the address of a question, the place of each repeat above it written in."""
    coming = iter(places)
    steps: list[str] = []
    walked = ""
    for step in path.strip("/").split("/"):
        walked = f"{walked}/{step}"
        node = columns.form.nodes.get(walked)
        place = next(coming, 0) if node is not None and node.kind is Kind.REPEAT else 0
        steps.append(f"{step}[{place}]" if place else step)
    return "/" + "/".join(steps)


def remarks_of(sheet: Sheet, file: str, name: str) -> Iterator[Trouble]:
    """Yield what is wrong with the shape of a table."""
    for one in sheet.remarks:
        yield Trouble(file, name, one.line, one.column, one.message, one.remedy)


def wrong_cells(read: Read, file: str, sheet: str, row: int) -> Iterator[Trouble]:
    """Yield what could not be read in a row."""
    for column, one in read.wrong:
        yield Trouble(file, sheet, row, column, one.message, one.remedy, misread=True)
