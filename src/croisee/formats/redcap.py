"""REDCap: a data dictionary, and the records exported with its codes (« raw »), as one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.redcap_dictionary import (
    RedcapField,
    column_of,
    is_redcap_dictionary,
    read_dictionary,
)
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table
from croisee.language import phrase
from croisee.text import Notice

_NOT_ASKED = {"descriptive", "file", "signature"}
_OWN = {
    "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
    "redcap_data_access_group", "redcap_survey_identifier",
}  # fmt: skip
_NAMING = "redcap_survey_identifier"
_COMPLETE = (Value("0", "Incomplete"), Value("1", "Unverified"), Value("2", "Complete"))
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHOWN = 5


def dictionary_beside(records: Path) -> Path | None:
    """Return the only REDCap dictionary in the folder of a file of records, ``None`` if not one."""
    found = []
    for path in sorted(records.parent.glob("*.csv")):
        if path == records or path.is_symlink():
            continue
        try:
            if is_redcap_dictionary(read_table(path).header):
                found.append(path)
        except FormatRefused:
            continue
    return found[0] if len(found) == 1 else None


def redcap_columns(dictionary: Path) -> tuple[str, ...]:
    """Return the columns that records of a dictionary may have, but for those REDCap adds."""
    return tuple(
        name
        for one in read_dictionary(dictionary)
        for name in (
            [f"{one.name}___{column_of(value.code)}" for value in one.values]
            if one.type == "checkbox"
            else [one.name]
        )
    )


def read_redcap(records: Path | None, dictionary: Path) -> tuple[Labelled, tuple[Notice, ...]]:
    """Return records with the labels of their dictionary, or the variables alone.

    A checkbox is one variable a choice (``field___1``) and a set of them. Columns that REDCap
    adds (events, repeats, ``_complete``) are kept. Fields marked as identifiers are left out and
    told, as are the addresses of surveys. A cell that is not of its field's kind makes of its
    column one of texts; a code without a label is kept and told.

    Raises:
        FormatRefused: not a dictionary, or records of which no column is in it.
    """
    fields = list(read_dictionary(dictionary))
    if records is None:
        return _described_only(fields, dictionary.stem)
    sheet = read_table(records)
    notices = [Notice(one.message, one.remedy, one.line) for one in sheet.remarks]
    known = {one.name: one for one in fields}
    boxes = {
        f"{one.name}___{column_of(value.code)}": (one, value)
        for one in fields if one.type == "checkbox" for value in one.values
    }  # fmt: skip
    if not any(name in known or name in boxes for name in sheet.header):
        raise FormatRefused(
            phrase("Aucune colonne de ce fichier n’est dans le dictionnaire {file}.",
                   file=dictionary.name),
            phrase("Exportez les données « raw », et le dictionnaire du même projet."),
        )  # fmt: skip
    forms = {f"{one.form}_complete" for one in fields}
    variables, out, strangers = [], [], []
    for name in sheet.header:
        field = boxes[name][0] if name in boxes else known.get(name)
        if name == _NAMING or (field is not None and field.identifier):
            out.append(name)
        elif name in boxes:
            of, value = boxes[name]
            variables.append(Variable(name, f"{of.label} : {value.label}", values=_box_values()))
        elif field is not None:
            variables.append(_variable(field, sheet, notices))
        elif name in forms:
            variables.append(Variable(name, values=_COMPLETE, measure=Measure.ORDINAL))
        else:
            if name not in _OWN and not name.endswith("_timestamp"):
                strangers.append(name)
            variables.append(Variable(name, content=Content.TEXT))
    held = [one.name for one in variables]
    moments = {one.name for one in variables if one.content is Content.MOMENT}
    notices += _told(out, strangers)
    return (
        Labelled(
            records.stem,
            tuple(variables),
            tuple(_sets(fields, held)),
            tuple(
                tuple(_moment(row[name]) if name in moments else row[name] for name in held)
                for _, row in sheet.rows
            ),
        ),
        tuple(notices),
    )


def _described_only(fields: list[RedcapField], title: str) -> tuple[Labelled, tuple[Notice, ...]]:
    variables: list[Variable] = []
    out = [one.name for one in fields if one.identifier]
    for one in fields:
        if one.identifier or one.type in _NOT_ASKED:
            continue
        if one.type == "checkbox":
            variables += [
                Variable(f"{one.name}___{column_of(value.code)}", f"{one.label} : {value.label}",
                         values=_box_values())
                for value in one.values
            ]  # fmt: skip
        else:
            variables.append(_kind(one))
    held = [one.name for one in variables]
    table = Labelled(title, tuple(variables), tuple(_sets(fields, held)))
    only = phrase("Un dictionnaire n’a aucune réponse : les variables seules sont écrites.")
    return table, (Notice(only, phrase("Apportez les réponses à part.")), *_told(out, []))


def _box_values() -> tuple[Value, ...]:
    return (Value("1", "Checked"), Value("0", "Unchecked"))


def _kind(field: RedcapField) -> Variable:
    """Return the variable of a field, as its dictionary has it."""
    numbers = all(_NUMBER.fullmatch(value.code) for value in field.values)
    if field.values:
        content = Content.NUMBER if numbers else Content.TEXT
        return Variable(field.name, field.label, content, field.values)
    if field.type in {"calc", "slider"} or field.check.startswith(("integer", "number")):
        return Variable(field.name, field.label, measure=Measure.SCALE)
    if field.check.startswith("datetime"):
        return Variable(field.name, field.label, Content.MOMENT, measure=Measure.SCALE)
    if field.check.startswith("date"):
        return Variable(field.name, field.label, Content.DATE, measure=Measure.SCALE)
    return Variable(field.name, field.label, Content.TEXT)


def _variable(field: RedcapField, sheet: Sheet, notices: list[Notice]) -> Variable:
    """Return the variable of a column, of texts where a cell is not of the field's kind."""
    found = _kind(field)
    codes = {value.code for value in field.values}
    strange: set[str] = set()
    for line, row in sheet.rows:
        cell = row[field.name]
        if not cell:
            continue
        if not _is_of(cell, found.content):
            notices.append(Notice(
                phrase("« {cell} » n’est pas ce que dit le dictionnaire pour {name} : la colonne "
                       "est gardée en texte.", cell=cell, name=field.name),
                phrase("Corrigez la cellule, ou déclarez ce code dans le dictionnaire."), line,
            ))  # fmt: skip
            return replace(found, content=Content.TEXT, measure=Measure.NOMINAL)
        if codes and cell not in codes:
            strange.add(cell)
    if strange:
        shown = ", ".join(sorted(strange)[:_SHOWN])
        notices.append(Notice(
            phrase("{name} : des codes sans libellé ({codes}).", name=field.name, codes=shown),
            phrase("Ils sont gardés ; ajoutez-les au dictionnaire s’ils ont un sens."),
        ))  # fmt: skip
    if found.content is Content.NUMBER and not field.values:
        cells = (row[field.name].partition(".")[2] for _, row in sheet.rows)
        return replace(found, decimals=min(9, max(map(len, cells), default=0)))
    return found


