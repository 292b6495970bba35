"""One question of a draft: added, changed, and when it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.questionnaire.asked import Asked, Sort
from croisee.questionnaire.conditions import Limits
from croisee.questionnaire.editing import with_question
from croisee.questionnaire.holding import EditRefused
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.forms import (
    ConditionForm,
    QuestionForm,
    choice_rows,
    limits_with,
)
from croisee_web.instruments.queries.drafted import (
    Draft,
    answers_to_question,
    draft,
    speaks_english,
)
from croisee_web.instruments.rules.asking import answered_names, condition_words
from croisee_web.instruments.usecases import change_questionnaire
from croisee_web.instruments.views.editing import GET_POST, drawing, edited, said, version_of
from croisee_web.instruments.vocabulary import LIMITED, LISTING, SORTS
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import StudyRef, reader_language
from croisee_web.study.usecases import ChangedSince


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def question_add(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Write a new question of the sort chosen."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    sort = next((one for one in SORTS if one.value == request.GET.get("genre")), Sort.SINGLE)
    limits = Limits() if sort in LIMITED else None
    asked = Asked(sort=sort, label=Label(""), limits=limits)
    after = request.GET.get("apres", "")
    return _question_page(
        request, study, found, asked, after=after if found.question(after) else None
    )


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def question_edit(
    request: SignedInRequest, slug: str, instrument: str, question: str
) -> HttpResponse:
    """Change the words of a question, its answers, and how it is read."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    asked = found.question(question)
    if asked is None:
        raise NotFound
    return _question_page(request, study, found, asked)


def _question_page(
    request: SignedInRequest,
    study: StudyRef,
    found: Draft,
    asked: Asked,
    *,
    after: str | None = None,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    english = speaks_english(found.book)
    form = QuestionForm(sent, asked=asked, english=english, version=found.version)
    rows = choice_rows(asked, sent) if asked.sort in LISTING else None
    status, why = 200, ""
    if sent is not None:
        status = 422
        if form.is_valid() and (rows is None or rows.is_valid()):
            written = _written(form, rows)
            try:
                _saved(request, study, found, written, after)
            except ChangedSince as late:
                why, status = str(late), late.http_status
                form = QuestionForm(
                    _again(request, found), asked=asked, english=english, version=found.version
                )
            except EditRefused as refused:
                form.add_error(None, said(refused))
            else:
                messages.success(request, _("La question est enregistrée."))
                return redirect("instruments:edit", study.slug, found.code)
    told = {
        "form": form,
        "rows": rows,
        "why": why,
        "answered": _answered(request, study, found, asked),
        "next": found.published + 1,
        **_around(study, found, asked),
    }
    return render(request, "instruments/question.html", told, status=status)


def _written(form: QuestionForm, rows: Any) -> Asked:
    if rows is None:
        return form.question(())
    choices, alone = rows.choices()
    return limits_with(form.question(choices), alone)


def _saved(
    request: SignedInRequest, study: StudyRef, found: Draft, written: Asked, after: str | None
) -> None:
    book: Workbook = found.book
    if found.version == version_of(request):
        book = with_question(book, written, chance=drawing(), after=after)
    change_questionnaire(
        study_id=study.id,
        code=found.code,
        version=version_of(request),
        book=book,
        actor=request.user,
        at=timezone.now(),
    )


def _again(request: SignedInRequest, found: Draft) -> QueryDict:
    """Return what was sent, as if from the version that is there now."""
    sent = request.POST.copy()
    sent["version"] = str(found.version)
    return sent


def _answered(request: SignedInRequest, study: StudyRef, found: Draft, asked: Asked) -> int:
    if not asked.key:
        return 0
    return answers_to_question(study_id=study.id, code=found.code, asked=asked, viewer=request.user)


def _around(study: StudyRef, found: Draft, asked: Asked) -> dict[str, Any]:
    language = reader_language()
    named = answered_names(found.questions)
    return {
        "study": study,
        "code": found.code,
        "name": found.name,
        "asked": asked,
        "sort": SORTS.get(asked.sort, asked.type),
        "label": asked.label.to(language),
        "condition": condition_words(asked.condition, asked.relevant, named, language),
    }


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def condition(request: SignedInRequest, slug: str, instrument: str, question: str) -> HttpResponse:
    """Choose when a question is asked: another one first, then its answers."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    asked = found.question(question)
    if asked is None:
        raise NotFound
    sources = _before(found, asked)
    wanted = request.GET.get("selon", "") or (asked.condition.question if asked.condition else "")
    source = sources.get(wanted)
    form, status, why = None, 200, ""
    if source is not None:
        sent = request.POST if request.method == "POST" and "retirer" not in request.POST else None
        form = ConditionForm(sent, source=replace(source, name=wanted), initial=_now(found, asked))
    if request.method == "POST":
        status = 422
        if "retirer" in request.POST or (form is not None and form.is_valid()):
            chosen = form.condition() if form is not None and form.is_bound else None
            try:
                _saved(request, study, found, replace(asked, condition=chosen, relevant=""), None)
            except ChangedSince as late:
                why, status = str(late), late.http_status
                form = ConditionForm(_again(request, found), source=form.source) if form else None
            except EditRefused as refused:
                why = said(refused)
            else:
                messages.success(request, _("La condition est enregistrée."))
                return redirect("instruments:edit", slug, instrument)
    told = {
        "form": form,
        "why": why,
        "version": found.version,
        "source": source.label.to(reader_language()) if source else "",
        "wanted": wanted,
        "sources": [(name, one.label.to(reader_language())) for name, one in sources.items()],
        **_around(study, found, asked),
    }
    return render(request, "instruments/condition.html", told, status=status)


def _before(found: Draft, asked: Asked) -> dict[str, Asked]:
    """Return the questions with answers to choose that come before one, by name."""
    return {
        name: one
        for name, one in answered_names(found.questions).items()
        if (one.row or 0) < (asked.row or 0)
        and one.choices
        and one.sort is not Sort.RANKING
        and one.key not in asked.sections
    }


def _now(found: Draft, asked: Asked) -> dict[str, Any]:
    now: dict[str, Any] = {"version": found.version}
    if asked.condition is not None:
        now["codes"] = list(asked.condition.codes)
        now["how"] = "sauf" if asked.condition.negated else "si"
    return now
