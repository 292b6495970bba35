"""One block of a document tree after another, into a Word document.

Paragraphs and tables are written as elements of the file format, not through python-docx's
objects, which look every style and neighbour up again: a report of a hundred figures is
written six times faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, singledispatchmethod

from docx.document import Document as WordDocument
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu, Inches
from lxml import etree

from croisee.language import Language
from croisee.report import tree
from croisee.report.docx_styles import legal
from croisee.report.qr import public_address
from croisee.report.told import in_quotes, introducing
from croisee.report.typst_report import attributed, sources_of, words_of
from croisee.text import typeset

_WIDE, _TALL = Inches(6.5), Inches(7.6)
_TWIPS = 9360
"""Width of the text, in twentieths of a point."""
_SMALL = "Croisee Small"
_Run = tuple[str, bool]
_CELL_EDGES = ("top", "bottom", "insideH")


@lru_cache(maxsize=10_000)
def _paper(text: str, language: Language) -> str:
    return typeset(legal(text), language, medium="pdf")


class Writer:
    """Writes blocks at the end of a document, every text typeset for paper.

    ``pictures`` holds the PNG of each drawing of the document.
    """

    def __init__(
        self, word: WordDocument, language: Language, pictures: Mapping[str, bytes]
    ) -> None:
        self.word = word
        self.language = language
        self.words = words_of(language)
        self.pictures = pictures
        self.styles = {style.name: style.style_id for style in word.styles}
        self.end = word.element.body.sectPr
        self.drawn = 0
        self.parts: dict[bytes, ImagePart] = {}

    def said(self, text: str) -> str:
        """Return a text typeset for paper, without the control characters XML refuses."""
        return _paper(text, self.language)

    def line(self, text: str, style: str = "Normal", *, strong: str = "") -> etree._Element:
        """Write one paragraph; ``strong`` comes first, in bold."""
        runs = ((f"{self.said(strong)} ", True),) if strong else ()
        made = self._paragraph(style, *runs, (self.said(text), False))
        self.end.addprevious(made)
        return made

    def heading(self, title: str, level: int) -> None:
        """Write a heading that Word's navigation and contents know."""
        self.line(title, f"Heading {min(level, 4)}")

    def _paragraph(self, style: str, *runs: _Run) -> etree._Element:
        made: etree._Element = OxmlElement("w:p")
        named = etree.SubElement(etree.SubElement(made, qn("w:pPr")), qn("w:pStyle"))
        named.set(qn("w:val"), self.styles[style])
        for text, bold in runs:
            run = etree.SubElement(made, qn("w:r"))
            if bold:
                etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:b"))
            _write(run, text)
        return made

    @singledispatchmethod
    def block(self, block: object, level: int) -> None:
        """Write any block; ``level`` is that of the heading it stands under."""
        raise TypeError(f"a document tree has no {type(block).__name__}, under {level}")

    @block.register
    def _text(self, block: tree.Paragraph, level: int) -> None:
        del level
        self.line(block.text, "Croisee Lead" if block.lead else "Normal")

    @block.register
    def _list(self, block: tree.ListBlock, level: int) -> None:
        del level
        style = "List Number" if block.ordered else "List Bullet"
        for item in block.items:
            self.line(item.text, style, strong=introducing(item.strong, self.language))

    @block.register
    def _callout(self, block: tree.Callout, level: int) -> None:
        del level
        self.line(block.text, "Croisee Note", strong=block.title)

    @block.register
    def _numbers(self, block: tree.KeyNumbers, level: int) -> None:
        del level
        for item in block.items:
            self.line(item.value, "Croisee Key Number")
            self.line(f"{item.caption} ({item.code})")

    @block.register
    def _figure(self, block: tree.FigureBlock, level: int) -> None:
        del level
        self.line(block.title, "Croisee Figure Title")
        if block.subtitle:
            self.line(block.subtitle, "Croisee Measure")
        self._picture(block)
        self.line(f"· {block.source}" if block.source else "", _SMALL, strong=block.code)
        if block.notes:
            self.line(" ".join(block.notes), _SMALL)

    def _picture(self, block: tree.FigureBlock) -> None:
        part = self._part(self.pictures[block.svg])
        relation, image = self.word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE), part.image
        shrunk = min(_WIDE / image.px_width, _TALL / image.px_height)
        width, height = Emu(int(image.px_width * shrunk)), Emu(int(image.px_height * shrunk))
        self.drawn += 1
        inline = CT_Inline.new_pic_inline(self.drawn, relation, block.code, width, height)
        for named in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            named.set("name", block.code)
            named.set("descr", self.said(block.alt))
        made = self._paragraph("Croisee Picture")
        drawing = etree.SubElement(etree.SubElement(made, qn("w:r")), qn("w:drawing"))
        drawing.append(inline)
        self.end.addprevious(made)

    def _part(self, picture: bytes) -> ImagePart:
        """Return a picture's part, one for equal pictures; python-docx digests them all anew."""
        if picture not in self.parts:
            name = PackURI(f"/word/media/image{len(self.parts) + 1}.png")
            self.parts[picture] = ImagePart.from_image(Image.from_blob(picture), name)
        return self.parts[picture]

    @block.register
    def table(self, block: tree.DataTable, level: int = 0) -> None:
        """Write a real table: a caption, a header row repeated on each page, a row header."""
        del level
        if not block.rows:
            return
        count = max(len(block.columns), *(len(row) for row in block.rows))
        self.line(block.caption, "Croisee Figure Title")
        made = _empty_table(self.said(block.caption), count)
        self._row(made, block.columns, count, header=True)
        last = ""
        for place, row in enumerate(block.rows):
            group = block.groups[place] if place < len(block.groups) else ""
            if group and group != last:
                self._row(made, (group,), 1, span=count)
            last = group
            self._row(made, row, count)
        self.end.addprevious(made)
        self.line("", _SMALL)

    def _row(
        self,
        table: etree._Element,
        texts: tuple[str, ...],
        count: int,
        *,
        header: bool = False,
        span: int = 1,
    ) -> None:
        line = etree.SubElement(table, qn("w:tr"))
        properties = etree.SubElement(line, qn("w:trPr"))
        etree.SubElement(properties, qn("w:cantSplit"))
        if header:
            etree.SubElement(properties, qn("w:tblHeader"))
        for place in range(count):
            text = texts[place] if place < len(texts) else ""
            cell = etree.SubElement(line, qn("w:tc"))
            if span > 1:
                spanning = etree.SubElement(etree.SubElement(cell, qn("w:tcPr")), qn("w:gridSpan"))
                spanning.set(qn("w:val"), str(span))
            bold = header or place == 0
            cell.append(self._paragraph("Croisee Cell", (self.said(text), bold)))

    @block.register
    def _quote(self, block: tree.QuoteBlock, level: int) -> None:
        del level
        self.line(in_quotes(block.text, self.language), "Croisee Quote")
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
            self.line(sources_of(block, self.language), _SMALL)

    @block.register
    def _references(self, block: tree.References, level: int) -> None:
        del level
        for item in block.items:
            address = public_address(item.url)
            self.line(f"{item.text} {address}".strip(), "Croisee Reference")


