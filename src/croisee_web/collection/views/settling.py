"""The pages where the team looks at filled forms that were flagged, and decides."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.queries.settling import LookedAnswer, looked_answer, looking
from croisee_web.collection.usecases.by_hand import NotTyped
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.settling import settle, unsettle
from croisee_web.collection.views.by_hand import typed_in
from croisee_web.collection.vocabulary import Decision
from croisee_web.study.queries import study_ref

UNDO = "annuler"


@in_study(Verb.EDIT_STUDY)
@require_safe
def look(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show the filled forms to look at, then those that were settled."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    page = looking(study_id=study.id, collecting_id=number, viewer=request.user)
    return render(request, "collection/look.html", {"study": study, "page": page})


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def look_at_one(request: SignedInRequest, slug: str, number: int, submission: int) -> HttpResponse:
    """Show one filled form and why it is there; take a decision, under a name, or undo it."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    page = looked_answer(
        study_id=study.id,
        collecting_id=number,
        submission_id=submission,
        viewer=request.user,
        at=timezone.now(),
    )
    problem, status = "", 200
    if request.method == "POST":
        try:
            said = _decide(request, number, submission)
        except NotTyped as wrong:
            problem, status = str(wrong), 422
            page = _with_what_was_typed(request, page, wrong)
        except CollectingRefused as refused:
            problem, status = str(refused), refused.http_status
        else:
            messages.success(request, said)
            return redirect("collection:look", slug, number)
    told = {
        "study": study,
        "page": page,
        "number": number,
        "problem": problem,
        "reason": request.POST.get("reason", "")[:500],
        "decisions": Decision,
    }
    return render(request, "collection/look_one.html", told, status=status)


def _decide(request: SignedInRequest, number: int, submission: int) -> str:
    """Do what was asked for; return what to say of it."""
    asked, now = request.POST.get("decision", ""), timezone.now()
    if asked == UNDO:
        unsettle(collecting_id=number, submission_id=submission, actor=request.user, at=now)
        return _("C’est annulé : la réponse est de nouveau à regarder.")
    if asked not in Decision.values:
        raise CollectingRefused(_("Choisissez une décision."))
    settle(
        collecting_id=number,
        submission_id=submission,
        decision=Decision(asked),
        reason=request.POST.get("reason", ""),
        sent=typed_in(request),
        actor=request.user,
        at=now,
    )
    return _("C’est décidé. On peut revenir sur cette décision.")


def _with_what_was_typed(
    request: SignedInRequest, page: LookedAnswer, wrong: NotTyped
) -> LookedAnswer:
    sent, told = typed_in(request), dict(wrong.wrong)
    fields = (
        replace(one, value=sent.get(one.name, one.value), wrong=told.get(one.address, ""))
        for one in page.fields
    )
    return replace(page, fields=tuple(fields))
