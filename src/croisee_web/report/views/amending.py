"""After the seal: what may still be done to a release, prepared, decided, done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.report.forms import DECISIONS, AddForm, RemoveForm, SureForm
from croisee_web.report.queries import AfterSeal, after_seal, amendment_page
from croisee_web.report.usecases import decide_amendment, drop_amendment, propose_amendment
from croisee_web.report.views.team import REFRESH
from croisee_web.study.queries import study_ref

_GET_POST = ["GET", "HEAD", "POST"]
TO_CORRECT = 422


@in_study(Verb.SEAL)
@require_safe
def after_the_seal(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what may be done to the sealed release, and what was."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEAL)
    page = after_seal(study_id=study.id, viewer=request.user)
    return render(request, "report/after_seal.html", {"study": study, "page": page})


@in_study(Verb.SEAL)
@require_http_methods(_GET_POST)
def amend(request: SignedInRequest, slug: str, act: str) -> HttpResponse:
    """Choose what is changed, and say why; nothing changes yet."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEAL)
    if act not in DECISIONS:
        raise NotFound
    page = after_seal(study_id=study.id, viewer=request.user)
    form = DECISIONS[act](sent(request), **_choices(act, page))
    if form.is_bound and form.is_valid():
        made = propose_amendment(
            study_id=study.id, wish=form.wish(), actor=request.user, at=timezone.now()
        )
        return redirect("report:amendment", slug, made.pk)
    told = {"study": study, "page": page, "form": form, "act": act}
    status = TO_CORRECT if form.errors else 200
    return render(request, "report/amend.html", told, status=status)


def _choices(act: str, page: AfterSeal) -> dict[str, Any]:
    if DECISIONS[act] is RemoveForm:
        kinds = ("tables", "findings", "quotes")
        return {kind: page.removable.get(kind, ()) for kind in kinds}
    return {"tables": page.addable} if DECISIONS[act] is AddForm else {}


@in_study(Verb.SEAL)
@require_http_methods(_GET_POST)
def amendment(request: SignedInRequest, slug: str, amendment: int) -> HttpResponse:
    """Show what a change would do, or did; take the decision, or give it up."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEAL)
    form = SureForm(sent(request))
    at = timezone.now()
    page = amendment_page(study_id=study.id, amendment_id=amendment, viewer=request.user)
    if request.method == "POST" and "drop" in request.POST:
        drop_amendment(study_id=study.id, amendment_id=amendment, actor=request.user, at=at)
        return redirect("report:after-seal", slug)
    if form.is_bound and form.is_valid():
        decide_amendment(study_id=study.id, amendment_id=amendment, actor=request.user, at=at)
        return redirect("report:amendment", slug, amendment)
    told = {"study": study, "page": page, "form": form}
    status = TO_CORRECT if form.errors else 200
    response = render(request, "report/amendment.html", told, status=status)
    if page.job is not None and page.job.under_way:
        response.headers["Refresh"] = REFRESH
    return response
