"""What a telephone keeps of a questionnaire, to go on without network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind, Node
from croisee.questionnaire.offline import Whole, conditions_of
from croisee_web.access.http import open_to_all
from croisee_web.collection.queries.answering import (
    Visit,
    budget_totals,
    filling_for,
    form_language,
    is_spent,
    kept_of,
)
from croisee_web.collection.rules.drafts import Kept
from croisee_web.collection.rules.pages import Page, pages_of
from croisee_web.collection.rules.posted import PART, empty_words
from croisee_web.collection.views.doors import FOLDER, by_link, private
from croisee_web.collection.views.shown import shown
from croisee_web.instruments.queries.published import published_form
from croisee_web.kit.templatetags.typography import typo_plain
from croisee_web.study.queries import reader_language

WORKER_POLICY = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_LETTERS = {
    Kind.MULTIPLE: "m", Kind.RANKING: "r",
    Kind.INTEGER: "n", Kind.DECIMAL: "n", Kind.RANGE: "n",
}  # fmt: skip


@by_link
@require_safe
def carried(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Return the pages, their conditions and what was answered; nothing for a form beyond that.

    It is asked by the page's own script, and kept sealed on the telephone.
    """
    kept = kept_of(visit)
    if kept is None or is_spent(visit, kept):
        return JsonResponse({})
    return JsonResponse(_bundle(request, kept, timezone.now()) or {})


@open_to_all
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Return the one page that is kept on a telephone, the same for every link."""
    return private(request, render(request, f"{FOLDER}/shell.html", {"shell": True}))


@open_to_all
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the script that answers in the place of the network when there is none."""
    del request
    path = finders.find("collection/travail.js")
    with open(str(path), "rb") as file:  # noqa: PTH123 -- found by Django, as a text
        response = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = WORKER_POLICY
    return response


def _bundle(request: HttpRequest, kept: Kept, at: datetime) -> dict[str, Any] | None:
    prepared = published_form(kept.published)
    conditions = conditions_of(prepared.form)
    if conditions is None:
        return None
    language = form_language(kept.published, reader_language())
    whole = Whole(prepared, at=at, chance=np.random.default_rng(kept.seed), language=language)
    pages = pages_of(whole)
    if any(_splits(page, conditions) for page in pages):
        return None
    filling = filling_for(kept, at=at)
    return {
        "pages": [_carried(request, page, whole, kept) for page in pages],
        "w": conditions,
        "k": {path: _letter(prepared.nodes[path]) for path in conditions},
        "values": _fields(filling),
        "passed": kept.passed,
        "recu": kept.receipt,
        "m": _words(),
    }


def _splits(page: Page, conditions: dict[str, Any]) -> bool:
    """Return whether only some questions of a page may be asked."""
    return len({str(conditions[one.node.path]) for one in page.places}) > 1


def _carried(request: HttpRequest, page: Page, whole: Filling, kept: Kept) -> dict[str, Any]:
    total = budget_totals(kept.published).get(page.group.node.name) if page.group else None
    told = shown(page, whole, (1, 1), total=total)
    labels = {field.name: field.label or told.title for field in told.fields}
    return {
        "k": page.key,
        "h": render_to_string(f"{FOLDER}/questions.html", {"page": told}, request),
        "p": [one.node.path for one in page.places],
        "a": [
            [one.node.path, typo_plain(labels.get(one.address, one.node.name))] for one in page.asks
        ],
        "e": empty_words(page.asks) if page.asks else "",
    }


def _letter(node: Node) -> str:
    return _LETTERS.get(node.kind, "t")


def _fields(filling: Filling) -> dict[str, list[str]]:
    """Return what was answered as a page sends it."""
    found: dict[str, list[str]] = {}
    for one in filling.sheet.places:
        value = filling.value(one.address)
        if not value or one.node.kind in {Kind.CALCULATED, Kind.GROUP}:
            continue
        if one.node.kind is Kind.RANKING:
            for rank, code in enumerate(value.split(), 1):
                found[f"{one.address}{PART}{code}"] = [str(rank)]
        else:
            found[one.address] = value.split() if one.node.kind is Kind.MULTIPLE else [value]
    return found


def _words() -> dict[str, str]:
    return {
        "q": _("Question {n} sur {m}"),
        "wrong": _("Une réponse est à revoir"),
        "check": _("Vérifiez vos réponses"),
        "none": _("Pas de réponse"),
        "change": _("Changer"),
        "send": _("Envoyer mes réponses"),
        "kept": _("Gardé dans ce téléphone."),
        "going": _("En route…"),
        "got": _("Reçu."),
        "off": _("Pas de réseau en ce moment."),
        "offMore": _(
            "Vos réponses sont gardées dans ce téléphone. Gardez cette page ouverte, "
            "ou rouvrez-la plus tard. Elles partiront quand le réseau reviendra."
        ),
        "wipe": _("Tout effacer de ce téléphone"),
        "wiped": _("Tout est effacé de ce téléphone"),
        "again": _("Rouvrez votre lien pour recommencer."),
    }
