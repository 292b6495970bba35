"""A list of participants: sent, looked at line by line, confirmed."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from croisee.formats import FormatRefused, Line, read_grid
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.people.forms import PeopleConfirmForm, PeopleFileForm
from croisee_web.people.queries import form_cards, reader_language
from croisee_web.people.queries.incoming import NewPerson, PeopleReport, read_people
from croisee_web.people.usecases import (
    CollectionClosed,
    FormNotPublished,
    ParentNeeded,
    import_people,
)
from croisee_web.study.queries import StudyRef, study_ref

DAY = 24 * 60 * 60


@in_study(Verb.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def people_file(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the file of a list, and show what each of its lines would become."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_PARTICIPANTS)
    if request.method != "POST":
        return _asked(request, study, PeopleFileForm(), 200)
    form = PeopleFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            lines = _lines(form.cleaned_data["file"])
        except FormatRefused as refused:
            told = f"{refused.message.to(reader_language())} {refused.remedy.to(reader_language())}"
            form.add_error("file", told)
        else:
            report = read_people(study_id=study.id, lines=lines)
            if not report.missing:
                return _shown(request, study, report)
            form.add_error(
                "file", _("La première ligne doit nommer les colonnes « code » et « réseau ».")
            )
    return _asked(request, study, form, 422)


@in_study(Verb.EDIT_PARTICIPANTS)
@require_POST
def people_confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Inscribe the people of a list that was looked at."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_PARTICIPANTS)
    try:
        rows = signing.loads(request.POST.get("read", ""), salt=_salt(study), max_age=DAY)
    except signing.BadSignature:
        messages.warning(request, _("Cette liste n’est plus là. Envoyez-la de nouveau."))
        return redirect("people:people-file", slug)
    people = tuple(NewPerson(**row) for row in rows)
    form = _confirm(study, people, request.POST)
    status = 422
    if form.is_valid():
        try:
            count = import_people(
                study_id=study.id,
                people=people,
                form=form.shown(),
                actor=request.user,
                at=timezone.now(),
            )
        except (CollectionClosed, FormNotPublished, ParentNeeded) as refused:
            form.add_error(None, str(refused))
            status = refused.http_status
        else:
            text = ngettext(
                "%(n)d personne est inscrite.", "%(n)d personnes sont inscrites.", count
            )
            messages.success(request, text % {"n": count})
            return redirect("people:register", slug)
    told = {"study": study, "form": form, "people": people, "report": None}
    return render(request, "people/people_preview.html", told, status=status)


def _asked(
    request: SignedInRequest, study: StudyRef, form: PeopleFileForm, status: int
) -> HttpResponse:
    return render(request, "people/people_file.html", {"study": study, "form": form}, status=status)


def _shown(request: SignedInRequest, study: StudyRef, report: PeopleReport) -> HttpResponse:
    read = signing.dumps(
        [asdict(person) for person in report.people], salt=_salt(study), compress=True
    )
    form = _confirm(study, report.people, None, initial={"read": read})
    told = {"study": study, "report": report, "form": form, "people": report.people}
    return render(request, "people/people_preview.html", told)


def _confirm(
    study: StudyRef, people: tuple[NewPerson, ...], sent: Any, **more: Any
) -> PeopleConfirmForm:
    return PeopleConfirmForm(
        sent,
        published=form_cards(study_id=study.id, published=True),
        answered=any(person.answers for person in people),
        **more,
    )


def _salt(study: StudyRef) -> str:
    return f"people.import.{study.id}"


def _lines(sent: Any) -> tuple[Line, ...]:
    """Read the file from a folder that is gone right after."""
    with tempfile.TemporaryDirectory(prefix="croisee-") as folder:
        path = Path(folder) / f"liste{Path(sent.name).suffix.lower()}"
        with path.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        return read_grid(path)
