"""Transcripts as Word documents: turns or a table, and nothing that says who wrote it or when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from croisee.formats.transcripts.lines_writing import Paragraphs, clock
from croisee.language import phrase
from croisee.text import ParsedTurn

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)
_STYLES = (
    f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
    '<w:lang w:val="fr-CA"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Locuteur"><w:name w:val="Locuteur"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
    '<w:spacing w:before="120" w:after="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    "</w:styles>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_WIDTHS = (1200, 1200, 1900, 5000)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx_of_paragraphs(paragraphs: Paragraphs, *, headed: bool) -> bytes:
    """Return turns one under the other; with ``headed``, each one's first line is its heading."""
    body = (
        _paragraph(line, style="Locuteur" if headed and not place else "")
        for lines in paragraphs
        for place, line in enumerate(lines)
    )
    return _document(body)


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
    return _document([table, _paragraph("")])


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


def _document(body: Iterable[str]) -> bytes:
    """Return a document without any property: no name, no date, no software."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": _RELATIONS.format(kind="styles", target="styles.xml"),
        "word/styles.xml": _STYLES,
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}'
        '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" '
        'w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>",
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            part = ZipInfo(name, _EPOCH)
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            archive.writestr(part, _DECLARED + content)
    return made.getvalue()
