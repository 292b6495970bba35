"""``croisee convert`` for questionnaires: XLSForm and LimeSurvey, and structures into XLSForm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from croisee.formats import FormatRefused
from croisee.formats.lsa import is_lsa
from croisee.formats.spreadsheet import sheet_names
from croisee.formats.xlsform import Workbook, read_workbook, write_workbook
from croisee.language import Phrase, phrase, phrases
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.describing import lines_of
from croisee.questionnaire.exchanges import Loss
from croisee.questionnaire.exchanges.limesurvey_out import write_limesurvey
from croisee.questionnaire.exchanges.recognising import (
    is_dictionary,
    is_labelled,
    read_questionnaire,
)
from croisee.questionnaire.exchanges.redcap_out import write_redcap
from croisee.questionnaire.exchanges.xform_in import is_xform
from croisee.run.identifying import asks_who
from croisee.text import Notice

_HEAD = 4096
_OTHER_WORKBOOKS = (".xls", ".xlsm")
_SHEETS = (b"survey", b"choices", b"settings", b"cascades")
FORM_ENDING = ".xlsform.xlsx"
"""Asks for a form where ``.xlsx`` means variables: a dictionary of REDCap, SPSS, Stata."""
REDCAP_ENDING = ".redcap.csv"
"""Asks for a data dictionary of REDCap, where ``.csv`` means a table."""
_STRUCTURES = (".txt", ".tsv", ".lss")
"""Endings of what LimeSurvey imports: a survey's structure, tab-separated or XML."""


def is_questionnaire(source: Path, result: Path) -> bool:
    """Return whether a questionnaire is to be written: by what the source holds, and by a name."""
    ending = result.suffix.lower()
    if asks_redcap(result):
        return holds_questionnaire(source) or _is_described(source)
    if ending not in (".xlsx", *_STRUCTURES) or (ending == ".xlsx" and _is_described(source)):
        return result.name.lower().endswith(FORM_ENDING) and _is_described(source)
    return holds_questionnaire(source)


def asks_redcap(result: Path) -> bool:
    """Return whether a data dictionary of REDCap is asked, by the end of a name."""
    return result.name.lower().endswith(REDCAP_ENDING)


def _is_described(source: Path) -> bool:
    """Return whether a file may be read as variables too, which ``.xlsx`` asks for."""
    return source.is_file() and (is_labelled(source) or is_dictionary(source))


def holds_questionnaire(source: Path) -> bool:
    """Return whether a file is a questionnaire: XLSForm, XForm, or a structure of LimeSurvey."""
    ending = source.suffix.lower()
    if is_lsa(source):
        return True
    try:
        if ending == ".xlsx":
            names = [name.strip().lower() for name in sheet_names(source)]
            return "survey" in names or (len(names) == 1 and _asks(source))
        if ending in _OTHER_WORKBOOKS:
            return bool(read_workbook(source).sheet("survey").columns)
        with source.open("rb") as stream:
            head = stream.read(_HEAD).lstrip(b"\xef\xbb\xbf \r\n\t")
    except (FormatRefused, OSError):
        return False
    first = head.partition(b"\n")[0].lower()
    if ending == ".csv":
        return _is_form_in_csv(first) or is_dictionary(source)
    separated = b"\t" in first and b"class" in first and b"type/scale" in first
    return separated or (head.startswith(b"<") and (b"LimeSurvey" in head or is_xform(head)))


def _asks(source: Path) -> bool:
    """Return whether the only sheet of a workbook is a form, by its columns."""
    columns = {one.strip().lower() for one in read_workbook(source).sheet("survey").columns}
    return {"type", "name"} <= columns


def _is_form_in_csv(first: bytes) -> bool:
    """Return whether the first line of a CSV names a sheet of XLSForm, alone or with its header."""
    cells = [cell.strip(b' "\r') for cell in re.split(rb"[,;]", first)]
    return cells[0] in _SHEETS and (not any(cells[1:]) or bool({b"type", b"name"} & {*cells[1:]}))


def convert_questionnaire(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a form as XLSForm (``.xlsx``) or for LimeSurvey (``.lss``, ``.txt``, ``.tsv``).

    What the other format cannot say comes second, question by question. A questionnaire written
    as XLSForm is compiled as ODK tools would: what they would refuse is said, with its row.

    Raises:
        FormatRefused: the source cannot be read.
    """
    read = read_questionnaire(source)
    losses = [_of(one) for one in read.losses]
    ending = result.suffix.lower()
    if ending in _STRUCTURES:
        exported = write_limesurvey(read.workbook, xml=ending == ".lss")
        content = exported.content
        losses += [_of(one) for one in exported.losses]
        losses += [_renamed(ours, theirs) for ours, theirs in exported.renamed]
    elif asks_redcap(result):
        return write_dictionary_of(read.workbook, result, losses)
    else:
        content = write_workbook(read.workbook)
        losses += _refused(read.workbook)
    result.write_bytes(content)
    return _said(read.workbook), losses


def write_dictionary_of(
    book: Workbook, result: Path, losses: Sequence[Notice] = ()
) -> tuple[Phrase, Sequence[Notice]]:
    """Write a questionnaire as a data dictionary of REDCap, what identifies marked so.

    Raises:
        FormatRefused: the questionnaire has faults.
    """
    try:
        lines = lines_of(book)
    except FormRefused as refused:
        raise FormatRefused(
            phrase("Feuille {sheet} : {what}", sheet=refused.faults[0].sheet,
                   what=refused.faults[0].message),
            refused.faults[0].remedy, refused.faults[0].row,
        ) from refused  # fmt: skip
    identifying = [line.path.rpartition("/")[2] for line in lines if asks_who(line)]
    exported = write_redcap(book, identifying)
    result.write_bytes(exported.content)
    said = phrases("{n} champ.", "{n} champs.", exported.content.count(b"\r\n") - 1)
    return said, (
        *losses,
        *map(_of, exported.losses),
        *(_renamed(ours, theirs) for ours, theirs in exported.renamed),
    )


def _said(book: Workbook) -> Phrase:
    survey = next(one for one in book.sheets if one.name.strip().lower() == "survey")
    rows = sum(any(map(str.strip, row)) for row in survey.rows)
    return phrases("{n} ligne de questionnaire.", "{n} lignes de questionnaire.", rows)


def _of(one: Loss) -> Notice:
    remedy = phrase("Gardez le fichier de départ.")
    if not one.question:
        return Notice(one.what, remedy)
    return Notice(phrase("{question} : {what}", question=one.question, what=one.what), remedy)


def _renamed(ours: str, theirs: str) -> Notice:
    return Notice(
        phrase("Le code {ours} devient {theirs}.", ours=ours, theirs=theirs),
        phrase("Cherchez les réponses sous le nouveau code."),
    )


def _refused(book: Workbook) -> list[Notice]:
    try:
        compile_form(book)
    except FormRefused as refused:
        return [
            Notice(
                phrase("Feuille {sheet} : {what}", sheet=one.sheet, what=one.message),
                one.remedy,
                one.row,
            )
            for one in refused.faults
        ]
    return []
