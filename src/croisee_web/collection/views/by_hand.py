"""Typing paper sheets and interviews, as fast as the keyboard; some twice, compared."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import SheetForm
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.by_hand import again, typing
from croisee_web.collection.rules.by_hand import PREFIX, HandField, blank, hand_fields
from croisee_web.collection.rules.filled import Refused
from croisee_web.collection.usecases.by_hand import (
    NotTyped,
    decide,
    draw_one,
    enter_again,
    enter_sheet,
)
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.instruments.queries import published_form
from croisee_web.study.queries import StudyRef, reader_language, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def entry(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take one sheet, then show the next blank one."""
    study = _study(request, slug)
    page = typing(study_id=study.id, collecting_id=number, viewer=request.user)
    wrong: dict[str, str] = {}
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        cases=page.cases,
        initial={
            "seed": secrets.randbelow(2**62) + 1,
            "begun": timezone.now().timestamp(),
            "way": request.GET.get("moyen", ""),
            "case": request.GET.get("reseau", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            typed = enter_sheet(
                collecting_id=page.id,
                sheet=form.sheet(typed_in(request)),
                actor=request.user,
                at=timezone.now(),
            )
        except NotTyped as refused:
            wrong = dict(refused.wrong)
            form.add_error(None, str(refused))
        except (Refused, CollectingRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _kept(form.cleaned_data["number"], typed.left_out))
            told = f"?moyen={form.cleaned_data['way']}&reseau={form.cleaned_data['case']}"
            return redirect(f"{request.path}{told}")
    told_page = {
        "study": study,
        "page": page,
        "form": form,
        "fields": _fields(request, page.published_id, wrong),
    }
    status = 422 if form.errors else 200
    return render(request, "collection/entry.html", told_page, status=status)


@in_study(Verb.EDIT_STUDY)
@require_POST
def draw(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Draw a sheet to type a second time."""
    study = _study(request, slug)
    page = typing(study_id=study.id, collecting_id=number, viewer=request.user)
    drawn = draw_one(collecting_id=page.id, actor=request.user, at=timezone.now())
    if drawn is None:
        messages.info(request, _("Aucune feuille numérotée n’attend une seconde saisie."))
        return redirect("collection:entry", slug, number)
    return redirect("collection:entry-second", slug, number, drawn.pk)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def second(request: SignedInRequest, slug: str, number: int, entry: int) -> HttpResponse:
    """Take a sheet a second time; nothing of the first typing is shown."""
    study = _study(request, slug)
    page = again(
        study_id=study.id,
        collecting_id=number,
        entry_id=entry,
        viewer=request.user,
        at=timezone.now(),
    )
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            differing = enter_again(
                collecting_id=number,
                entry_id=page.id,
                sent=typed_in(request),
                actor=request.user,
                at=timezone.now(),
            )
        except NotTyped as refused:
            wrong = dict(refused.wrong)
        else:
            if differing:
                return redirect("collection:entry-compared", slug, number, entry)
            messages.success(request, _("Les deux saisies sont pareilles."))
            return redirect("collection:entry", slug, number)
    told = {
        "study": study,
        "page": page,
        "number": number,
        "wrong": wrong,
        "fields": _fields(request, page.published_id, wrong),
    }
    status = 422 if wrong else 200
    return render(request, "collection/entry_second.html", told, status=status)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def compared(request: SignedInRequest, slug: str, number: int, entry: int) -> HttpResponse:
    """Show both typings side by side; take a decision, under a name."""
    study = _study(request, slug)
    page = again(
        study_id=study.id,
        collecting_id=number,
        entry_id=entry,
        viewer=request.user,
        at=timezone.now(),
    )
    problem, status = "", 200
    if request.method == "POST":
        try:
            changed = decide(
                collecting_id=number,
                entry_id=page.id,
                kept=typed_in(request, whole=False),
                actor=request.user,
                at=timezone.now(),
            )
        except CollectingRefused as refused:
            problem, status = str(refused), refused.http_status
        else:
            text = ngettext(
                "C’est décidé : %(n)s réponse corrigée.",
                "C’est décidé : %(n)s réponses corrigées.",
                changed,
            )
            messages.success(request, text % {"n": changed})
            return redirect("collection:entry", slug, number)
    told = {"study": study, "page": page, "number": number, "problem": problem, "prefix": PREFIX}
    return render(request, "collection/entry_compared.html", told, status=status)


def _study(request: SignedInRequest, slug: str) -> StudyRef:
    return study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)


def typed_in(request: SignedInRequest, *, whole: bool = True) -> dict[str, str]:
    """Return what was typed by field; ``whole=False``: by question's address."""
    start = 0 if whole else len(PREFIX)
    return {
        name[start:]: value[:20_000].replace("\x00", "")
        for name, value in request.POST.items()
        if name.startswith(PREFIX) and isinstance(value, str)
    }


def _fields(
    request: SignedInRequest, published: int, wrong: dict[str, str]
) -> tuple[HandField, ...]:
    language = form_language(published, reader_language())
    sheet = blank(published_form(published), seed=1, at=timezone.now(), language=language)
    return hand_fields(sheet, typed_in(request), wrong)


def _kept(number: str, left_out: int) -> str:
    told = (
        _("La feuille %(number)s est reçue.") % {"number": number}
        if number
        else _("La feuille est reçue.")
    )
    if not left_out:
        return told
    more = ngettext(
        "%(n)s réponse a été laissée de côté : la question ne se posait pas.",
        "%(n)s réponses ont été laissées de côté : les questions ne se posaient pas.",
        left_out,
    )
    return f"{told} {more % {'n': left_out}}"
