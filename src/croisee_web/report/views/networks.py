"""A network's own results, and what it answers to each finding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.report.forms import AnswerForm, CommentForm
from croisee_web.report.http import shown, with_a_frame
from croisee_web.report.queries import network_document, network_file, network_page, networks_of
from croisee_web.report.rules import Answer
from croisee_web.report.usecases import answer_finding, comment_finding
from croisee_web.report.vocabulary import Stance
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.READ_NETWORK_RESULTS, by_network=True)
@require_safe
def networks(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the networks whose results the reader may read; one alone is opened."""
    study = study_ref(
        slug=slug, viewer=request.user, verb=Verb.READ_NETWORK_RESULTS, by_network=True
    )
    listed = networks_of(study_id=study.id, viewer=request.user)
    if len(listed) == 1:
        return redirect("report:network", slug, listed[0][0])
    return render(request, "report/networks.html", {"study": study, "networks": listed})


@in_study(Verb.READ_NETWORK_RESULTS, by_network=True)
@require_http_methods(_GET_POST)
def network(request: SignedInRequest, slug: str, case: str) -> HttpResponse:
    """Show a network's results; take a comment or an answer."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_NETWORK_RESULTS, case=case)
    if request.method == "POST":
        return _said(request, study, case)
    page = network_page(study_id=study.id, case=case, viewer=request.user)
    return render(request, "report/network.html", {"study": study, "page": page})


def _said(request: SignedInRequest, study: StudyRef, case: str) -> HttpResponse:
    """Note what was said of one finding, and come back to it."""
    if "stance" in request.POST:
        answer = AnswerForm(request.POST).checked()
        answer_finding(
            study_id=study.id,
            finding_id=answer["finding"],
            case=case,
            answer=Answer(Stance(answer["stance"]), answer["note"], answer["version"]),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Votre réponse est notée."))
        return redirect("report:network", study.slug, case)
    comment = CommentForm(request.POST).checked()
    comment_finding(
        study_id=study.id,
        finding_id=comment["finding"],
        case=case,
        text=comment["text"],
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Votre commentaire est noté."))
    return redirect("report:network", study.slug, case)


@in_study(Verb.READ_NETWORK_RESULTS, by_network=True)
@require_safe
def network_file_page(
    request: SignedInRequest, slug: str, case: str, name: str
) -> HttpResponseBase:
    """Answer one file of a network's sealed results."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_NETWORK_RESULTS, case=case)
    path = network_file(study_id=study.id, case=case, name=name, viewer=request.user)
    return shown(path, in_a_page=True)


@in_study(Verb.READ_NETWORK_RESULTS, by_network=True)
@require_safe
def read_network(request: SignedInRequest, slug: str, case: str, name: str) -> HttpResponse:
    """Show a document of a network's results inside the pages of the study."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_NETWORK_RESULTS, case=case)
    document = network_document(study_id=study.id, case=case, name=name, viewer=request.user)
    told = {
        "study": study,
        "title": document.title,
        "alone": reverse("report:network-file", args=[slug, case, name]),
        "others": [
            (label, reverse("report:network-file", args=[slug, case, other]))
            for other, label in document.others
        ],
        "back": reverse("report:network", args=[slug, case]),
        "back_label": document.network,
    }
    return with_a_frame(request, render(request, "report/document.html", told))
