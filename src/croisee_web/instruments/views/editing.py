"""Writing a questionnaire: its questions, beside the phone that shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee.formats.xlsform import Workbook
from croisee.questionnaire.editing import moved, without_question
from croisee.questionnaire.holding import EditRefused
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.forms import NameForm
from croisee_web.instruments.http import with_a_frame
from croisee_web.instruments.queries.drafted import draft, draft_page, methods_of
from croisee_web.instruments.usecases import (
    change_questionnaire,
    rename_questionnaire,
    undo_change,
)
from croisee_web.instruments.vocabulary import SORTS
from croisee_web.study.queries import StudyRef, reader_language, study_ref
from croisee_web.study.usecases import ChangedSince

GET_POST = ["GET", "HEAD", "POST"]
Change = Callable[[Workbook], Workbook]


def edited(request: SignedInRequest, slug: str) -> StudyRef:
    """Return the study whose questionnaire is being written."""
    return study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)


def version_of(request: SignedInRequest) -> int:
    """Return the version a page was made from; 0, which none is, when it is not said."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def drawing() -> np.random.Generator:
    """Return the chance that gives a new question its identity."""
    return np.random.default_rng()


@in_study(Verb.EDIT_STUDY)
@require_safe
def edit(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Show a draft: its questions, what to mend in their words, and the phone."""
    return page(request, edited(request, slug), instrument)


def page(
    request: SignedInRequest, study: StudyRef, instrument: str, *, why: str = "", status: int = 200
) -> HttpResponse:
    """Answer the page of a draft; ``why`` says what could not be done."""
    shown = draft_page(study_id=study.id, code=instrument, viewer=request.user)
    asked = request.GET.get("question", "")
    told: dict[str, Any] = {
        "study": study,
        "page": shown,
        "why": why,
        "sorts": [(sort.value, words) for sort, words in SORTS.items()],
        "asked": asked if any(one.key == asked for one in shown.items) else "",
    }
    return with_a_frame(request, render(request, "instruments/edit.html", told, status=status))


def changed(
    request: SignedInRequest, study: StudyRef, instrument: str, change: Change, done: str
) -> HttpResponse:
    """Do a change to a draft, and lead back to its page; say in words what stops it."""
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    try:
        change_questionnaire(
            study_id=study.id,
            code=instrument,
            version=version_of(request),
            book=change(found.book) if found.version == version_of(request) else found.book,
            actor=request.user,
            at=timezone.now(),
        )
    except ChangedSince as late:
        return page(request, study, instrument, why=str(late), status=late.http_status)
    except EditRefused as refused:
        return page(request, study, instrument, why=said(refused), status=409)
    messages.success(request, done)
    return redirect("instruments:edit", study.slug, instrument)


def said(refused: EditRefused) -> str:
    """Return a refusal of the editor and what to do, in the reader's language."""
    language = reader_language()
    return f"{refused.message.to(language)} {refused.remedy.to(language)}"


@in_study(Verb.EDIT_STUDY)
@require_POST
def question_move(
    request: SignedInRequest, slug: str, instrument: str, question: str
) -> HttpResponse:
    """Put a question one place earlier, or later."""
    down = request.POST.get("vers") == "bas"
    return changed(
        request,
        edited(request, slug),
        instrument,
        lambda book: moved(book, question, down=down),
        _("La question est déplacée."),
    )


@in_study(Verb.EDIT_STUDY)
@require_POST
def question_remove(
    request: SignedInRequest, slug: str, instrument: str, question: str
) -> HttpResponse:
    """Take a question out of a draft; « annuler » brings it back."""
    return changed(
        request,
        edited(request, slug),
        instrument,
        lambda book: without_question(book, question),
        _("La question est retirée du brouillon. « Annuler » la remet."),
    )


@in_study(Verb.EDIT_STUDY)
@require_POST
def undo(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Undo the last change, or do it again."""
    study = edited(request, slug)
    try:
        undo_change(
            study_id=study.id,
            code=instrument,
            version=version_of(request),
            actor=request.user,
            at=timezone.now(),
        )
    except ChangedSince as late:
        return page(request, study, instrument, why=str(late), status=late.http_status)
    messages.success(request, _("C’est fait."))
    return redirect("instruments:edit", slug, instrument)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def rename(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Change how a questionnaire is called, and its method; or remove it."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    methods = methods_of(study_id=study.id, viewer=request.user)
    initial = {
        "name_fr": found.name_fr,
        "name_en": found.name_en,
        "method": found.method,
        "version": found.version,
    }
    posted = request.POST if request.method == "POST" else None
    form, status = NameForm(posted, initial=initial, methods=methods), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                rename_questionnaire(
                    study_id=study.id,
                    code=instrument,
                    version=form.cleaned_data["version"],
                    name=form.name(),
                    method=form.cleaned_data["method"],
                    actor=request.user,
                    at=timezone.now(),
                )
            except ChangedSince as late:
                return page(request, study, instrument, why=str(late), status=late.http_status)
            messages.success(request, _("C’est enregistré."))
            return redirect("instruments:edit", slug, instrument)
    told = {"study": study, "form": form, "code": found.code, "name": found.name}
    return render(request, "instruments/rename.html", told, status=status)
