"""The page where answers are taken away, in the format of one's choice."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.queries.takable import taking
from croisee_web.collection.usecases.taking import take_out
from croisee_web.study.queries import study_ref


@in_study(Verb.READ_CORPUS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_answers(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show what each format says and does not; give the one asked for."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_CORPUS)
    if request.method != "POST":
        page = taking(study_id=study.id, collecting_id=number, viewer=request.user)
        return render(request, "collection/take.html", {"study": study, "page": page})
    taken = take_out(
        study_id=study.id,
        collecting_id=number,
        how=request.POST.get("format", ""),
        actor=request.user,
        at=timezone.now(),
    )
    response = HttpResponse(taken.content, content_type="application/zip")
    name = content_disposition_header(as_attachment=True, filename=taken.name)
    response.headers["Content-Disposition"] = name or "attachment"
    return response
