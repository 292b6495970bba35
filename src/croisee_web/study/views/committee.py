"""The committee: its meetings, its decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.study.forms import show_conflict
from croisee_web.study.forms.committee import DecisionForm, MeetingForm
from croisee_web.study.models import Decision, Meeting
from croisee_web.study.queries import PartRow, StudyRef, study_ref
from croisee_web.study.queries.committee import (
    committee_of,
    decisions_of,
    meeting_choices,
    one_of_committee,
)
from croisee_web.study.usecases import RowEdit, RowsChangedSince, save_rows


def _study(request: SignedInRequest, slug: str) -> StudyRef:
    return study_ref(slug=slug, viewer=request.user, verb=Verb.COMMITTEE)


@in_study(Verb.COMMITTEE)
@require_safe
def meetings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who sits and when they meet."""
    study = _study(request, slug)
    committee = committee_of(study_id=study.id, viewer=request.user, on=timezone.localdate())
    told = {"study": study, "committee": committee}
    return render(request, "study/meetings.html", told)


@in_study(Verb.COMMITTEE)
@require_safe
def decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what was decided, searched by words."""
    study = _study(request, slug)
    text = request.GET.get("cherche", "").replace("\x00", "").strip()[:100]
    page = request.GET.get("page", "")
    found = decisions_of(
        study_id=study.id,
        viewer=request.user,
        text=text,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )
    told = {"study": study, "decisions": found, "text": text}
    return render(request, "study/decisions.html", told)


@in_study(Verb.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a meeting."""
    return _edited(request, slug, "meetings", None)


@in_study(Verb.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: SignedInRequest, slug: str, meeting: int) -> HttpResponse:
    """Edit a meeting, its agenda and its minutes."""
    return _edited(request, slug, "meetings", meeting)


@in_study(Verb.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down a decision."""
    return _edited(request, slug, "decisions", None)


@in_study(Verb.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: SignedInRequest, slug: str, decision: int) -> HttpResponse:
    """Correct a decision."""
    return _edited(request, slug, "decisions", decision)


def _form(part: str, study_id: int, **told: Any) -> forms.Form:
    if part == "meetings":
        return MeetingForm(**told)
    return DecisionForm(**told, meetings=meeting_choices(study_id=study_id))


def _edited(request: SignedInRequest, slug: str, part: str, number: int | None) -> HttpResponse:
    """Edit one meeting or decision, or add one."""
    study = _study(request, slug)
    model = Meeting if part == "meetings" else Decision
    saved = (
        one_of_committee(study_id=study.id, model=model, number=number, viewer=request.user)
        if number
        else PartRow(0, 0, {})
    )
    initial = {**saved.values, "version": saved.version}
    sent = request.POST if request.method == "POST" else None
    form, status = _form(part, study.id, data=sent, initial=initial), 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                _save(request, study, part, form, number)
            except RowsChangedSince as late:
                form = _compared(request, study, part, saved, str(late))
                status = late.http_status
            else:
                messages.success(request, _("C’est enregistré."))
                return redirect(f"study:{part}", slug)
    told = {"study": study, "form": form, "part": part, "number": number}
    return render(request, "study/committee_edit.html", told, status=status)


def _save(
    request: SignedInRequest, study: StudyRef, part: str, form: forms.Form, number: int | None
) -> None:
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    save_rows(
        study_id=study.id,
        part=part,
        rows=[
            RowEdit(
                values,
                number,
                form.cleaned_data["version"] or 0,
                removed=bool(number) and "retirer" in request.POST,
            )
        ],
        actor=request.user,
        at=timezone.now(),
    )


def _compared(
    request: SignedInRequest, study: StudyRef, part: str, saved: PartRow, text: str
) -> forms.Form:
    sent = request.POST.copy()
    sent["version"] = str(saved.version)
    form = _form(part, study.id, data=sent)
    form.is_valid()
    show_conflict(form, saved.values, text)
    return form
