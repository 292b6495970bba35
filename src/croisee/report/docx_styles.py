"""What a Word document of ours looks like: Letter pages, styles, footer, language."""

from __future__ import annotations

import re

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from croisee.language import Language
from croisee.report import tree
from croisee.text import typeset

FONT = "Source Sans 3"
"""Named, not embedded: a machine without it uses its own sans serif."""
INK, SOFT, BLUE = RGBColor(0x1B, 0x1D, 0x21), RGBColor(0x4A, 0x4F, 0x57), RGBColor(0x0B, 0x4F, 0x7D)
_HEADINGS = {1: 19, 2: 14.5, 3: 12.5, 4: 11}
_OURS = {
    "Croisee Small": (9, SOFT),
    "Croisee Draft": (13, INK),
    "Croisee Key Number": (22, BLUE),
    "Croisee Figure Title": (12, INK),
    "Croisee Quote": (11.5, INK),
    "Croisee Note": (10.5, INK),
    "Croisee Lead": (12.5, INK),
    "Croisee Reference": (10.5, INK),
    "Croisee Measure": (9, SOFT),
    "Croisee Picture": (9, SOFT),
    "Croisee Cell": (9, INK),
}


def legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def prepare(word: WordDocument, language: Language) -> None:
    """Give an empty document our page, styles and language."""
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(1)
    page.top_margin = page.bottom_margin = Inches(0.9)
    normal = _style(word, "Normal")
    _lettering(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(7)
    _speak(normal, language)
    for level, size in _HEADINGS.items():
        heading = _style(word, f"Heading {level}")
        _lettering(heading, size, BLUE if level < 3 else INK, bold=True)
        heading.paragraph_format.space_before = Pt(20 - 3 * level)
        heading.paragraph_format.space_after = Pt(5)
        heading.paragraph_format.keep_with_next = True
    _lettering(_style(word, "Title"), 32, INK, bold=True)
    _lettering(_style(word, "Subtitle"), 14, SOFT)
    for name, (size, colour) in _OURS.items():
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = _style(word, name)
        style.base_style = normal
        _lettering(style, size, colour, bold=name in _BOLD)
    for name in _TOGETHER:
        _style(word, name).paragraph_format.keep_with_next = True
    for name in ("Croisee Small", "Croisee Measure", "Croisee Cell"):
        _style(word, name).paragraph_format.space_after = Pt(3)
    _style(word, "Croisee Figure Title").paragraph_format.space_before = Pt(12)
    _style(word, "Croisee Key Number").paragraph_format.space_after = Pt(0)
    _edge(_style(word, "Croisee Quote"), "B46612")
    _edge(_style(word, "Croisee Note"), "4A4F57")
    reference = _style(word, "Croisee Reference").paragraph_format
    reference.left_indent, reference.first_line_indent = Inches(0.3), Inches(-0.3)


_TOGETHER = (
    "Croisee Figure Title",
    "Croisee Measure",
    "Croisee Picture",
    "Croisee Key Number",
    "Croisee Quote",
)
"""Styles of what stays on the page of the line that follows."""
_BOLD = {"Croisee Draft", "Croisee Key Number", "Croisee Figure Title"}


def footer_and_header(word: WordDocument, document: tree.Document) -> None:
    """Write the foot of every page (release, date, page number) and « épreuve » at its head."""
    page = word.sections[0]
    foot = page.footer.paragraphs[0]
    foot.style = _style(word, "Croisee Small")
    foot.paragraph_format.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(typeset(legal(document.footer), document.language, medium="pdf"))
    foot.add_run("\t")
    _page_number(foot)
    if document.draft:
        head = page.header.paragraphs[0]
        head.style = _style(word, "Croisee Draft")
        head.add_run(typeset(legal(document.draft), document.language, medium="pdf"))


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _lettering(style: ParagraphStyle, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _speak(style: ParagraphStyle, language: Language) -> None:
    """Name the language of every text, so that a screen reader pronounces it."""
    spoken = OxmlElement("w:lang")
    for script in ("val", "eastAsia"):
        spoken.set(qn(f"w:{script}"), f"{language}-CA")
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(spoken)
    defaults = style.element.getparent().find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        lang.set(qn("w:val"), f"{language}-CA")


def _edge(style: ParagraphStyle, colour: str) -> None:
    """Draw a rule on the left of a paragraph."""
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "10"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().append(borders)
    style.paragraph_format.left_indent = Inches(0.2)


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
