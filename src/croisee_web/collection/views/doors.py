"""The doors of somebody who answers: the addresses of her link, and what closes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from croisee_web.access.http import open_to_all
from croisee_web.collection.queries.answering import (
    Visit,
    kept_of,
    speaks,
    state,
    visit_by,
    welcome,
)
from croisee_web.collection.rules.filled import Refused
from croisee_web.collection.rules.openness import OpenState
from croisee_web.collection.usecases import answering as acts
from croisee_web.collection.vocabulary import Openness
from croisee_web.study.queries import reader_language

FOLDER = "collection/answering"


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses that a page leads to; "#" each in a preview."""

    here: str = "#"
    start: str = "#"
    check: str = "#"
    later: str = "#"
    rights: str = "#"
    erase: str = "#"


POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What a page of somebody who answers may load: itself, and what keeps her answers offline."""


def private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches, search engines and the addresses told to other sites."""
    nonce = request.csp_nonce  # type: ignore[attr-defined]
    response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Declare a page of a link: it is given the visit. A link that leads nowhere says so.

    What keeps from answering (closed, not open yet, already answered) is a page too.
    """

    @wraps(view)
    def found(
        request: HttpRequest, token: str = "", slug: str = "", **parts: Any
    ) -> HttpResponseBase:
        visit = visit_by(token=token, slug=slug)
        if visit is None:
            return private(request, unknown(request))
        try:
            return private(request, view(request, visit, **parts))
        except acts.NotOpen:
            return private(request, stopped(request, visit, state(visit, timezone.now())))
        except acts.AlreadyAnswered:
            return private(request, used(request, visit))
        except Refused as refused:
            told: dict[str, Any] = {
                "heading": _("Vos réponses ne sont pas parties"),
                "sentences": refused.problems,
            }
            return private(
                request, render(request, f"{FOLDER}/told.html", told, status=refused.http_status)
            )

    return csrf_exempt(open_to_all(found))


def around(visit: Visit, doors: Doors, back: str = "") -> dict[str, Any]:
    """Return what every page of a visit takes."""
    published, language = visit.collecting.published_id, reader_language()
    return {
        "doors": doors,
        "back": back,
        "in_english": speaks(published, "en"),
        "spoken": language if speaks(published, language) else "fr",
    }


def doors_of(visit: Visit, named: str, *, here: str = "") -> Doors:
    """Return the addresses of a visit; ``named``: the one the page stands at."""
    if visit.slug and not visit.token:
        first = address_of(visit, "start")
        return Doors(here=first, start=first, rights=address_of(visit, "rights"))
    found = {
        name: address_of(visit, name) for name in ("start", "check", "later", "rights", "erase")
    }
    return Doors(here=here or found[named or "start"], **found)


def address_of(visit: Visit, name: str) -> str:
    """Return one address of a visit by its name."""
    if visit.slug:
        parts = [visit.slug, visit.token] if visit.token else [visit.slug]
        prefix = "open" if visit.token else "open-door"
        return reverse(f"collection:{prefix}-{name}", args=parts)
    return reverse(f"collection:answer-{name}", args=[visit.token])


def page_address(visit: Visit, rank: int) -> str:
    """Return the address of the page of this rank."""
    if visit.slug:
        return reverse("collection:open-step", args=[visit.slug, visit.token, rank])
    return reverse("collection:answer-step", args=[visit.token, rank])


def withdrawal_address() -> str:
    """Return where answers are taken back."""
    return reverse("collection:withdrawal")


def unknown(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: the same page whatever was tried."""
    told: dict[str, Any] = {
        "heading": _("Ce lien ne mène à rien"),
        "sentences": [
            _("Il est peut-être incomplet. Copiez-le en entier, puis réessayez."),
            _("Sinon, demandez un nouveau lien à qui vous l’a donné."),
        ],
        "in_english": True,
    }
    return render(request, f"{FOLDER}/told.html", told, status=404)


def stopped(request: HttpRequest, visit: Visit, told: OpenState) -> HttpResponse:
    """Say that nothing is taken now: since when, or from when."""
    closed = told.state is Openness.CLOSED
    about = welcome(visit)
    sentences = [about.title]
    if closed and kept_of(visit) is not None:
        sentences.append(_("Vos réponses n’étaient pas envoyées."))
    page: dict[str, Any] = {
        "heading": told.words,
        "sentences": sentences,
        "results": about.results if closed else "",
        "withdrawal": withdrawal_address() if closed else "",
    }
    status = 200 if request.method in {"GET", "HEAD"} else 409
    return render(request, f"{FOLDER}/told.html", page | around(visit, Doors()), status=status)


def used(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say that answers were received by this link, and how to take them back."""
    page: dict[str, Any] = {
        "heading": _("Vos réponses sont déjà reçues"),
        "sentences": [
            _("Ce lien sert une fois, et il a servi."),
            _("Pour retirer vos réponses, prenez le code noté après l’envoi."),
        ],
        "withdrawal": withdrawal_address(),
        "results": welcome(visit).results,
        "done": True,
    }
    status = 200 if request.method in {"GET", "HEAD"} else 409
    return render(request, f"{FOLDER}/told.html", page | around(visit, Doors()), status=status)
