"""The full report as a tagged PDF: cover, contents, numbered pages, figures, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path

from croisee.language import Language, phrase
from croisee.report import tree, typst_engine
from croisee.report.qr import public_address
from croisee.text import typeset

_AS_IT_IS = frozenset(
    {"svg", "code", "full_code", "anchor", "url", "tone", "language", "lang", "release_code"}
)
"""Fields that are names, addresses or drawings: no typography."""
_UNUSED = frozenset({"narrow", "arrest_on", "languages"})


def write_pdf(document: tree.Document, path: Path) -> None:
    """Write the report as a PDF/UA-1 file; the same document gives the same bytes.

    The date of the file is the arrest date. Figures' data tables are gathered at the end.

    Raises:
        TypeError: ``document`` is not a document tree (a Release or a raw table, say).
    """
    path.write_bytes(report_pdf(document))


def report_pdf(document: tree.Document) -> bytes:
    """Return the report as PDF/UA-1 bytes. See :func:`write_pdf`."""
    if not isinstance(document, tree.Document):
        raise TypeError("a report is written from a document tree: see compose_report()")
    return typst_engine.pdf("report.typ", _content(document), on=document.arrest_on)


def figures_of(document: tree.Document) -> tuple[tree.FigureBlock, ...]:
    """Return every figure of a document, in reading order."""
    found = (figure for section in document.sections for figure in _figures(section))
    return tuple({figure.code: figure for figure in found}.values())


def _figures(section: tree.Section) -> Iterator[tree.FigureBlock]:
    for block in section.blocks:
        if isinstance(block, tree.FigureBlock):
            yield block
        elif isinstance(block, tree.FindingBlock):
            yield from block.figures
    for inner in section.sections:
        yield from _figures(inner)


def data_tables(document: tree.Document) -> tuple[tree.DataTable, ...]:
    """Return the data table of every figure, its code before its caption, in order of codes."""
    return tuple(
        replace(figure.table, caption=f"{figure.code} · {figure.table.caption or figure.title}")
        for figure in sorted(figures_of(document), key=lambda figure: _counted(figure.code))
        if figure.table.rows
    )


def _counted(code: str) -> tuple[int, str]:
    """Return a key that puts ``F-9`` before ``F-10``."""
    return int("0" + "".join(mark for mark in code if mark.isdecimal())), code


def quoted(block: tree.QuoteBlock, language: Language) -> str:
    """Return someone's words between the quotation marks of the document's language."""
    words = block.text.strip().strip('«»“”"\u00a0\u202f ')
    return phrase("« {words} »", words=words).to(language)


def attributed(block: tree.QuoteBlock) -> str:
    """Return who speaks, then the code, unless the attribution names it already."""
    if block.code in block.attribution:
        return block.attribution
    return " · ".join(said for said in (block.attribution, block.code) if said)


def words_of(language: Language) -> dict[str, str]:
    """Return the few words that hold a report together, on paper."""
    return {
        "contents": phrase("Sommaire").to(language),
        "tables": phrase("Annexe : les nombres derrière les figures").to(language),
        "also": phrase("Voir aussi :").to(language),
        "minority": phrase("Tout le monde n’est pas d’accord.").to(language),
        "references": phrase("Sources :").to(language),
    }


def _content(document: tree.Document) -> dict[str, object]:
    paper = _Paper(document.language)
    content = paper.plain(document)
    assert isinstance(content, dict)
    return {
        **content,
        "tables": [paper.plain(table) for table in data_tables(document)],
        "words": {name: paper.said(word) for name, word in words_of(document.language).items()},
        "anchored": sorted(paper.anchored),
    }


@lru_cache(maxsize=10_000)
def _typeset(text: str, language: Language) -> str:
    return typeset(text, language, medium="pdf")


class _Paper:
    """Turns a tree into plain lists and names, every text typeset for paper.

    ``anchored`` gathers the codes a reader can be led to: the first place that carries each.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.anchored: set[str] = set()

    def said(self, text: str) -> str:
        return _typeset(text, self.language)

    def plain(self, value: object, name: str = "") -> object:
        if isinstance(value, str):
            return value if name in _AS_IT_IS else self.said(value)
        if isinstance(value, tuple):
            return [self.plain(part, name) for part in value]
        if not is_dataclass(value) or isinstance(value, type):
            return value
        found = {
            field.name: self.plain(getattr(value, field.name), field.name)
            for field in fields(value)
            if field.name not in _UNUSED
        }
        return found | {"kind": type(value).__name__} | self._beside(value)

    def _beside(self, value: object) -> dict[str, object]:
        """Return what a template needs and a tree does not say."""
        if isinstance(value, tree.QuoteBlock):
            text = self.said(quoted(value, self.language))
            return {
                "text": text,
                "lang": self.language,
                "attribution": self.said(attributed(value)),
                "mark": self._mark(value.code),
            }
        if isinstance(value, tree.ReferenceItem):
            return {"url": public_address(value.url)}
        if isinstance(value, tree.FigureBlock):
            svg = typst_engine.on_paper(value.svg)
            return {"svg": svg, "mark": self._mark(value.code)}
        if isinstance(value, tree.FindingBlock):
            return {"mark": self._mark(value.code)}
        if isinstance(value, tree.ListItem):
            return {"mark": self._mark(value.anchor)}
        return {}

    def _mark(self, code: str) -> str:
        if code in self.anchored:
            return ""
        self.anchored |= {code} - {""}
        return code
