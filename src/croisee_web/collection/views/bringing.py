"""The pages where somebody brings a file of answers: what it says, then what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import SOURCES, BringForm, RestForm
from croisee_web.collection.queries.brought import (
    BroughtPage,
    BroughtTo,
    brought_before,
    brought_page,
    brought_to,
)
from croisee_web.collection.usecases.bringing import bring, drop_brought, take_in_brought
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.vocabulary import BringingState
from croisee_web.study.queries import StudyRef, study_ref

REFRESH = "4"
"""Seconds between two looks at a file under way."""
_GET_POST = ["GET", "HEAD", "POST"]


def _opened(request: SignedInRequest, slug: str, number: int) -> tuple[StudyRef, BroughtTo]:
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    return study, brought_to(study_id=study.id, collecting_id=number, viewer=request.user)


@in_study(Verb.EDIT_STUDY, Verb.READ_CORPUS)
@require_http_methods(_GET_POST)
def bring_answers(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take a file of answers."""
    study, to = _opened(request, slug, number)
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = bring(
                collecting_id=to.id,
                name=file.name,
                chunks=file.chunks(),
                source=form.cleaned_data["source"],
                actor=request.user,
                at=timezone.now(),
            )
        except CollectingRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("collection:brought", slug, number, made.pk)
    told = {
        "study": study,
        "to": to,
        "form": form,
        "before": brought_before(collecting_id=to.id),
    }
    return render(request, "collection/bring.html", told, status=422 if posted else 200)


@in_study(Verb.EDIT_STUDY, Verb.READ_CORPUS)
@require_http_methods(_GET_POST)
def brought(request: SignedInRequest, slug: str, number: int, bringing: int) -> HttpResponse:
    """Show what a file says, or what became of it; receive it, or drop it."""
    study, to = _opened(request, slug, number)
    page = brought_page(study_id=study.id, collecting_id=to.id, bringing_id=bringing)
    if request.method == "POST" and "retirer" in request.POST:
        drop_brought(bringing_id=page.id, actor=request.user, at=timezone.now())
        messages.success(request, _("Le fichier est retiré. Rien n’a été reçu."))
        return redirect("collection:bring", slug, number)
    asks = page.state is BringingState.READY and bool(page.told.get("without_case"))
    form = RestForm(request.POST if request.method == "POST" and asks else None, cases=to.cases)
    if request.method == "POST" and (not asks or form.is_valid()):
        take_in_brought(
            bringing_id=page.id,
            case=form.cleaned_data["case"] if asks else "",
            actor=request.user,
            at=timezone.now(),
        )
        return redirect("collection:brought", slug, number, page.id)
    return _shown(request, study, to, page, form if asks else None)


def _shown(
    request: SignedInRequest,
    study: StudyRef,
    to: BroughtTo,
    page: BroughtPage,
    form: RestForm | None,
) -> HttpResponse:
    told = {
        "study": study,
        "to": to,
        "page": page,
        "form": form,
        "source": dict(SOURCES).get(page.source, "") if page.source else "",
    }
    status = 422 if form is not None and form.errors else 200
    response = render(request, "collection/brought.html", told, status=status)
    if page.job is not None and page.job.under_way:
        response.headers["Refresh"] = REFRESH
    return response
