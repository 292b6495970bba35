"""A labelled table as a spreadsheet keeps it: the rows, and a table of the variables beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table, read_tables
from croisee.formats.writing import LONGEST_CELL, Table, write_csv, write_sheets
from croisee.language import Language, phrase
from croisee.text import Notice, fold
from croisee.text.written_in import written_in

HEADER = (
    "sorte", "variable", "code", "jusqu_a", "libelle", "contenu", "mesure", "decimales",
    "sans_reponse", "question",
)  # fmt: skip
ENGLISH = (
    "kind", "variable", "code", "up_to", "label", "content", "measure", "decimals",
    "missing", "question",
)  # fmt: skip
"""The same columns, as a file in English says them; both are read."""
_FILE, _NOTE, _VARIABLE, _VALUE, _ABSENT, _SET = (
    "fichier", "note", "variable", "valeur", "absence", "ensemble",
)  # fmt: skip
_CONTENTS = {
    Content.NUMBER: "nombre", Content.TEXT: "texte", Content.DATE: "date",
    Content.TIME: "heure", Content.MOMENT: "moment",
}  # fmt: skip
_MEASURES = {Measure.NOMINAL: "nominale", Measure.ORDINAL: "ordinale", Measure.SCALE: "echelle"}
_IN_ENGLISH = {
    _FILE: "file", _NOTE: "note", _VARIABLE: "variable", _VALUE: "value", _ABSENT: "absence",
    _SET: "set", "nombre": "number", "texte": "text", "date": "date", "heure": "time",
    "moment": "moment", "nominale": "nominal", "ordinale": "ordinal", "echelle": "scale",
    "oui": "yes",
}  # fmt: skip
_IN_FRENCH = {english: french for french, english in _IN_ENGLISH.items()}
_TITLES = dict(zip(ENGLISH, HEADER, strict=True))
_WORDED = (0, 5, 6, 8)
"""Cells that say a word of ours: kind, content, measure, missing."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_LETTER = re.compile(r"\.[a-z]?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BESIDE = "-variables.csv"


def beside(path: Path) -> Path:
    """Return where the variables of a CSV are said: ``x-variables.csv`` beside ``x.csv``."""
    return path.with_name(path.stem + _BESIDE)


def language_of_table(table: Labelled) -> Language:
    """Return the language its labels are written in; French in doubt."""
    said = (text for one in table.variables for text in (one.label, one.question))
    return written_in(said) or "fr"


def write_labelled_csv(
    path: Path, variables: Path, table: Labelled, language: Language = "fr"
) -> None:
    """Write the rows, and what the variables and their values mean in a second CSV."""
    write_csv(path, [one.name for one in table.variables], table.rows)
    write_csv(variables, _HEADERS[language], _worded(table, language))


def write_labelled_xlsx(path: Path, table: Labelled, language: Language = "fr") -> None:
    """Write a workbook: the rows, then a sheet ``variables``. Numbers are numbers."""
    rows = tuple(
        tuple(_cell(cell, one) for cell, one in zip(row, table.variables, strict=True))
        for row in table.rows
    )
    header = tuple(one.name for one in table.variables)
    about = tuple(tuple(cell[:LONGEST_CELL] for cell in row) for row in _worded(table, language))
    name = {"fr": "reponses", "en": "answers"}[language]
    sheets = [Table(name, header, rows), Table("variables", _HEADERS[language], about)]
    write_sheets(path, sheets)


_HEADERS: dict[Language, tuple[str, ...]] = {"fr": HEADER, "en": ENGLISH}


def _worded(table: Labelled, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the table of variables with our words in a language; labels are the study's own."""
    for row in described_rows(table):
        if language == "fr":
            yield row
        else:
            yield tuple(
                _IN_ENGLISH.get(cell, cell) if place in _WORDED else cell
                for place, cell in enumerate(row)
            )


def _cell(cell: str, variable: Variable) -> object:
    if variable.content is Content.NUMBER and cell and not _LETTER.fullmatch(cell):
        return float(cell)
    return cell[:LONGEST_CELL]


def described_rows(table: Labelled) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of variables, as :data:`HEADER` names their cells."""
    if table.title:
        yield _row(_FILE, libelle=table.title)
    for note in table.notes:
        yield _row(_NOTE, libelle=note)
    for one in table.variables:
        yield _row(
            _VARIABLE, variable=one.name, libelle=one.label, contenu=_CONTENTS[one.content],
            mesure=_MEASURES[one.measure], decimales=str(one.decimals or ""),
            question=one.question,
        )  # fmt: skip
        for value in one.values:
            yield _row(
                _VALUE, variable=one.name, code=value.code, libelle=value.label,
                sans_reponse="oui" if value.missing else "",
            )  # fmt: skip
        for low, high in one.missing:
            yield _row(_ABSENT, variable=one.name, code=low, jusqu_a="" if low == high else high)
    for one_set in table.multiples:
        yield _row(
            _SET, variable=one_set.name, code=one_set.counted, libelle=one_set.label,
            question="|".join(one_set.variables),
        )  # fmt: skip


def _row(sort: str, **cells: str) -> tuple[str, ...]:
    return (sort, *(cells.get(name, "") for name in HEADER[1:]))


def read_labelled_sheet(path: Path) -> tuple[Labelled, tuple[Notice, ...]]:
    """Read a CSV with its variables beside it, or a workbook with its sheet ``variables``.

    Without a table of variables, a column of numbers is one of numbers, of ISO days one of days,
    and the rest are texts: this is said.

    Raises:
        FormatRefused: no table, or a cell that is not what its variable says, with its line.
    """
    if path.suffix.lower() == ".xlsx":
        sheets = list(read_tables(path).values())
        about = next((one for one in sheets[1:] if _describes(one)), None)
        sheet = sheets[0] if sheets else read_table(path)
    else:
        sheet = read_table(path)
        about = read_table(beside(path)) if beside(path).is_file() else None
    notices = [Notice(one.message, one.remedy, one.line) for one in sheet.remarks]
    if about is None:
        said = phrase("Aucune table des variables à côté : ni libellé, ni valeur manquante.")
        remedy = phrase("Le nom attendu : {name}, ou une feuille « variables ».",
                        name=beside(path).name)  # fmt: skip
        notices.append(Notice(said, remedy))
        return _guessed(sheet), tuple(notices)
    table = _described(sheet, about, notices)
    return table, tuple(notices)


def _describes(sheet: Sheet) -> bool:
    return {"sorte", "variable", "code", "libelle"} <= {_title(name) for name in sheet.header}


def _title(name: str) -> str:
    """Return a column's French name."""
    said = fold(name).strip()
    return _TITLES.get(said, said)


def _word(cell: str) -> str:
    """Return a word of ours in French."""
    said = fold(cell).strip()
    return _IN_FRENCH.get(said, said)


def _rows_of(sheet: Sheet, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[name] for name in names) for _, row in sheet.rows)


