"""The bank of questions, and the questions taken from it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from croisee.questionnaire.editing import with_question
from croisee.questionnaire.holding import EditRefused
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.queries.bank import bank_of, question_borrowed
from croisee_web.instruments.queries.drafted import draft
from croisee_web.instruments.queries.listed import questionnaires
from croisee_web.instruments.usecases import change_questionnaire
from croisee_web.instruments.views.editing import drawing, edited, page, said
from croisee_web.study.queries import StudyRef
from croisee_web.study.usecases import ChangedSince


@in_study(Verb.EDIT_STUDY)
@require_safe
def bank(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search the questions already asked."""
    return _bank(request, edited(request, slug))


def _bank(
    request: SignedInRequest, study: StudyRef, *, why: str = "", status: int = 200
) -> HttpResponse:
    text = request.GET.get("cherche", "").replace("\x00", "").strip()[:100]
    listed = questionnaires(study_id=study.id, viewer=request.user)
    wanted = request.GET.get("pour", "")
    told = {
        "study": study,
        "text": text,
        "bank": bank_of(study_id=study.id, viewer=request.user, text=text),
        "listed": listed,
        "target": next((one for one in listed if one.code == wanted), None),
        "why": why,
    }
    return render(request, "instruments/bank.html", told, status=status)


@in_study(Verb.EDIT_STUDY)
@require_POST
def borrow(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a question of the bank at the end of a questionnaire, with its identity."""
    study = edited(request, slug)
    instrument = request.POST.get("pour", "")
    if not instrument:
        why = _("Choisissez d’abord le questionnaire où ajouter la question.")
        return _bank(request, study, why=why, status=422)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    asked = question_borrowed(
        study_id=study.id, viewer=request.user, address=request.POST.get("question", "")
    )
    if any(one.identity == asked.identity for one in found.questions):
        why = _("Cette question est déjà dans le questionnaire : rien n’est ajouté.")
        return page(request, study, instrument, why=why, status=409)
    fresh = replace(
        asked, key="", name="", condition=None, relevant="", sections=(), row=None, type=""
    )
    try:
        change_questionnaire(
            study_id=study.id,
            code=instrument,
            version=found.version,
            book=with_question(found.book, fresh, chance=drawing()),
            actor=request.user,
            at=timezone.now(),
        )
    except ChangedSince as late:
        return page(request, study, instrument, why=str(late), status=late.http_status)
    except EditRefused as refused:
        return page(request, study, instrument, why=said(refused), status=409)
    messages.success(request, _("La question est ajoutée à la fin du questionnaire."))
    return redirect("instruments:edit", slug, instrument)
