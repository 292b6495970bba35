"""Figures: a released table in, a drawing, its words and its data table out."""

from croisee.report.figures.block import (
    base_words,
    figure_blocks,
    mask_notes,
    mask_sentences,
    notes,
    of_some,
    source_line,
)
from croisee.report.figures.standalone import standalone
from croisee.report.figures.tabular import cell_text, csv_header, csv_rows

__all__ = [
    "base_words",
    "cell_text",
    "csv_header",
    "csv_rows",
    "figure_blocks",
    "mask_notes",
    "mask_sentences",
    "notes",
    "of_some",
    "source_line",
    "standalone",
]