def _is_of(cell: str, content: Content) -> bool:
    try:
        if content is Content.NUMBER:
            return _NUMBER.fullmatch(cell) is not None
        if content is Content.DATE:
            date.fromisoformat(cell)
        elif content is Content.MOMENT:
            datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _moment(cell: str) -> str:
    return datetime.fromisoformat(cell).isoformat() if cell else ""


def _sets(fields: list[RedcapField], held: Sequence[str]) -> Iterator[Multiple]:
    for one in fields:
        if one.type == "checkbox" and not one.identifier:
            names = [f"{one.name}___{column_of(value.code)}" for value in one.values]
            if kept := tuple(name for name in names if name in held):
                yield Multiple(one.name, one.label, kept)


def _told(out: Sequence[str], strangers: Sequence[str]) -> Iterator[Notice]:
    if out:
        yield Notice(
            phrase("Laissé de côté, car marqué comme identifiant : {names}.", names=", ".join(out)),
            phrase("Pour garder une de ces colonnes, retirez sa marque du dictionnaire."),
        )
    if strangers:
        yield Notice(
            phrase("Pas dans le dictionnaire : {names}.", names=", ".join(strangers[:_SHOWN])),
            phrase("Gardé en texte, sans libellé ; vérifiez que c’est le même projet."),
        )
