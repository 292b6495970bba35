"""The team's pages: compute, read, seal, publish."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.usecases import ask_for_run
from croisee_web.report.forms import SealForm
from croisee_web.report.http import shown, with_a_frame
from croisee_web.report.queries import result_document, result_file, results_page
from croisee_web.report.usecases import ask_to_seal, publish_sealed, refresh_publication
from croisee_web.study.queries import study_ref

REFRESH = "4"
"""Seconds between two looks at a computation under way."""
_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.READ_RESULTS, to_send=Verb.FREEZE)
@require_http_methods(_GET_POST)
def results(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show where the results stand and what is in them; one button computes them."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    if request.method == "POST":
        ask_for_run(study_id=study.id, actor=request.user, at=timezone.now())
        return redirect("report:results", slug)
    page = results_page(study_id=study.id, viewer=request.user)
    told = {
        "study": study,
        "page": page,
        "may_compute": Verb.FREEZE in study.verbs,
        "may_seal": Verb.SEAL in study.verbs,
    }
    response = render(request, "report/results.html", told)
    if page.job is not None and page.job.under_way:
        response.headers["Refresh"] = REFRESH
    return response


@in_study(Verb.READ_RESULTS)
@require_safe
def result_file_page(
    request: SignedInRequest, slug: str, number: str, name: str
) -> HttpResponseBase:
    """Answer one file of the team's results."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    path = result_file(study_id=study.id, number=int(number), name=name, viewer=request.user)
    return shown(path, in_a_page=True)


@in_study(Verb.READ_RESULTS)
@require_safe
def read_result(request: SignedInRequest, slug: str, number: str, name: str) -> HttpResponse:
    """Show a document of the team's results inside the pages of the study."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_RESULTS)
    document = result_document(
        study_id=study.id, number=int(number), name=name, viewer=request.user
    )
    alone = reverse("report:result-file", args=[slug, number, name])
    others = [
        (label, reverse("report:result-file", args=[slug, number, other]))
        for other, label in document.others
    ]
    told = {
        "study": study,
        "title": document.title,
        "alone": alone,
        "others": others,
        "back": reverse("report:results", args=[slug]),
        "back_label": _("Résultats"),
    }
    return with_a_frame(request, render(request, "report/document.html", told))


@in_study(Verb.SEAL)
@require_http_methods(_GET_POST)
def seal(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what sealing does, and seal: by a job, audited once more."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEAL)
    form = SealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        job = ask_to_seal(
            study_id=study.id,
            warnings_reason=form.cleaned_data["warnings_reason"],
            actor=request.user,
            at=timezone.now(),
        )
        return redirect("upkeep:job", job.pk)
    page = results_page(study_id=study.id, viewer=request.user)
    return render(request, "report/seal.html", {"study": study, "form": form, "page": page})


@in_study(Verb.SEAL)
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the sealed results to everybody; or their latest documents, once they are public."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEAL)
    if "again" in request.POST:
        refresh_publication(study_id=study.id, actor=request.user, at=timezone.now())
        messages.success(request, _("La page publique montre les derniers documents."))
    else:
        publish_sealed(study_id=study.id, actor=request.user, at=timezone.now())
        messages.success(request, _("Les résultats sont publics."))
    return redirect("report:results", slug)
