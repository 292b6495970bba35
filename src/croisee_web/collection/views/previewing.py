"""A draft tried as people will answer it: the same pages, and nothing of it is kept here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from croisee_web.collection.rules.pages import Page, after, number_of, pages_of
from croisee_web.collection.rules.posted import Sent, faults_on, values_of
from croisee_web.collection.views.doors import FOLDER, Doors
from croisee_web.collection.views.shown import shown
from croisee_web.instruments.http import Tried
from croisee_web.study.queries import reader_language


def draw(request: HttpRequest, tried: Tried) -> HttpResponse:
    """Return one page of a draft, as a phone will show it. ``tried.step`` counts from 1."""
    pages = pages_of(tried.filling)
    rank = max(1, min(rank_of(pages, tried) or tried.step, len(pages)))
    if not pages:
        told: dict[str, Any] = {"heading": tried.filling.form.title, "preview": True}
        return render(request, f"{FOLDER}/told.html", told)
    return _page(request, tried, pages[rank - 1], (rank, len(pages)))


def turn(request: HttpRequest, tried: Tried) -> HttpResponse | int:
    """Take what a page of a draft sends: the next step, or the page again with what to mend.

    The filling holds the answers afterwards.
    """
    pages = pages_of(tried.filling)
    rank = number_of(pages, request.POST.get("page", "")) or 1
    if not pages:
        return 1
    page, sent = pages[rank - 1], _sent(request)
    button = request.POST.get("bouton", "")
    if button == "passer":
        tried.filling.set_many({one.address: "" for one in page.asks})
    elif not button:
        tried.filling.set_many(values_of(page, sent, tried.filling))
        wrong = faults_on(page, tried.filling, reader_language(), _total(tried, page))
        if wrong:
            return _page(request, tried, page, (rank, len(pages)), wrong=wrong, sent=sent)
    return after(pages, pages_of(tried.filling), page.key)


def rank_of(pages: tuple[Page, ...], tried: Tried) -> int:
    """Return the rank of the page that asks the question looked for, 0 where none does."""
    for rank, page in enumerate(pages, 1):
        groups = () if page.group is None else (page.group,)
        if any(one.node.name == tried.question for one in (*groups, *page.places)):
            return rank
    return 0


def _page(
    request: HttpRequest, tried: Tried, page: Page, place: tuple[int, int], **more: Any
) -> HttpResponse:
    total = _total(tried, page)
    told: dict[str, Any] = {
        "page": shown(page, tried.filling, place, total=total, **more),
        "title": tried.filling.form.title,
        "doors": Doors(),
        "back": f"?etape={place[0] - 1}" if place[0] > 1 else "",
        "in_english": len(tried.filling.form.languages) > 1,
        "preview": True,
    }
    return render(request, f"{FOLDER}/page.html", told)


def _sent(request: HttpRequest) -> Sent:
    return {name: request.POST.getlist(name) for name in request.POST}


def _total(tried: Tried, page: Page) -> Any:
    return tried.totals.get(page.group.node.name) if page.group else None
