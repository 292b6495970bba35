"""Answers of LimeSurvey, entered in the questionnaire that its structure became."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from croisee.formats.limesurvey_answers import read_limesurvey_table
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns, key_of
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.limesurvey_words import OTHER
from croisee.questionnaire.exchanges.rows import Read, Reader, wrong_cells
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared

_SILENT = frozenset({"n/a", "{question_not_shown}"})
_KNOWN = frozenset(
    {
        "datestamp", "derniere_page", "ipaddr", "last_page", "lastpage", "refurl", "seed",
        "startdate", "tete_de_serie",
    }
)  # fmt: skip
"""Columns of LimeSurvey that answer nothing; the address of the machine is never taken."""


def read_limesurvey_answers(path: Path, prepared: Prepared, *, at: datetime) -> Brought:
    """Read an export of answers: CSV or XLSX with question codes as headers, or VV.

    Cells are codes or full texts. An answer written under « other » ticks « other ».

    Args:
        path: the export.
        prepared: the form of the workbook that :func:`read_limesurvey` made.
        at: for calculations that ask what time it is; aware.

    Raises:
        FormatRefused: no table, or hostile.
    """
    table = read_limesurvey_table(path)
    columns = Columns(empty_filling(prepared), ranks_by_place=True)
    bare = {name: _code(name, columns) for name in table.header}
    reader = Reader(columns, tuple(dict.fromkeys(bare.values())), silent=_SILENT)
    troubles = [
        Trouble(path.name, "", one.line, one.column, one.message, one.remedy)
        for one in table.remarks
    ]
    rows = []
    for line, cells in table.rows:
        read = reader.read({bare[name]: cell for name, cell in cells.items()})
        troubles += wrong_cells(read, path.name, "", line)
        _tick_others(read, columns)
        rows.append(Answers(path.name, "", line, read.values, read.columns, read.facts))
    ignored = [one for one in reader.ignored if not _is_known(one)]
    return enter_all(rows, prepared, at=at, troubles=troubles, ignored=ignored)


def _code(name: str, columns: Columns) -> str:
    """Return a header without the text that may follow its code (``Q1[SQ001]. Un texte``)."""
    if columns.find(name) is not None or ". " not in name:
        return name
    code = name.partition(". ")[0]
    return code if columns.find(code) is not None else name


def _is_known(name: str) -> bool:
    return key_of(name) in _KNOWN or key_of(name).startswith(("grouptime", "questiontime"))


def _tick_others(read: Read, columns: Columns) -> None:
    for node in columns.questions:
        own = f"{node.path}_other"
        if node.kind is Kind.MULTIPLE and read.values.get(own):
            chosen = read.values.get(node.path, "").split()
            if OTHER in dict(columns.codes(node)) and OTHER not in chosen:
                read.values[node.path] = " ".join([*chosen, OTHER])
                read.columns.setdefault(node.path, read.columns[own])
