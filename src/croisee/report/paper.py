"""A short paper to keep or to send: titled parts, sentences and pairs, as a tagged PDF.

For receipts, certificates and notices: what a person holds in her hand. No number of a study
comes here: results are written from a Release alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from croisee.language import Language
from croisee.report import typst_engine
from croisee.text import typeset


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One part: its title, its paragraphs, then pairs of a label and what is said of it."""

    title: str
    paragraphs: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole paper; ``footer`` is on every page, ``on`` the day it was made."""

    title: str
    about: str
    parts: tuple[PaperPart, ...]
    language: Language
    on: date
    footer: str = ""


def paper_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF/UA-1 bytes; the same paper gives the same bytes.

    A line break of a paragraph begins another one. A part with nothing to say is left out.
    """

    def said(text: str) -> str:
        return typeset(text, paper.language)

    content = {
        "title": said(paper.title),
        "about": said(paper.about),
        "language": paper.language,
        "footer": said(paper.footer),
        "parts": [
            {
                "title": said(part.title),
                "paragraphs": [said(line) for text in part.paragraphs for line in _lines(text)],
                "pairs": [
                    [said(label), [said(line) for line in _lines(value)]]
                    for label, value in part.pairs
                    if value.strip()
                ],
                "items": [said(item) for item in part.items],
            }
            for part in paper.parts
        ],
    }
    return typst_engine.pdf("paper.typ", content, on=paper.on)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