def _guessed(sheet: Sheet) -> Labelled:
    columns = {name: set(column.to_pylist()) - {""} for name, column in sheet.columns.items()}
    variables = tuple(_guessed_variable(name, columns[name]) for name in sheet.header)
    return Labelled("", variables, rows=_rows_of(sheet, sheet.header))


def _guessed_variable(name: str, cells: set[str]) -> Variable:
    if cells and all(map(_NUMBER.fullmatch, cells)):
        decimals = max(len(cell.partition(".")[2]) for cell in cells)
        return Variable(name, measure=Measure.SCALE, decimals=min(decimals, 9))
    if cells and all(map(_is_day, cells)):
        return Variable(name, content=Content.DATE, measure=Measure.SCALE)
    return Variable(name, content=Content.TEXT)


def _is_day(cell: str) -> bool:
    try:
        return bool(_DAY.fullmatch(cell) and date.fromisoformat(cell))
    except ValueError:
        return False


def _described(sheet: Sheet, about: Sheet, notices: list[Notice]) -> Labelled:
    if not _describes(about):
        raise FormatRefused(
            phrase("La table des variables n’a pas les colonnes attendues."),
            phrase("Ses colonnes : {names}.", names=", ".join(HEADER)),
            1,
        )
    lines = [(line, {_title(name): cell for name, cell in row.items()}) for line, row in about.rows]
    said: dict[str, list[tuple[str, int, Mapping[str, str]]]] = {name: [] for name in sheet.header}
    titles: list[str] = []
    notes: list[str] = []
    multiples: list[Multiple] = []
    for line, row in lines:
        sort, name = _word(row["sorte"]), row["variable"]
        if sort in {_VARIABLE, _VALUE, _ABSENT}:
            if name in said:
                said[name].append((sort, line, row))
            else:
                notices.append(_unknown(line, name))
        elif sort == _SET:
            kept = tuple(one for one in row.get("question", "").split("|") if one in said)
            multiples.append(Multiple(name, row["libelle"], kept, row["code"]))
        else:
            (titles if sort == _FILE else notes).append(row["libelle"])
    variables = tuple(_variable(name, rows) for name, rows in said.items())
    table = Labelled(
        "".join(titles), variables, tuple(one for one in multiples if one.variables),
        _rows_of(sheet, sheet.header), tuple(notes),
    )  # fmt: skip
    _check(table, sheet.lines)
    return table


def _unknown(line: int, name: str) -> Notice:
    return Notice(
        phrase("La table des variables nomme « {name} », qui n’est pas une colonne.", name=name),
        phrase("Corrigez son nom ; cette ligne n’est pas lue."),
        line,
    )


def _variable(name: str, rows: list[tuple[str, int, Mapping[str, str]]]) -> Variable:
    own = next((row for sort, _, row in rows if sort == _VARIABLE), {})
    contents = {said: content for content, said in _CONTENTS.items()}
    measures = {said: measure for measure, said in _MEASURES.items()}
    decimals = own.get("decimales", "")
    return Variable(
        name,
        own.get("libelle", ""),
        contents.get(_word(own.get("contenu", "")), Content.TEXT),
        tuple(
            Value(row["code"], row["libelle"], _word(row.get("sans_reponse", "")) == "oui")
            for sort, _, row in rows
            if sort == _VALUE
        ),
        measures.get(_word(own.get("mesure", "")), Measure.NOMINAL),
        tuple(
            (row["code"], row.get("jusqu_a", "") or row["code"])
            for sort, _, row in rows
            if sort == _ABSENT
        ),
        own.get("question", ""),
        int(decimals) if decimals.isdecimal() and len(decimals) < 3 else 0,
    )


def _check(table: Labelled, lines: list[int]) -> None:
    """Refuse a variable of numbers one cell of which is none."""
    for place, one in enumerate(table.variables):
        if one.content is Content.NUMBER:
            for line, row in zip(lines, table.rows, strict=True):
                _check_number(row[place], one.name, line)
            codes = [value.code for value in one.values]
            for code in (*codes, *(end for span in one.missing for end in span)):
                _check_number(code, one.name, None)


def _check_number(cell: str, name: str, line: int | None) -> None:
    if not cell or _LETTER.fullmatch(cell):
        return
    try:
        float(cell)
    except ValueError as cause:
        raise FormatRefused(
            phrase("« {cell} » n’est pas un nombre, dans la variable {name}.",
                   cell=cell[:40], name=name),
            phrase("Corrigez la cellule, ou écrivez « texte » comme contenu de la variable."),
            line,
        ) from cause  # fmt: skip
