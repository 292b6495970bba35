"""Readers and writers of the field's files, one module each."""

from croisee.formats.docx import read_docx
from croisee.formats.grid import Line, read_grid, sheets_of
from croisee.formats.plain_text import read_text
from croisee.formats.preflib import (
    Election,
    PreflibNotice,
    preflib_of,
    read_preflib,
    write_preflib,
)
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Remark, Sheet, read_table, read_tables
from croisee.formats.writing import (
    LONGEST_CELL,
    Table,
    neutral,
    unguarded,
    write_csv,
    write_sheets,
    write_xlsx,
    written_row,
)

__all__ = [
    "LONGEST_CELL",
    "Election",
    "FormatRefused",
    "Line",
    "PreflibNotice",
    "Remark",
    "Sheet",
    "Table",
    "neutral",
    "preflib_of",
    "read_docx",
    "read_grid",
    "read_preflib",
    "read_table",
    "read_tables",
    "read_text",
    "sheets_of",
    "unguarded",
    "write_csv",
    "write_preflib",
    "write_sheets",
    "write_xlsx",
    "written_row",
]
