"""An incident: its decision, its notices."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.forms import InjuryForm
from croisee_web.people.queries.incidents import (
    CONTENTS_CHECKED,
    IncidentPage,
    NoticeKind,
    incident_page,
    notice_paper,
)
from croisee_web.people.rules import TREE, Suggested
from croisee_web.people.usecases import ChangedMeanwhile, ReasonNeeded, decide_injury, give_notice
from croisee_web.people.views.files import private_file
from croisee_web.study.queries import StudyRef, study_ref


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show an incident; decide whether it presents a risk of serious injury."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    page = incident_page(study_id=study.id, number=number, viewer=request.user, on=_today(study))
    form, status = InjuryForm(sent(request), initial=_start(page)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decide_injury(
                    study_id=study.id,
                    number=number,
                    judged=form.judged(),
                    version=form.cleaned_data["version"],
                    actor=request.user,
                    at=timezone.now(),
                )
            except (ChangedMeanwhile, ReasonNeeded) as refused:
                place = "why" if isinstance(refused, ReasonNeeded) else None
                form.add_error(place, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("La décision est notée, et le registre la dit."))
                return redirect("people:incident", study.slug, number)
    tree = [(question, leads is Suggested.SERIOUS) for question, leads in TREE]
    told = {"study": study, "incident": page, "form": form, "tree": tree, "kinds": NoticeKind}
    return render(request, "people/incident.html", told, status=status)


def _start(page: IncidentPage) -> dict[str, Any]:
    start: dict[str, Any] = {**page.values, "version": page.version}
    if page.decision is not None:
        start["serious"] = "oui" if page.decision.serious else "non"
    return start


@in_study(Verb.EDIT_ETHICS)
@require_safe
def incident_notice(request: SignedInRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Show a notice with what is known, and what is still to be written."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    to = _kind(kind)
    page = incident_page(study_id=study.id, number=number, viewer=request.user, on=_today(study))
    told = {
        "study": study,
        "incident": page,
        "kind": to,
        "paper": notice_paper(study_id=study.id, number=number, kind=to, on=_today(study)),
        "checked": CONTENTS_CHECKED[to],
    }
    return render(request, "people/incident_notice.html", told)


@in_study(Verb.EDIT_ETHICS)
@require_POST
def incident_notice_pdf(
    request: SignedInRequest, slug: str, number: int, kind: str
) -> HttpResponse:
    """Give a notice as a PDF to send."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    content = give_notice(
        study_id=study.id,
        number=number,
        kind=_kind(kind),
        actor=request.user,
        at=timezone.now(),
        on=_today(study),
    )
    return private_file(content, f"avis-{kind}-{number}.pdf", "application/pdf")


def _kind(name: str) -> NoticeKind:
    if name not in NoticeKind.values:
        raise NotFound
    return NoticeKind(name)


def _today(study: StudyRef) -> date:
    return timezone.now().astimezone(ZoneInfo(study.timezone)).date()
