"""Coded projects of qualitative tools, in and out (``docs/formats.md``)."""

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
    "read_refi",
    "read_taguette",
    "write_refi",
    "write_refi_codebook",
]
