"""The registers, the collection notice and the ethics dossier."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee.report import paper_pdf
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.forms import register_form
from croisee_web.people.queries.announcing import in_groups
from croisee_web.people.queries.notice import collection_notice, notice_text
from croisee_web.people.queries.papers import pledge_paper
from croisee_web.people.queries.registers import (
    Entry,
    Register,
    register_called,
    register_counts,
    register_entries,
)
from croisee_web.people.usecases import (
    ChangedMeanwhile,
    export_register,
    give_dossier,
    write_in_register,
)
from croisee_web.people.views.files import private_file
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.EDIT_ETHICS)
@require_safe
def registers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the registers that the law asks for, and the dossier of the ethics board."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    counts = register_counts(study_id=study.id, viewer=request.user)
    return render(request, "people/registers.html", {"study": study, "registers": counts})


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def register_lines(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """Show a register, and add a line to it."""
    study, register, entries = _opened(request, slug, name)
    return _written(request, study, register, entries, None)


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def register_line(request: SignedInRequest, slug: str, name: str, number: int) -> HttpResponse:
    """Correct a line of a register."""
    study, register, entries = _opened(request, slug, name)
    entry = next((one for one in entries if one.id == number), None)
    if entry is None:
        raise NotFound
    return _written(request, study, register, entries, entry)


@in_study(Verb.EDIT_ETHICS)
@require_POST
def register_csv(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """Give a register as CSV."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    register = register_called(name)
    content = export_register(
        study_id=study.id, register=register, actor=request.user, at=timezone.now()
    )
    return private_file(content, f"registre-{register.name}.csv", "text/csv; charset=utf-8")


@in_study(Verb.EDIT_ETHICS)
@require_POST
def dossier(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the ethics dossier."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    packed = give_dossier(study_id=study.id, actor=request.user, at=timezone.now())
    return private_file(packed, "dossier-CER.zip", "application/zip")


@in_study(Verb.EDIT_ETHICS)
@require_safe
def notice(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the collection notice made of what the study says, and its text to paste."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    parts = collection_notice(study_id=study.id)
    told = {
        "study": study,
        "parts": parts,
        "text": notice_text(parts),
        "groups": in_groups(study_id=study.id),
    }
    return render(request, "people/notice.html", told)


@in_study(Verb.EDIT_ETHICS)
@require_safe
def pledge(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the pledge that the members of a group sign."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    on = timezone.now().astimezone(ZoneInfo(study.timezone)).date()
    content = paper_pdf(pledge_paper(study_id=study.id, on=on))
    return private_file(content, "engagement-groupe.pdf", "application/pdf")


def _opened(
    request: SignedInRequest, slug: str, name: str
) -> tuple[StudyRef, Register, tuple[Entry, ...]]:
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    register = register_called(name)
    today = timezone.now().astimezone(ZoneInfo(study.timezone)).date()
    entries = register_entries(study_id=study.id, register=register, viewer=request.user, on=today)
    return study, register, entries


def _written(
    request: SignedInRequest,
    study: StudyRef,
    register: Register,
    entries: tuple[Entry, ...],
    entry: Entry | None,
) -> HttpResponse:
    start: dict[str, Any] = {**entry.values, "version": entry.version} if entry else {}
    sent = request.POST if request.method == "POST" else None
    form, status = register_form(register)(sent, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version") or 0
            try:
                write_in_register(
                    study_id=study.id,
                    register=register,
                    values=values,
                    actor=request.user,
                    at=timezone.now(),
                    line_id=entry.id if entry else None,
                    version=version,
                )
            except ChangedMeanwhile as late:
                form.add_error(None, str(late))
                status = late.http_status
            else:
                messages.success(request, _("C’est enregistré."))
                return redirect("people:register-lines", study.slug, register.name)
    told = {
        "study": study,
        "register": register,
        "entries": () if entry else entries,
        "form": form,
        "entry": entry,
    }
    return render(request, "people/register_lines.html", told, status=status)
