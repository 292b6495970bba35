"""How pages of questionnaires are framed, and who draws the page that people will answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from croisee.formats.xlsform import Workbook
from croisee.questionnaire.filling import Filling
from croisee.report.blank_form import BlankForm, blank_form_pdf
from croisee_web.kit.headers import policy
from croisee_web.study.queries import reader_language


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft being tried. ``step`` counts pages from 1; ``question``, if any, names the page.

    ``totals``: what each budget splits, by the name of its group.
    """

    filling: Filling
    step: int = 1
    question: str = ""
    totals: Mapping[str, Decimal] = field(default_factory=dict)


Drawer = Callable[[HttpRequest, Tried], HttpResponse]
Turner = Callable[[HttpRequest, Tried], HttpResponse | int]
_PAGES: list[tuple[Drawer, Turner]] = []


def previews_are_drawn_by(draw: Drawer, turn: Turner) -> None:
    """Let the slice where people answer show a draft; called once by its ``AppConfig.ready``.

    ``turn`` takes what a page sends: it gives the next step, or the page again.
    """
    _PAGES[:] = [(draw, turn)]


def drawn(request: HttpRequest, tried: Tried) -> HttpResponse:
    """Return a page of a draft as a phone will show it."""
    return _PAGES[0][0](request, tried)


def turned(request: HttpRequest, tried: Tried) -> HttpResponse | int:
    """Take what a page of a draft sends; its filling holds the answers afterwards."""
    return _PAGES[0][1](request, tried)


def with_a_frame(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a page show another of this site in a frame, and nothing else more."""
    nonce = request.csp_nonce  # type: ignore[attr-defined]
    response.headers["Content-Security-Policy"] = f"{policy(nonce)}; frame-src 'self'"
    return response


def in_a_frame(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a page of this site, and no other, show this one in a frame."""
    nonce = request.csp_nonce  # type: ignore[attr-defined]
    response.headers["Content-Security-Policy"] = policy(nonce).replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def printed(book: Workbook, blank: BlankForm, on: date) -> HttpResponse:
    """Return a questionnaire to fill by hand, as a PDF in the page's language."""
    response = HttpResponse(
        blank_form_pdf(book, blank, reader_language(), on=on), content_type="application/pdf"
    )
    name = content_disposition_header(as_attachment=True, filename="questionnaire.pdf")
    response.headers["Content-Disposition"] = name or "attachment"
    return response
