"""The findings of a study: read by its team, written by its authors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.vocabulary import Verb
from croisee_web.report.forms import FindingForm, initial_of
from croisee_web.report.queries import finding_page, findings_list, offered, wording_compared
from croisee_web.report.queries.findings import FindingPage
from croisee_web.report.usecases import (
    ChangedMeanwhile,
    FindingRefused,
    add_finding,
    change_finding,
    restore_finding,
    withdraw_finding,
)
from croisee_web.study.forms import show_conflict
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]
TO_CORRECT = 422


@in_study(Verb.READ_RESULTS)
@require_safe
def findings(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the findings of a study."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    listed = findings_list(study_id=study.id, viewer=request.user)
    may_write = Verb.WRITE_FINDINGS in study.verbs
    return render(
        request,
        "report/findings.html",
        {"study": study, "listed": listed, "may_write": may_write},
    )


@in_study(Verb.READ_RESULTS)
@require_safe
def finding(request: SignedInRequest, slug: str, finding: int) -> HttpResponse:
    """Show a finding: its words with their numbers, what networks said, its wordings."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    page = finding_page(study_id=study.id, finding_id=finding, viewer=request.user)
    told = {
        "study": study,
        "page": page,
        "may_write": Verb.WRITE_FINDINGS in study.verbs,
        "may_seal": Verb.SEAL in study.verbs,
    }
    return render(request, "report/finding.html", told)


@in_study(Verb.READ_RESULTS)
@require_safe
def wording(request: SignedInRequest, slug: str, finding: int, version: int) -> HttpResponse:
    """Show what a version of a finding changed from the one before."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    found = wording_compared(
        study_id=study.id, finding_id=finding, version=version, viewer=request.user
    )
    return render(request, "report/wording.html", {"study": study, "found": found})


@in_study(Verb.WRITE_FINDINGS)
@require_http_methods(_GET_POST)
def finding_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a new finding."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.WRITE_FINDINGS)
    form = FindingForm(sent(request), offered(study_id=study.id, viewer=request.user))
    if form.is_bound and form.is_valid():
        try:
            made = add_finding(
                study_id=study.id,
                code=form.cleaned_data["code"].strip(),
                text=form.text(),
                actor=request.user,
                at=timezone.now(),
            )
        except FindingRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("Le constat est enregistré."))
            return redirect("report:finding", slug, made.pk)
    return _form(request, study, form, None)


@in_study(Verb.WRITE_FINDINGS)
@require_http_methods(_GET_POST)
def finding_edit(request: SignedInRequest, slug: str, finding: int) -> HttpResponse:
    """Reword a finding; a second writer is shown what the first one saved."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.WRITE_FINDINGS)
    page = finding_page(study_id=study.id, finding_id=finding, viewer=request.user)
    choices = offered(study_id=study.id, viewer=request.user)
    form = FindingForm(sent(request), choices, page.text)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            change_finding(
                study_id=study.id,
                finding_id=finding,
                version=form.cleaned_data["version"] or 0,
                text=form.text(),
                actor=request.user,
                at=timezone.now(),
            )
        except FindingRefused as refused:
            _tell(form, refused)
        except ChangedMeanwhile as late:
            form = FindingForm(_from_now(request.POST, page.version), choices, page.text)
            form.is_valid()
            show_conflict(form, initial_of(page.text), str(late))
            status = late.http_status
        else:
            messages.success(request, _("Le constat est enregistré ; la version d’avant reste."))
            return redirect("report:finding", slug, finding)
    return _form(request, study, form, page, status)


def _from_now(given: QueryDict, version: int) -> QueryDict:
    """Return what was sent, from the version that is there now."""
    made = given.copy()
    made["version"] = str(version)
    return made


def _tell(form: FindingForm, refused: FindingRefused) -> None:
    for problem in refused.problems:
        form.add_error(None, problem)


def _form(
    request: SignedInRequest,
    study: StudyRef,
    form: FindingForm,
    page: FindingPage | None,
    status: int = 200,
) -> HttpResponse:
    if form.errors and status == 200:
        status = TO_CORRECT
    told = {"study": study, "form": form, "page": page}
    return render(request, "report/finding_form.html", told, status=status)


@in_study(Verb.WRITE_FINDINGS)
@require_http_methods(_GET_POST)
def finding_withdraw(request: SignedInRequest, slug: str, finding: int) -> HttpResponse:
    """Ask whether a finding is printed no more, then do it; or put it back."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.WRITE_FINDINGS)
    page = finding_page(study_id=study.id, finding_id=finding, viewer=request.user)
    if request.method == "POST":
        version = request.POST.get("version", "")
        act = restore_finding if page.withdrawn_at is not None else withdraw_finding
        act(
            study_id=study.id,
            finding_id=finding,
            version=int(version) if version.isascii() and version.isdecimal() else 0,
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("Le constat est remis.") if page.withdrawn_at is not None
            else _("Le constat est retiré."),
        )  # fmt: skip
        return redirect("report:findings", slug)
    return render(request, "report/finding_withdraw.html", {"study": study, "page": page})
