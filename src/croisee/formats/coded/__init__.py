"""Coded projects of qualitative tools, in and out (``docs/formats.md``)."""

from croisee.formats.coded.qualcoder_place import is_qualcoder
from croisee.formats.coded.qualcoder_reading import read_qualcoder
from croisee.formats.coded.qualcoder_writing import write_qualcoder
from croisee.formats.coded.refi_reading import read_refi
from croisee.formats.coded.refi_writing import identifier, write_refi, write_refi_codebook
from croisee.formats.coded.shapes import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectSet,
    ProjectVariable,
    Selection,
    Source,
    Sync,
    Value,
)
from croisee.formats.coded.taguette_reading import read_taguette
from croisee.formats.coded.taguette_writing import write_taguette
from croisee.formats.coded.word_comments_reading import is_commented, read_commented
from croisee.formats.coded.word_comments_writing import write_commented

__all__ = [
    "Applied",
    "CodedProject",
    "Coder",
    "ProjectCase",
    "ProjectCode",
    "ProjectNote",
    "ProjectSet",
    "ProjectVariable",
    "Selection",
    "Source",
    "Sync",
    "Value",
    "identifier",
    "is_commented",
    "is_qualcoder",
    "read_commented",
    "read_qualcoder",
    "read_refi",
    "read_taguette",
    "write_commented",
    "write_qualcoder",
    "write_refi",
    "write_refi_codebook",
    "write_taguette",
]
