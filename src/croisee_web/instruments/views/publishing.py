"""Publishing a questionnaire, its versions, and the workbook it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee.formats.xlsform import Workbook, write_workbook
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.forms import WorkbookForm
from croisee_web.instruments.queries.drafted import draft
from croisee_web.instruments.queries.drafts import questionnaire_number
from croisee_web.instruments.queries.versions import (
    check_before,
    compared,
    published_workbook,
    versions_of,
)
from croisee_web.instruments.rules import QuestionnaireRefused, workbook_sent
from croisee_web.instruments.usecases import change_questionnaire
from croisee_web.instruments.usecases import publish as publish_questionnaire
from croisee_web.instruments.views.editing import GET_POST, edited, page, version_of
from croisee_web.study.usecases import ChangedSince

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def publish(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Show what is looked at before a publication; publish."""
    study = edited(request, slug)
    status, why = 200, ""
    if request.method == "POST":
        try:
            published = publish_questionnaire(
                questionnaire_id=questionnaire_number(study.id, instrument),
                version=version_of(request),
                actor=request.user,
                at=timezone.now(),
            )
        except ChangedSince as late:
            why, status = str(late), late.http_status
        except QuestionnaireRefused as refused:
            status = refused.http_status
        else:
            messages.success(
                request,
                _("La version %(n)s est publiée. Elle ne changera plus.") % {"n": published.number},
            )
            return redirect("instruments:versions", slug, instrument)
    check = check_before(study_id=study.id, code=instrument, viewer=request.user, at=timezone.now())
    told = {"study": study, "check": check, "code": check.code, "name": check.name, "why": why}
    return render(request, "instruments/publish.html", told, status=status)


@in_study(Verb.EDIT_STUDY)
@require_safe
def versions(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Show the published versions of a questionnaire."""
    study = edited(request, slug)
    found = versions_of(study_id=study.id, code=instrument, viewer=request.user)
    told = {"study": study, "found": found, "code": found.code, "name": found.name}
    return render(request, "instruments/versions.html", told)


@in_study(Verb.EDIT_STUDY)
@require_safe
def differences(request: SignedInRequest, slug: str, instrument: str, number: int) -> HttpResponse:
    """Show a version beside the one before it."""
    study = edited(request, slug)
    found = compared(study_id=study.id, code=instrument, number=number, viewer=request.user)
    told = {"study": study, "found": found, "code": found.code, "name": found.name}
    return render(request, "instruments/differences.html", told)


@in_study(Verb.EDIT_STUDY)
@require_safe
def workbook(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Give the draft as an XLSForm."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    return _given(found.book, f"{found.code}.xlsx")


@in_study(Verb.EDIT_STUDY)
@require_safe
def workbook_published(
    request: SignedInRequest, slug: str, instrument: str, number: int
) -> HttpResponse:
    """Give a published version as an XLSForm."""
    study = edited(request, slug)
    _name, book = published_workbook(
        study_id=study.id, code=instrument, number=number, viewer=request.user
    )
    return _given(book, f"{instrument}-v{number}.xlsx")


def _given(book: Workbook, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write_workbook(book), content_type=_XLSX, headers=headers)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def take_back(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Put an XLSForm file in the place of a draft."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    posted = request.method == "POST"
    initial = {"version": found.version}
    form = WorkbookForm(
        request.POST if posted else None, request.FILES if posted else None, initial=initial
    )
    told = {"study": study, "form": form, "faults": (), "code": found.code, "name": found.name}
    if posted and form.is_valid():
        try:
            change_questionnaire(
                study_id=study.id,
                code=instrument,
                version=form.cleaned_data["version"],
                book=workbook_sent(form.cleaned_data["file"].chunks()),
                actor=request.user,
                at=timezone.now(),
            )
        except QuestionnaireRefused as refused:
            told["faults"] = refused.faults
        except ChangedSince as late:
            return page(request, study, instrument, why=str(late), status=late.http_status)
        else:
            messages.success(request, _("Le classeur a pris la place du brouillon."))
            return redirect("instruments:edit", slug, instrument)
    return render(request, "instruments/import.html", told, status=422 if posted else 200)
