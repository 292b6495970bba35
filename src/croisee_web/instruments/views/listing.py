"""The questionnaires of a study, and the ways to start one."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.questionnaire.exchanges import Loss
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.forms import BlankForm, FileForm
from croisee_web.instruments.queries.listed import (
    codebook_to_start_from,
    codebooks_to_start_from,
    models_to_start_from,
    questionnaires,
)
from croisee_web.instruments.rules import (
    Beginning,
    QuestionnaireRefused,
    asked_rows,
    from_nothing,
    from_template,
    questionnaire_sent,
    setting,
)
from croisee_web.instruments.rules.starting import KEPT, beginning_kept, kept_beginning
from croisee_web.instruments.usecases import remove_questionnaire, start_questionnaire
from croisee_web.study.queries import StudyRef, reader_language, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.EDIT_STUDY)
@require_safe
def listing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the questionnaires; where there is none, what one may start from."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    told = {
        "study": study,
        "listed": questionnaires(study_id=study.id, viewer=request.user),
        **_starts(request, study),
    }
    return render(request, "instruments/list.html", told)


def _starts(request: SignedInRequest, study: StudyRef) -> dict[str, object]:
    return {
        "models": models_to_start_from(),
        "codebooks": codebooks_to_start_from(study_id=study.id, viewer=request.user),
    }


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Start a questionnaire from a template, a codebook of the study, or a blank page."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    form = BlankForm(request.POST if "vide" in request.POST else None)
    status = 200
    if request.method == "POST":
        found = _chosen(request, study, form)
        if found is not None:
            return _started(request, study, found)
        status = 422
    told = {"study": study, "form": form, **_starts(request, study)}
    return render(request, "instruments/start.html", told, status=status)


def _chosen(request: SignedInRequest, study: StudyRef, form: BlankForm) -> Beginning | None:
    if "modele" in request.POST:
        return from_template(request.POST["modele"])
    if "livre" in request.POST:
        return codebook_to_start_from(
            study_id=study.id, code=request.POST["livre"], viewer=request.user
        )
    if form.is_bound and form.is_valid():
        return from_nothing(form.name(), form.whom())
    return None


def _started(request: SignedInRequest, study: StudyRef, found: Beginning) -> HttpResponse:
    code = start_questionnaire(
        study_id=study.id,
        name=found.name,
        book=found.book,
        subject=found.subject,
        code=found.code,
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Le questionnaire est commencé. Rien n’est publié."))
    return redirect("instruments:edit", study.slug, code)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def take_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """Start a questionnaire from a file; a faulty one is refused with every place.

    What its format said and a questionnaire cannot is listed, before anything is kept.
    """
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    posted = request.method == "POST"
    if posted and KEPT in request.POST:
        return _started(request, study, beginning_kept(request.POST[KEPT], study.id))
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    told = {"study": study, "form": form, "faults": ()}
    if posted and form.is_valid():
        try:
            found = questionnaire_sent(form.cleaned_data["file"].chunks())
        except QuestionnaireRefused as refused:
            told["faults"] = refused.faults
        else:
            name = form.name() if form.cleaned_data["name_fr"] else _title_of(found.workbook)
            beginning = Beginning(name, form.whom(), found.workbook)
            if not found.losses:
                return _started(request, study, beginning)
            return _asked_again(request, study, beginning, found.losses)
    status = 422 if posted else 200
    return render(request, "instruments/import.html", told, status=status)


def _asked_again(
    request: SignedInRequest, study: StudyRef, found: Beginning, losses: Sequence[Loss]
) -> HttpResponse:
    """Show what is lost; the questionnaire travels with the page, signed, until it is kept."""
    language = reader_language()
    told = {
        "study": study,
        "name": found.name.to(language),
        "questions": len(asked_rows(found.book)),
        "losses": [(one.question, one.what.to(language)) for one in losses],
        "kept": kept_beginning(found, study.id),
        "field": KEPT,
    }
    return render(request, "instruments/import_losses.html", told)


def _title_of(book: Workbook) -> Label:
    return Label((setting(book, "form_title") or _("Questionnaire importé"))[:300])


@in_study(Verb.EDIT_STUDY)
@require_POST
def remove(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Remove a draft that was never published."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    remove_questionnaire(study_id=study.id, code=instrument, actor=request.user, at=timezone.now())
    messages.success(request, _("Le questionnaire est retiré."))
    return redirect("instruments:list", slug)
