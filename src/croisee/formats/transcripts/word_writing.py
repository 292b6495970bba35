"""Transcripts as Word documents: turns or a table, and nothing that says who wrote it or when."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from croisee.formats.transcripts.lines_writing import Paragraphs, clock
from croisee.formats.word_package import word_package
from croisee.language import phrase
from croisee.text import ParsedTurn

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_WIDTHS = (1200, 1200, 1900, 5000)


def docx_of_paragraphs(paragraphs: Paragraphs, *, headed: bool) -> bytes:
    """Return turns one under the other; with ``headed``, each one's first line is its heading."""
    body = (
        _paragraph(line, style="Locuteur" if headed and not place else "")
        for lines in paragraphs
        for place, line in enumerate(lines)
    )
    return word_package("".join(body))


def docx_of_table(turns: Sequence[ParsedTurn]) -> bytes:
    """Return turns as a table: start, end, speaker, words; its first row is its header."""
    titles = (phrase("Début"), phrase("Fin"), phrase("Locuteur"), phrase("Texte"))
    rows = [_row([title.to("fr") for title in titles], header=True)]
    for turn in turns:
        times = ["" if one is None else clock(one) for one in (turn.start, turn.end)]
        rows.append(_row([*times, turn.speaker, turn.text]))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    return word_package(table + _paragraph(""))


def _row(cells: Sequence[str], *, header: bool = False) -> str:
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(cell, style='Locuteur' if header else '')}</w:tc>"
        for cell, width in zip(cells, _WIDTHS, strict=True)
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{''.join(made)}</w:tr>"


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    lines = "<w:br/>".join(
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t")
        )
        for line in text.split("\n")
    )
    return f"<w:p>{look}<w:r>{lines}</w:r></w:p>"
