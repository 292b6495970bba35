"""The privacy impact assessment: its versions, written, signed, given."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.vocabulary import Verb
from croisee_web.people.forms import AssessmentForm, SignatureForm
from croisee_web.people.queries.assessments import (
    AssessmentPage,
    assessment_page,
    assessment_pages,
    prefilled,
)
from croisee_web.people.usecases import (
    AssessmentSigned,
    ChangedMeanwhile,
    ConclusionMissing,
    give_assessment,
    sign_assessment,
    write_assessment,
)
from croisee_web.people.views.files import private_file
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.EDIT_ETHICS)
@require_safe
def assessments(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the versions of the assessment."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    pages = assessment_pages(study_id=study.id, viewer=request.user)
    return render(request, "people/assessments.html", {"study": study, "pages": pages})


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def assessment(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show one version; sign a draft."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    page = assessment_page(study_id=study.id, number=number, viewer=request.user)
    form, status = SignatureForm(sent(request), initial={"revision": page.revision}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                sign_assessment(
                    study_id=study.id,
                    number=number,
                    revision=said["revision"],
                    name=said["name"],
                    title=said["title"],
                    actor=request.user,
                    at=timezone.now(),
                )
            except (AssessmentSigned, ChangedMeanwhile, ConclusionMissing) as refused:
                form.add_error(None, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Cette version est signée. Elle ne changera plus."))
                return redirect("people:assessment", study.slug, number)
    told = {"study": study, "page": page, "form": form}
    return render(request, "people/assessment.html", told, status=status)


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def assessment_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a new version, begun from the last one, or from what the study says."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    last = assessment_pages(study_id=study.id, viewer=request.user)[:1]
    start = last[0].texts if last else prefilled(study_id=study.id)
    return _edited(request, study, None, start)


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def assessment_edit(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Change a draft."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    page = assessment_page(study_id=study.id, number=number, viewer=request.user)
    return _edited(request, study, page, page.texts)


def _edited(
    request: SignedInRequest, study: StudyRef, page: AssessmentPage | None, start: dict[str, str]
) -> HttpResponse:
    revision = page.revision if page else 0
    form, status = AssessmentForm(sent(request), initial={**start, "revision": revision}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                number = write_assessment(
                    study_id=study.id,
                    texts=form.texts(),
                    number=page.number if page else None,
                    revision=form.cleaned_data["revision"] or 0,
                    actor=request.user,
                    at=timezone.now(),
                )
            except (AssessmentSigned, ChangedMeanwhile) as refused:
                form.add_error(None, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Le brouillon est enregistré."))
                return redirect("people:assessment", study.slug, number)
    told = {"study": study, "form": form, "page": page}
    return render(request, "people/assessment_edit.html", told, status=status)


@in_study(Verb.EDIT_ETHICS)
@require_POST
def assessment_dossier(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the dossier of the assessment."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    now = timezone.now()
    packed = give_assessment(
        study_id=study.id,
        actor=request.user,
        at=now,
        on=now.astimezone(ZoneInfo(study.timezone)).date(),
    )
    return private_file(packed, "dossier-EFVP.zip", "application/zip")
