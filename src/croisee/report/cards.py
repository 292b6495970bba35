"""Invitation cards to cut out: a square to scan, a short code to type, in French and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from textwrap import shorten

import segno

from croisee.language import Label, Language, phrase
from croisee.report import typst_engine
from croisee.report.dates import day_of
from croisee.text import typeset

LONGEST_TITLE = 64
_LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Card:
    """One card: where its square leads, the code typed instead, whom it is for ("": nobody)."""

    address: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CardSet:
    """What every card of a set says: the survey, where a code is typed, the last day."""

    title: Label
    typed_at: str
    until: date
    cards: Sequence[Card]


def cards_pdf(found: CardSet) -> bytes:
    """Return cards as PDF/UA-1, eight a Letter page, with lines to cut along.

    The same cards give the same bytes. Nothing is kept: the squares hold each person's link.
    """
    said = [_said(found, language) for language in _LANGUAGES]
    content = {
        "title": typeset(found.title.fr, "fr"),
        "titles": [_title(found.title, language) for language in _LANGUAGES],
        "said": said,
        "typed": found.typed_at,
        "cards": [
            {"square": _square(card.address), "code": card.code, "name": card.name}
            for card in found.cards
        ],
    }
    return typst_engine.pdf("cards.typ", content, on=None)


def _title(title: Label, language: Language) -> str:
    """Return a title that fits on two lines."""
    return typeset(shorten(title.to(language), LONGEST_TITLE, placeholder="…"), language)


def _said(found: CardSet, language: Language) -> dict[str, str]:
    until = day_of(found.until, language)
    texts = {
        "scan": phrase("Balayez ce carré avec un téléphone, ou entrez ce code à l’adresse :"),
        "again": phrase("Balayez le carré, ou entrez le même code à la même adresse."),
        "until": phrase("Jusqu’au {day}. Répondre est libre.", day=until),
        "square": phrase("Carré à balayer, qui mène au questionnaire"),
    }
    return {name: typeset(text.to(language), language) for name, text in texts.items()}


def _square(address: str) -> str:
    drawing = BytesIO()
    segno.make(address, error="m", boost_error=False, micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, omitsize=True, dark="#000000", light="#ffffff"
    )
    return drawing.getvalue().decode("utf-8").strip()
