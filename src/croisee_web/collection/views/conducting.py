"""The team's pages about collections: the list, one opened, where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.rules import page_address
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import PlanForm, ReopenForm
from croisee_web.collection.queries.conducted import collectings, dashboard
from croisee_web.collection.queries.plans import choices_of, editable
from croisee_web.collection.queries.silent import silent_ones
from croisee_web.collection.rules.openness import zone_of
from croisee_web.collection.usecases.conducting import (
    CollectingRefused,
    change_collecting,
    close_collecting,
    open_collecting,
    reopen_collecting,
)
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.queries.allowing import CollectionClosed
from croisee_web.study.forms import show_conflict
from croisee_web.study.queries import StudyRef, study_ref
from croisee_web.study.usecases.description import ChangedSince

_GET_POST = ["GET", "HEAD", "POST"]
_FORTNIGHT = timedelta(days=14)


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def collecting_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the collections that ask a network the reader may see."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    found = collectings(study_id=study.id, viewer=request.user, at=timezone.now())
    told = {"study": study, "collectings": found, "may_open": Verb.EDIT_STUDY in study.verbs}
    return render(request, "collection/list.html", told)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def collecting_open(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open a collection."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    today = timezone.now().astimezone(zone_of(study.timezone)).date()
    choices = choices_of(study_id=study.id, viewer=request.user, on=today)
    initial: dict[str, Any] = {
        "published": request.GET.get("publie", ""),
        "opens_on": today,
        "closes_on": today + _FORTNIGHT,
        "open_link": "personnels",
        **{f"reseau-{code}": True for code, _name in choices.cases},
    }
    form = PlanForm(sent(request), choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_collecting(
                study_id=study.id, plan=form.plan(), actor=request.user, at=timezone.now()
            )
        except (CollectingRefused, CollectionClosed) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La collecte est ouverte. Invitez les réseaux à répondre."))
            return redirect("collection:collecting", slug, made.pk)
    told = {"study": study, "form": form, "choices": choices}
    return render(request, "collection/open.html", told, status=422 if form.errors else 200)


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def collecting(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show where a collection stands."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    return _shown(request, study, number)


def _shown(
    request: SignedInRequest, study: StudyRef, number: int, reopening: ReopenForm | None = None
) -> HttpResponse:
    at = timezone.now()
    page = dashboard(study_id=study.id, collecting_id=number, viewer=request.user, at=at)
    origin = request.build_absolute_uri("/")
    told = {
        "study": study,
        "page": page,
        "open_address": page_address(origin, f"/s/{page.open_slug}/") if page.open_slug else "",
        "reopening": reopening
        or ReopenForm(initial={"closes_on": page.dates.day_of(at) + timedelta(days=7)}),
        "may_compute": Verb.FREEZE in study.verbs,
        "may_read": Verb.READ_CORPUS in study.verbs and page.team,
    }
    status = 422 if reopening is not None else 200
    return render(request, "collection/collecting.html", told, status=status)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def collecting_change(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Change a collection's dates, goals, networks, links or version."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = editable(study_id=study.id, collecting_id=number, viewer=request.user)
    form = PlanForm(sent(request), choices=saved.choices, initial=saved.values)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_collecting(
                    collecting_id=saved.id,
                    version=form.cleaned_data["version"] or 0,
                    plan=form.plan(),
                    actor=request.user,
                    at=timezone.now(),
                )
            except ChangedSince as late:
                form = _compared(request, saved.choices, saved.values, str(late))
                status = late.http_status
            except (CollectingRefused, CollectionClosed) as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("La collecte est modifiée."))
                return redirect("collection:collecting", slug, number)
    told = {"study": study, "form": form, "saved": saved, "choices": saved.choices}
    return render(request, "collection/open.html", told, status=status)


def _compared(
    request: SignedInRequest, choices: Any, values: dict[str, Any], text: str
) -> PlanForm:
    """Return the form as sent, from the version that is there now, with what it says."""
    again = request.POST.copy()
    again["version"] = str(values["version"])
    form = PlanForm(again, choices=choices)
    form.is_valid()
    show_conflict(form, values, text)
    return form


@in_study(Verb.EDIT_STUDY)
@require_POST
def collecting_close(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Close a collection now."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = editable(study_id=study.id, collecting_id=number, viewer=request.user)
    close_collecting(collecting_id=saved.id, actor=request.user, at=timezone.now())
    messages.success(request, _("La collecte est fermée."))
    return redirect("collection:collecting", slug, number)


@in_study(Verb.EDIT_STUDY)
@require_POST
def collecting_reopen(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take answers again."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = editable(study_id=study.id, collecting_id=number, viewer=request.user)
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            reopen_collecting(
                collecting_id=saved.id,
                closes_on=form.cleaned_data["closes_on"],
                actor=request.user,
                at=timezone.now(),
            )
        except UseCaseError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La collecte prend de nouveau des réponses."))
            return redirect("collection:collecting", slug, number)
    return _shown(request, study, number, form)


@in_study(Verb.SEE_PARTICIPANTS)
@require_safe
def collecting_silent(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show who has not answered, where that may be known."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    found = silent_ones(study_id=study.id, collecting_id=number, viewer=request.user)
    told = {"study": study, "silent": found, "number": number}
    return render(request, "collection/silent.html", told)
