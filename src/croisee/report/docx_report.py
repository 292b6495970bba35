"""The full report as a Word document: real styles, table headers, alternatives, languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument

from croisee.report import tree, typst_engine
from croisee.report.docx_blocks import Writer
from croisee.report.docx_styles import footer_and_header, legal, prepare
from croisee.report.typst_report import drawn_figures, table_parts, words_of

_DRAWN = 620
"""Units of a drawing's width: two pixels each."""
_LONGEST = 255
"""Characters that a property of a Word document holds."""
_THE_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(document: tree.Document, path: Path) -> None:
    """Write the report as a DOCX; the same document gives the same bytes.

    Drawings are pictures (two pixels a unit) with their text alternative; their data tables
    are gathered at the end. The properties of the file name no machine and no person, and its
    date is the arrest date.

    Raises:
        TypeError: ``document`` is not a document tree (a Release or a raw table, say).
    """
    path.write_bytes(report_docx(document))


def report_docx(document: tree.Document) -> bytes:
    """Return the report as DOCX bytes. See :func:`write_docx`."""
    if not isinstance(document, tree.Document):
        raise TypeError("a report is written from a document tree: see compose_report()")
    word = docx.Document()
    prepare(word, document.language)
    _properties(word, document)
    footer_and_header(word, document)
    drawings = tuple(dict.fromkeys(figure.svg for figure in drawn_figures(document)))
    pictures = typst_engine.pictures(drawings, width=_DRAWN)
    writer = Writer(word, document.language, dict(zip(drawings, pictures, strict=True)))
    _cover(writer, document)
    for section in document.sections:
        if not section.annex:
            _section(writer, section)
    _annex(writer, document)
    made = BytesIO()
    word.save(made)
    return _undated(made.getvalue())


def _cover(writer: Writer, document: tree.Document) -> None:
    writer.line(document.title, "Title")
    if document.subtitle:
        writer.line(document.subtitle, "Subtitle")
    if document.draft:
        writer.line(document.draft, "Croisee Draft")
    for said in (document.authors, document.footer, document.contact):
        if said:
            writer.line(said, "Croisee Small")


def _section(writer: Writer, section: tree.Section) -> None:
    depth = max(1, section.level - 1)
    writer.heading(section.title, depth)
    for block in section.blocks:
        writer.block(block, depth)
    for inner in section.sections:
        _section(writer, inner)


def _annex(writer: Writer, document: tree.Document) -> None:
    """Write every number, those of questions not drawn with their base, source and notes."""
    parts = table_parts(document)
    if parts:
        writer.heading(words_of(document.language)["tables"], 1)
    for part in parts:
        if part.title:
            writer.heading(part.title, 2)
        for table, figure in part.tables:
            writer.table(table)
            for said in (figure.source, " ".join(figure.notes)) if figure else ():
                if said:
                    writer.line(said, "Croisee Small")


def _properties(word: WordDocument, document: tree.Document) -> None:
    core = word.core_properties
    core.title = legal(document.title)[:_LONGEST]
    core.subject = legal(document.subtitle)[:_LONGEST]
    core.author = legal(document.authors)[:_LONGEST]
    core.last_modified_by = ""
    core.comments = ""
    core.keywords = document.release_code
    core.language = f"{document.language}-CA"
    core.revision = 1
    on = datetime.combine(document.arrest_on or date(1980, 1, 1), time(12), tzinfo=UTC)
    core.created = core.modified = on.replace(tzinfo=None)


def _undated(made: bytes) -> bytes:
    """Return the same archive with no date of its own, entries in the order of their names."""
    out = BytesIO()
    with ZipFile(BytesIO(made)) as read, ZipFile(out, "w", ZIP_DEFLATED) as written:
        first = "[Content_Types].xml"
        for name in sorted(read.namelist(), key=lambda name: (name != first, name)):
            entry = ZipInfo(name, date_time=_THE_ZIP_EPOCH)
            entry.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            entry.create_system = 0
            written.writestr(entry, read.read(name))
    return out.getvalue()
