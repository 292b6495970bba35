"""One block of a document tree after another, into a Word document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatchmethod
from io import BytesIO

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Inches
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from croisee.language import Language
from croisee.report import tree
from croisee.report.docx_styles import legal
from croisee.report.qr import public_address
from croisee.report.typst_report import attributed, quoted, words_of
from croisee.text import typeset

_WIDE, _TALL = Inches(6.5), Inches(7.6)
_SMALL = "Croisee Small"


class Writer:
    """Writes blocks at the end of a document, every text typeset for paper.

    ``pictures`` holds the PNG of each drawing of the document.
    """

    def __init__(
        self, word: WordDocument, language: Language, pictures: Mapping[str, bytes]
    ) -> None:
        self.word = word
        self.pictures = pictures
        self.styles = {style.name: style.style_id for style in word.styles}
        self.language = language
        self.words = words_of(language)

    def said(self, text: str) -> str:
        """Return a text typeset for paper, without the control characters XML refuses."""
        return typeset(legal(text), self.language, medium="pdf")

    def line(self, text: str, style: str = "Normal", *, strong: str = "") -> Paragraph:
        """Write one paragraph; ``strong`` comes first, in bold."""
        paragraph = self.word.add_paragraph()
        paragraph._p.style = self.styles[style]  # python-docx looks a name up in 2 ms
        if strong:
            paragraph.add_run(f"{self.said(strong)} ").bold = True
        paragraph.add_run(self.said(text))
        return paragraph

    def heading(self, title: str, level: int) -> None:
        """Write a heading that Word's navigation and contents know."""
        self.word.add_heading(self.said(title), min(level, 4))

    @singledispatchmethod
    def block(self, block: object, level: int) -> None:
        """Write any block; ``level`` is that of the heading it stands under."""
        raise TypeError(f"a document tree has no {type(block).__name__}, under {level}")

    @block.register
    def _paragraph(self, block: tree.Paragraph, level: int) -> None:
        del level
        self.line(block.text, "Croisee Lead" if block.lead else "Normal")

    @block.register
    def _list(self, block: tree.ListBlock, level: int) -> None:
        del level
        style = "List Number" if block.ordered else "List Bullet"
        for item in block.items:
            self.line(item.text, style, strong=item.strong)

    @block.register
    def _callout(self, block: tree.Callout, level: int) -> None:
        del level
        self.line(block.text, "Croisee Note", strong=block.title)

    @block.register
    def _numbers(self, block: tree.KeyNumbers, level: int) -> None:
        del level
        for item in block.items:
            self.line(item.value, "Croisee Key Number").paragraph_format.keep_with_next = True
            self.line(f"{item.caption} ({item.code})")

    @block.register
    def _figure(self, block: tree.FigureBlock, level: int) -> None:
        del level
        self.line(block.title, "Croisee Figure Title")
        if block.subtitle:
            self.line(block.subtitle, _SMALL).paragraph_format.keep_with_next = True
        self._picture(block)
        self.line(f"· {block.source}", _SMALL, strong=block.code)
        for note in block.notes:
            self.line(note, _SMALL)

    def _picture(self, block: tree.FigureBlock) -> None:
        shape = self.word.add_picture(BytesIO(self.pictures[block.svg]), width=_WIDE)
        if shape.height > _TALL:
            shape.width, shape.height = int(shape.width * _TALL / shape.height), _TALL
        for named in shape._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            named.set("name", block.code)
            named.set("descr", self.said(block.alt))
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True

    @block.register
    def table(self, block: tree.DataTable, level: int = 0) -> None:
        """Write a real table: a caption, a header row repeated on each page, a row header."""
        del level
        if not block.rows:
            return
        count = max(len(block.columns), *(len(row) for row in block.rows))
        caption = self.line(block.caption, "Croisee Figure Title")
        caption.paragraph_format.keep_with_next = True
        made = self.word.add_table(rows=0, cols=count, style="Table Grid")
        self._row(made.add_row(), block.columns, header=True)
        last = ""
        for place, row in enumerate(block.rows):
            group = block.groups[place] if place < len(block.groups) else ""
            if group and group != last:
                line = made.add_row()
                merged = line.cells[0].merge(line.cells[count - 1])
                self._cell(merged, group, bold=True)
            last = group
            self._row(made.add_row(), row)
        _describe(made._tbl, self.said(block.caption))
        self.word.add_paragraph()

    def _row(self, line: _Row, texts: tuple[str, ...], *, header: bool = False) -> None:
        for place, (cell, text) in enumerate(zip(line.cells, texts, strict=False)):
            self._cell(cell, text, bold=header or place == 0)
        properties = line._tr.get_or_add_trPr()
        kept = OxmlElement("w:cantSplit")
        properties.append(kept)
        if header:
            properties.append(OxmlElement("w:tblHeader"))

    def _cell(self, cell: _Cell, text: str, *, bold: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self.styles[_SMALL]
        paragraph.add_run(self.said(text)).bold = bold

    @block.register
    def _quote(self, block: tree.QuoteBlock, level: int) -> None:
        del level
        self.line(
            quoted(block, self.language), "Croisee Quote"
        ).paragraph_format.keep_with_next = True
        self.line(attributed(block), _SMALL)

    @block.register
    def _finding(self, block: tree.FindingBlock, level: int) -> None:
        self.heading(block.title, level + 1)
        about = " · ".join(said for said in (block.status, block.scope) if said)
        if about:
            self.line(about, _SMALL)
        for text in block.paragraphs:
            self.line(text)
        for figure in block.figures:
            self.block(figure, level)
        if block.also:
            self.line(f"{self.words['also']} {', '.join(block.also)}", _SMALL)
        for quote in block.quotes:
            self.block(quote, level)
        if block.minority:
            self.line(block.minority, "Croisee Note", strong=self.words["minority"])
        if block.references:
            self.line(f"{self.words['references']} {' ; '.join(block.references)}", _SMALL)

    @block.register
    def _references(self, block: tree.References, level: int) -> None:
        del level
        for item in block.items:
            address = public_address(item.url)
            self.line(f"{item.text} {address}".strip(), "Croisee Reference")


def _describe(table: CT_Tbl, caption: str) -> None:
    """Name a table for a screen reader."""
    properties = table.tblPr
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    properties.append(named)
