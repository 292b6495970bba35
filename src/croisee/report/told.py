"""What a document has already told: each figure and each quote is printed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from croisee.disclosure.released import Kind, Release, ReleasedQuote, ReleasedTable
from croisee.language import Label, Language, Phrase, phrase
from croisee.report.sentences import capital
from croisee.report.tree import FigureBlock, QuoteBlock, Section


@dataclass(slots=True)
class Telling:
    """A document being composed: its release, its language, its figures, and what is said."""

    release: Release
    language: Language
    figures: Mapping[str, FigureBlock]
    shown: set[str] = field(default_factory=set)
    """Keys of tables and of quotes already printed."""

    def say(self, text: Phrase | Label) -> str:
        """Return a text in the document's language."""
        return text.to(self.language)

    def tables(self, *kinds: Kind) -> tuple[ReleasedTable, ...]:
        """Return the released tables of some kinds, in the release's order."""
        return tuple(table for table in self.release.tables if table.kind in kinds)

    def first_time(self, tables: Iterable[ReleasedTable]) -> tuple[FigureBlock, ...]:
        """Return the figures of tables not printed yet, and remember them."""
        new = [table for table in tables if table.key not in self.shown]
        self.shown.update(table.key for table in new)
        return tuple(self.figures[table.key] for table in new)

    def of_kind(self, *kinds: Kind) -> tuple[FigureBlock, ...]:
        """Return the figures of some kinds that are not printed yet, kind after kind."""
        return tuple(block for kind in kinds for block in self.first_time(self.tables(kind)))

    def quotes(self, quotes: Iterable[ReleasedQuote]) -> tuple[QuoteBlock, ...]:
        """Return quotes not printed yet, and remember them."""
        new = [quote for quote in quotes if quote.key not in self.shown]
        self.shown.update(quote.key for quote in new)
        return tuple(quote_block(quote, self.release, self.language) for quote in new)


def quote_block(quote: ReleasedQuote, release: Release, language: Language) -> QuoteBlock:
    """Return a quote with the description the gate allows: network, method, nothing else."""
    study = release.study
    said = [case.short.to(language) for case in study.cases if case.code == quote.case]
    if len(study.cases) == 1:
        said = []
    elif not said:
        said = [phrase("Dans un des réseaux").to(language)]
    said += [method.name.to(language) for method in study.methods if method.code == quote.method]
    said.append(phrase("extrait {code}", code=quote.code).to(language))
    return QuoteBlock(flowing(quote.text), capital(" · ".join(said)), quote.code)


def introducing(label: str, language: Language) -> str:
    """Return a few words before what they introduce: « À discuter : » ; nothing of nothing."""
    return phrase("{label} :", label=label).to(language) if label else ""


def flowing(text: str) -> str:
    """Return someone's words on one line: where the source broke a line is nobody's word."""
    return " ".join(text.split())


def in_quotes(text: str, language: Language) -> str:
    """Return someone's words between the quotation marks of a page's language, and no others."""
    words = text.strip().strip('«»“”"\u00a0\u202f ')
    return phrase("« {words} »", words=words).to(language)


def filled(*sections: Section | None) -> tuple[Section, ...]:
    """Return the sections that have something to say."""
    return tuple(s for s in sections if s is not None and (s.blocks or s.sections))
