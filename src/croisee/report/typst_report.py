"""The full report as a tagged PDF: cover, contents, numbered pages, figures, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path

from croisee.language import Language, phrase
from croisee.report import tree, typst_engine
from croisee.report.qr import public_address
from croisee.report.told import in_quotes, introducing
from croisee.text import typeset

_AS_IT_IS = frozenset(
    {
        "svg",
        "code",
        "full_code",
        "anchor",
        "codes",
        "url",
        "tone",
        "language",
        "lang",
        "release_code",
    }
)
"""Fields that are names, addresses or drawings: no typography."""
_UNUSED = frozenset({"narrow", "arrest_on", "languages", "annex"})
_SHORT = 24
"""Lines of contents up to which a report goes on under them instead of on a new page."""
_NARROWEST = 3
"""Columns that half a page holds."""
_LONG_CELL = 40
"""Characters of a cell that half a page holds on two lines."""


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


def drawn_figures(document: tree.Document) -> tuple[tree.FigureBlock, ...]:
    """Return the figures that paper draws: those outside annexes, each once, in reading order."""
    return figures_of(replace(document, sections=_body(document)))


def _body(document: tree.Document) -> tuple[tree.Section, ...]:
    return tuple(section for section in document.sections if not section.annex)


def data_tables(document: tree.Document) -> tuple[tree.DataTable, ...]:
    """Return the data table of every figure, its code before its caption, in order of codes."""
    return tuple(table for part in table_parts(document) for table, _ in part.tables)


@dataclass(frozen=True, slots=True)
class TablePart:
    """Tables of the annex under one title; each goes with its figure, unless that is drawn."""

    title: str
    tables: tuple[tuple[tree.DataTable, tree.FigureBlock | None], ...]


def table_parts(document: tree.Document) -> tuple[TablePart, ...]:
    """Return the annex: numbers of the figures drawn, then questions that are only told here.

    A question that is not drawn keeps its base, its source and its notes beside its numbers.
    """
    drawn = {figure.code: figure for figure in drawn_figures(document)}
    annexes = [part for s in document.sections if s.annex for part in (s, *s.sections)]
    parts = [
        TablePart(
            words_of(document.language)["drawn"] if annexes else "",
            tuple((_titled(f), None) for f in _in_order(drawn.values())),
        )
    ]
    for part in annexes:
        blocks = [b for b in part.blocks if isinstance(b, tree.FigureBlock)]
        only = [block for block in blocks if block.code not in drawn]
        parts.append(TablePart(part.title, tuple((_titled(f), f) for f in _in_order(only))))
    return tuple(part for part in parts if part.tables)


def _in_order(figures: Iterable[tree.FigureBlock]) -> list[tree.FigureBlock]:
    kept = [figure for figure in figures if figure.table.rows]
    return sorted(kept, key=lambda figure: _counted(figure.code))


def _titled(figure: tree.FigureBlock) -> tree.DataTable:
    return replace(figure.table, caption=f"{figure.code} · {figure.table.caption or figure.title}")


def _counted(code: str) -> tuple[int, str]:
    """Return a key that puts ``F-9`` before ``F-10``."""
    return int("0" + "".join(mark for mark in code if mark.isdecimal())), code


def attributed(block: tree.QuoteBlock) -> str:
    """Return who speaks, then the code, unless the attribution names it already."""
    if block.code in block.attribution:
        return block.attribution
    return " · ".join(said for said in (block.attribution, block.code) if said)


def sources_of(block: tree.FindingBlock, language: Language) -> str:
    """Return what a finding cites, on one line: « Sources : a ; b. »."""
    words = words_of(language)
    word = words["reference" if len(block.references) == 1 else "references"]
    return f"{word} {' ; '.join(block.references)}"


def words_of(language: Language) -> dict[str, str]:
    """Return the few words that hold a report together, on paper."""
    return {
        "contents": phrase("Sommaire").to(language),
        "tables": phrase("Annexe : les nombres derrière les figures").to(language),
        "also": phrase("Voir aussi :").to(language),
        "figure": phrase("Figure :").to(language),
        "figures": phrase("Figures :").to(language),
        "drawn": phrase("Figures du rapport").to(language),
        "note": phrase("Note :").to(language),
        "notes": phrase("Notes :").to(language),
        "minority": phrase("Tout le monde n’est pas d’accord.").to(language),
        "reference": phrase("Source :").to(language),
        "references": phrase("Sources :").to(language),
    }


def _content(document: tree.Document) -> dict[str, object]:
    paper = _Paper(document.language, (*document.languages, document.language)[0])
    content = paper.plain(replace(document, sections=_body(document)))
    assert isinstance(content, dict)
    return {
        **content,
        **_annex(document, paper),
        "words": {name: paper.said(word) for name, word in words_of(document.language).items()},
        "anchored": sorted(paper.anchored),
        "short": _lines_of_contents(document) <= _SHORT,
    }


def _lines_of_contents(document: tree.Document) -> int:
    """Return about how many lines the table of contents has: chapters, parts, findings."""
    return sum(
        1 + len(s.sections) + sum(isinstance(b, tree.FindingBlock) for b in s.blocks)
        for s in document.sections
    )


def _annex(document: tree.Document, paper: _Paper) -> dict[str, object]:
    """Return the tables, each told whether half a page holds it; and each note once, numbered."""
    parts = table_parts(document)
    beside = [figure for part in parts for _, figure in part.tables if figure is not None]
    notes = {note: number for number, note in enumerate(_notes(beside), 1)}
    told_parts = []
    for part in parts:
        tables = []
        for table, figure in part.tables:
            told = paper.plain(table)
            assert isinstance(told, dict)
            told["source"] = paper.said(figure.source) if figure else ""
            told["notes"] = [notes[note] for note in figure.notes] if figure else []
            told["mark"] = paper.mark(figure.code) if figure else ""
            told["wide"] = _is_wide(table)
            tables.append(told)
        told_parts.append({"title": paper.said(part.title), "tables": tables})
    return {"tables": told_parts, "notes": [paper.said(note) for note in notes]}


def _notes(figures: Iterable[tree.FigureBlock]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for figure in figures for note in figure.notes))


def _is_wide(table: tree.DataTable) -> bool:
    """Return whether a table needs the whole width: many columns, or sentences in its cells."""
    if len(table.columns) > _NARROWEST:
        return True
    return any(len(cell) > _LONG_CELL for row in table.rows for cell in row[1:])


@lru_cache(maxsize=10_000)
def _typeset(text: str, language: Language) -> str:
    return typeset(text, language, medium="pdf")


class _Paper:
    """Turns a tree into plain lists and names, every text typeset for paper.

    ``anchored`` gathers the codes a reader can be led to: the first place that carries each;
    ``spoken`` is the language of people's words, which are never translated.
    """

    def __init__(self, language: Language, spoken: Language) -> None:
        self.language = language
        self.spoken = spoken
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
            text = self.said(in_quotes(value.text, self.language))
            return {
                "text": text,
                "lang": self.spoken,
                "attribution": self.said(attributed(value)),
                "mark": self.mark(value.code),
            }
        if isinstance(value, tree.ReferenceItem):
            return {"url": public_address(value.url)}
        if isinstance(value, tree.FigureBlock):
            svg = typst_engine.on_paper(value.svg)
            return {"svg": svg, "mark": self.mark(value.code)}
        if isinstance(value, tree.FindingBlock):
            sources = self.said(sources_of(value, self.language))
            return {"mark": self.mark(value.code), "sources": sources}
        if isinstance(value, tree.ListItem):
            strong = self.said(introducing(value.strong, self.language))
            return {"mark": self.mark(value.anchor), "strong": strong}
        return {}

    def mark(self, code: str) -> str:
        """Return the code if this is the first place that carries it, or nothing."""
        if code in self.anchored:
            return ""
        self.anchored |= {code} - {""}
        return code
