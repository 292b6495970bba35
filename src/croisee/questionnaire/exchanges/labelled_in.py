"""A labelled table as a questionnaire, and its rows as answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Variable
from croisee.formats.sav import is_missing
from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Phrase, phrase
from croisee.questionnaire.codebook import PREFIX, SCALE, code_of
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.labelled_names import (
    Renaming,
    node_names,
    option_codes,
    renaming_of,
)
from croisee.questionnaire.exchanges.labelled_out import values_by_variable
from croisee.questionnaire.exchanges.rows import Reader, wrong_cells
from croisee.questionnaire.exchanges.told import Imported, Loss, Trouble
from croisee.questionnaire.sheet import Prepared
from croisee.text.written_in import written_in

FRENCH, ENGLISH = "Français (fr)", "English (en)"
_KINDS = {
    Content.TEXT: "text",
    Content.DATE: "date",
    Content.TIME: "time",
    Content.MOMENT: "dateTime",
}
_MOST_ADDED = 50
Record = dict[str, str]


def questionnaire_of_labelled(table: Labelled) -> Imported:
    """Return the questionnaire that a labelled table answers.

    A variable with labelled values is a single choice; a set of variables that say yes or no a
    multiple choice; values declared missing are choices that mean no answer. What a table does
    not say, when a question is asked, is not invented.
    """
    return _Reading(table).imported()


@dataclass(slots=True)
class _Reading:
    """One table being made into sheets."""

    table: Labelled
    survey: list[Record] = field(default_factory=list)
    choices: list[Record] = field(default_factory=list)
    losses: dict[tuple[str, Phrase], None] = field(default_factory=dict)
    language: str = FRENCH

    @property
    def _label(self) -> str:
        return f"label::{self.language}"

    def imported(self) -> Imported:
        """Return the workbook."""
        said = (text for one in self.table.variables for text in (one.label, one.question))
        self.language = ENGLISH if written_in(said) == "en" else FRENCH
        names = node_names(self.table)
        found = {
            one.name: list(dict.fromkeys(row[place] for row in self.table.rows if row[place]))
            for place, one in enumerate(self.table.variables)
        }
        sets = {one.variables[0]: one for one in self.table.multiples if one.counted}
        inside = {name for one in sets.values() for name in one.variables}
        for one in self.table.variables:
            if one.name in sets:
                self._multiple(sets[one.name], names)
            elif one.name not in inside:
                self._variable(one, names[one.name], found[one.name])
        for one_set in self.table.multiples:
            if not one_set.counted:
                what = phrase("L’ensemble de réponses reste plusieurs questions.")
                self.losses[names[one_set.name], what] = None
        settings = {
            "form_title": self.table.title or "Fichier",
            "form_id": code_of(self.table.title or "fichier"),
            "version": "1",
            "default_language": self.language,
        }
        book = Workbook(
            (
                worksheet_of("survey", self.survey),
                worksheet_of("choices", self.choices),
                worksheet_of("settings", [settings]),
            )
        )
        return Imported(book, tuple(Loss(*one) for one in self.losses))

    def _multiple(self, one: Multiple, names: Mapping[str, str]) -> None:
        name = names[one.name]
        labels = {variable.name: variable.label for variable in self.table.variables}
        label = _clean(one.label) or name
        self.survey.append({"type": f"select_multiple {name}", "name": name, self._label: label})
        for variable, code in option_codes(one.name, one.variables).items():
            self.choices.append(
                {"list_name": name, "name": code, self._label: _clean(labels[variable]) or code}
            )

    def _variable(self, one: Variable, name: str, found: list[str]) -> None:
        row = {"name": name, self._label: _clean(one.question or one.label) or name}
        known = {value.code for value in one.values}
        labelled = [value for value in one.values if not value.missing]
        added = [code for code in found if code not in known and not is_missing(code, one.missing)]
        measured = one.measure is Measure.SCALE or len(added) > _MOST_ADDED
        if not labelled or (one.content is Content.NUMBER and added and measured):
            if one.values:
                what = phrase("Les libellés des valeurs ne sont pas repris : c’est un nombre.")
                self.losses[name, what] = None
            kind = _KINDS.get(one.content) or _number_kind(found)
            self.survey.append({**row, "type": kind})
            return
        if added:
            what = phrase("Des valeurs sans libellé deviennent des choix ({codes}).",
                          codes=", ".join(added[:5]))  # fmt: skip
            self.losses[name, what] = None
        missing = [_choice(value.code) for value in one.values if value.missing]
        self.survey.append(
            {
                **row,
                "type": f"select_one {name}",
                "appearance": SCALE if one.measure is Measure.ORDINAL else "",
                f"{PREFIX}sans_reponse": " | ".join(missing),
            }
        )
        said = [(value.code, value.label) for value in one.values]
        said += [(code, code) for code in added]
        for code, label in said:
            shown = _clean(label) or code
            self.choices.append({"list_name": name, "name": _choice(code), self._label: shown})


def _clean(label: str) -> str:
    return " ".join(label.replace("${", "$ {").split())


def _choice(code: str) -> str:
    return re.sub(r"\s+", "_", code.strip()) or "vide"


def _number_kind(found: list[str]) -> str:
    return "integer" if all(re.fullmatch(r"-?[0-9]{1,15}", one) for one in found) else "decimal"


def read_labelled_answers(
    table: Labelled, prepared: Prepared, *, file: str, at: datetime
) -> Brought:
    """Return the rows of a table as answers to a form.

    Args:
        table: a file read; the form may be ours, written by :func:`labelled_of`, or the one
            :func:`questionnaire_of_labelled` made of it.
        prepared: the form.
        file: the file's name, for what is said of its cells.
        at: for calculations that ask what time it is; aware.
    """
    renaming = renaming_of(table) or _theirs(table)
    columns = Columns(empty_filling(prepared))
    headers = {one.name: renaming.headers.get(one.name, one.name) for one in table.variables}
    reader = Reader(columns, tuple(dict.fromkeys(headers.values())))
    troubles: list[Trouble] = []
    rows: list[Answers] = []
    variables = {one.name: one for one in table.variables}
    counted = {name: one.counted for one in table.multiples for name in one.variables}
    for line, cells in enumerate(values_by_variable(table), 1):
        said = {
            header: _said(variables[name], cells[name], renaming, columns, header)
            if not counted.get(name)
            else _ticked(variables[name], cells[name], counted[name])
            for name, header in headers.items()
        }
        read = reader.read(said)
        troubles += wrong_cells(read, file, "", line)
        rows.append(Answers(file, "", line, read.values, read.columns, read.facts))
    return enter_all(rows, prepared, at=at, troubles=troubles, ignored=reader.ignored)


def _theirs(table: Labelled) -> Renaming:
    """Return the names that :func:`questionnaire_of_labelled` gave."""
    names = node_names(table)
    headers = {one.name: names[one.name] for one in table.variables}
    for one in table.multiples:
        if one.counted:
            codes = option_codes(one.name, one.variables)
            headers |= {name: f"{names[one.name]}/{code}" for name, code in codes.items()}
    return Renaming(headers)


def _said(one: Variable, cell: str, renaming: Renaming, columns: Columns, header: str) -> str:
    """Return a cell as the form says it; one declared missing, that is no choice, is empty."""
    ours = renaming.codes.get(one.name, {}).get(cell)
    if ours is not None:
        return ours
    target = columns.find(header)
    codes = dict(columns.codes(target.node)) if target is not None else {}
    if cell and codes and not (target and target.option) and _choice(cell) in codes:
        return _choice(cell)
    return "" if is_missing(cell, one.missing) else cell


def _ticked(one: Variable, cell: str, counted: str) -> str:
    """Return whether the choice of one variable of a set was made: 1, 0 or nothing."""
    if not cell or is_missing(cell, one.missing):
        return ""
    return str(int(cell == counted))
