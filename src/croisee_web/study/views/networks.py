"""The networks of a study: the list, one of them, their order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.study.forms import show_conflict
from croisee_web.study.forms.networks import (
    CaseForm,
    component_rows,
    initial_of,
    membership_rows,
)
from croisee_web.study.queries import StudyRef, study_ref
from croisee_web.study.queries.networks import (
    NetworkForm,
    network_form,
    networks,
    other_networks,
)
from croisee_web.study.usecases import (
    ChangedSince,
    CodeTaken,
    StillHoldsSomething,
    add_case,
    change_case,
    move_case,
    remove_case,
)


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def cases(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the networks, their frames, the editions and the methods."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    told = {
        "study": study,
        "networks": networks(study_id=study.id, viewer=request.user),
        "may_edit": Verb.EDIT_STUDY in study.verbs,
    }
    return render(request, "study/cases.html", told)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def case_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a network."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    others = other_networks(study_id=study.id, viewer=request.user)
    sent = request.POST if request.method == "POST" else None
    form = CaseForm(sent, others=others)
    rows = component_rows(None, sent), membership_rows(None, sent)
    status = 200
    if sent is not None:
        status = 422
        if form.is_valid() and all([one.is_valid() for one in rows]):  # noqa: C419 -- each says its own
            try:
                code = add_case(
                    study_id=study.id,
                    case=form.case(*rows),
                    actor=request.user,
                    at=timezone.now(),
                )
            except CodeTaken as refused:
                form.add_error("code", str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Le réseau est ajouté."))
                return redirect("study:members", slug, code)
    return _case_page(request, study, form, rows, status, None)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Edit a network."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = network_form(study_id=study.id, code=code, viewer=request.user)
    initial = initial_of(saved.case, saved.version)
    sent = request.POST if request.method == "POST" else None
    form = CaseForm(sent, initial=initial, others=saved.others)
    rows = component_rows(saved.case, sent), membership_rows(saved.case, sent)
    status = 200
    if sent is not None:
        status = 422
        if form.is_valid() and all([one.is_valid() for one in rows]):  # noqa: C419 -- each says its own
            try:
                change_case(
                    study_id=study.id,
                    case=form.case(*rows),
                    version=form.cleaned_data["version"] or 0,
                    actor=request.user,
                    at=timezone.now(),
                )
            except ChangedSince as late:
                form, status = _compared(request, saved, str(late)), late.http_status
            except StillHoldsSomething as refused:
                form.add_error(None, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Le réseau est enregistré."))
                return redirect("study:cases", slug)
    return _case_page(request, study, form, rows, status, saved)


def _compared(request: SignedInRequest, saved: NetworkForm, text: str) -> CaseForm:
    """Return the form as sent, from the version that is there now, with what it says."""
    sent = request.POST.copy()
    sent["version"] = str(saved.version)
    initial = initial_of(saved.case, saved.version)
    form = CaseForm(sent, initial=initial, others=saved.others)
    form.is_valid()
    show_conflict(form, initial, text)
    return form


def _case_page(
    request: SignedInRequest,
    study: StudyRef,
    form: CaseForm,
    rows: tuple[Any, Any],
    status: int,
    saved: NetworkForm | None,
) -> HttpResponse:
    told = {
        "study": study,
        "form": form,
        "components": rows[0],
        "memberships": rows[1],
        "code": saved.case.code if saved else "",
        "wrong": form.is_bound and (form.errors or any(not one.is_valid() for one in rows)),
    }
    return render(request, "study/case_edit.html", told, status=status)


@in_study(Verb.EDIT_STUDY)
@require_POST
def case_move(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Put a network before, or after, its neighbour."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    move_case(
        study_id=study.id,
        code=code,
        earlier=request.POST.get("vers") != "bas",
        actor=request.user,
        at=timezone.now(),
    )
    return redirect("study:cases", slug)


@in_study(Verb.EDIT_STUDY)
@require_POST
def case_remove(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Remove a network that nothing lies under."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    remove_case(study_id=study.id, code=code, actor=request.user, at=timezone.now())
    messages.success(request, _("Le réseau est retiré."))
    return redirect("study:cases", slug)