def _write(run: etree._Element, text: str) -> None:
    """Write a text in a run; a new line in it is one on the page."""
    for number, part in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, qn("w:br"))
        said = etree.SubElement(run, qn("w:t"))
        said.text = part
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _empty_table(caption: str, count: int) -> etree._Element:
    """Return a table with thin lines between its rows, named for a screen reader."""
    table: etree._Element = OxmlElement("w:tbl")
    properties = etree.SubElement(table, qn("w:tblPr"))
    _set(etree.SubElement(properties, qn("w:tblW")), w=str(_TWIPS), type="dxa")
    borders = etree.SubElement(properties, qn("w:tblBorders"))
    for edge in _CELL_EDGES:
        _set(etree.SubElement(borders, qn(f"w:{edge}")), val="single", sz="4", color="CFCAC0")
    _set(etree.SubElement(properties, qn("w:tblLook")), firstRow="1", firstColumn="1", noVBand="1")
    _set(etree.SubElement(properties, qn("w:tblCaption")), val=caption)
    grid = etree.SubElement(table, qn("w:tblGrid"))
    first = _TWIPS // count if count == 1 else _TWIPS * 3 // (2 * count + 1)
    others = (_TWIPS - first) // max(1, count - 1)
    for width in (first, *[others] * (count - 1)):
        _set(etree.SubElement(grid, qn("w:gridCol")), w=str(width))
    return table


def _set(element: etree._Element, **values: str) -> None:
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
