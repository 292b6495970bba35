"""A network's frame: its members, a list being read, one member."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee.studyfolder.memberlist import Decision, ReadLine
from croisee.studyfolder.words import propose_code
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.study.forms import show_conflict
from croisee_web.study.forms.members import PARTS, ColumnsForm, MemberForm, UploadForm
from croisee_web.study.queries import StudyRef, reader_language, study_ref
from croisee_web.study.queries.memberlists import list_preview
from croisee_web.study.queries.networks import NetworkRef, member_of, members, network_ref
from croisee_web.study.usecases.description import ChangedSince
from croisee_web.study.usecases.members import (
    ListUnreadable,
    MemberEdit,
    Place,
    StillUndecided,
    choose_in_list,
    confirm_list,
    drop_list,
    read_list,
    remove_member,
    save_member,
)
from croisee_web.study.usecases.parts import CodeTaken

SEEN = ("a-verifier", "refusee", "acceptee", "absents")


def _edited(request: SignedInRequest, slug: str, code: str) -> tuple[StudyRef, NetworkRef]:
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    network = network_ref(study_id=study.id, code=code, viewer=request.user, verb=Verb.EDIT_STUDY)
    return study, network


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def member_page(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show a network's members, a page at a time."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    network = network_ref(study_id=study.id, code=code, viewer=request.user)
    waves = [one.code for one in network.editions]
    edition = request.GET.get("edition", "")
    text = request.GET.get("cherche", "").replace("\x00", "").strip()[:100]
    found = members(
        case_id=network.id,
        edition=edition if edition in waves else "",
        text=text,
        page=_number(request.GET.get("page")),
    )
    told = {
        "study": study,
        "network": network,
        "members": found,
        "edition": edition,
        "text": text,
        "may_edit": Verb.EDIT_STUDY in study.verbs,
        "waves": {one.code: str(one) for one in network.editions},
    }
    return render(request, "study/members.html", told)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def list_upload(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Take the file of a member list."""
    study, network = _edited(request, slug, code)
    form, status = UploadForm(network=network), 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, network=network)
        status = 422
        if form.is_valid():
            try:
                number = _read(request, study, network, form.cleaned_data)
            except ListUnreadable as refused:
                form.add_error("file", str(refused))
            else:
                return redirect("study:list-preview", slug, code, number)
    told = {"study": study, "network": network, "form": form}
    return render(request, "study/list_upload.html", told, status=status)


def _read(
    request: SignedInRequest, study: StudyRef, network: NetworkRef, told: dict[str, Any]
) -> int:
    """Read the file from a folder that is gone right after."""
    sent = told["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"liste{Path(sent.name).suffix.lower()}"
        with path.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        return read_list(
            study_id=study.id,
            place=Place(network.id, told.get("component", ""), told["edition"]),
            path=path,
            file_name=sent.name,
            actor=request.user,
            at=timezone.now(),
        )


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def list_seen(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """Show what confirming a list would write; take its columns and the decisions on its lines."""
    study, network = _edited(request, slug, code)
    seen = request.GET.get("voir", "")
    told = {"study_id": study.id, "case_id": network.id, "list_id": number}
    page = _number(request.GET.get("page"))
    preview = list_preview(**told, viewer=request.user, seen=seen, page=page)
    if seen not in SEEN:
        seen = "a-verifier" if preview.counts.check else "acceptee"
        preview = list_preview(**told, viewer=request.user, seen=seen, page=page)
    columns, status = ColumnsForm(preview=preview), 200
    if request.method == "POST":
        columns, status = ColumnsForm(request.POST, preview=preview), 422
        choices = _choices(request, columns)
        if choices is not None:
            try:
                choose_in_list(
                    study_id=study.id,
                    place=Place(network.id),
                    list_id=number,
                    choices=choices,
                    version=_number(request.POST.get("version")),
                    actor=request.user,
                    at=timezone.now(),
                )
            except ChangedSince as late:
                messages.error(request, str(late))
            return redirect(request.get_full_path())
    return render(
        request,
        "study/list_preview.html",
        {
            "study": study,
            "network": network,
            "preview": preview,
            "columns": columns,
            "seen": seen,
            "lines": [_line(one) for one in preview.lines],
            "read_as": [
                (label, preview.heading.names[preview.columns[part]])
                for part, label in PARTS.items()
                if preview.columns.get(part, len(preview.heading.names))
                < len(preview.heading.names)
            ],
        },
        status=status,
    )


def _line(read: ReadLine) -> dict[str, Any]:
    """Return a line in the reader's words."""
    labels = {
        Decision.KEEP: _("Garder : c’est un membre à part"),
        Decision.SAME: _("C’est le même : mettre à jour"),
        Decision.LEAVE: _("Laisser de côté"),
    }
    changes = {
        "ajout": _("à ajouter"),
        "renommage": _("renommé"),
        "modification": _("mis à jour"),
        "inchange": _("déjà là"),
    }
    return {
        "line": read.line,
        "member": read.member,
        "why": [phrase.to(reader_language()) for phrase in read.why],
        "change": changes.get(read.change.value, ""),
        "choices": [(one.value, labels[one], one is read.decision) for one in read.choices],
        "undecided": read.undecided,
    }


def _choices(request: SignedInRequest, columns: ColumnsForm) -> dict[str, Any] | None:
    """Return what was chosen, or nothing when the columns must be corrected."""
    if "lire" in request.POST:
        return columns.choices() if columns.is_valid() else None
    known = {decision.value for decision in Decision}
    decisions = {
        name.removeprefix("ligne-"): value
        for name, value in request.POST.items()
        if name.startswith("ligne-") and name[6:].isdigit() and value in known
    }
    return {"decisions": decisions, "keep_rest": "garder" in request.POST}


@in_study(Verb.EDIT_STUDY)
@require_POST
def list_confirm(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """Write a list in the frame."""
    study, network = _edited(request, slug, code)
    try:
        counts = confirm_list(
            study_id=study.id,
            place=Place(network.id),
            list_id=number,
            version=_number(request.POST.get("version")),
            actor=request.user,
            at=timezone.now(),
        )
    except (StillUndecided, ChangedSince) as refused:
        messages.error(request, str(refused))
        return redirect("study:list-preview", slug, code, number)
    text = ngettext(
        "%(n)s membre ajouté, %(changed)s mis à jour. Aucun n’a été retiré.",
        "%(n)s membres ajoutés, %(changed)s mis à jour. Aucun n’a été retiré.",
        counts.added,
    )
    changed = counts.renamed + counts.modified
    messages.success(request, text % {"n": counts.added, "changed": changed})
    return redirect("study:members", slug, code)


@in_study(Verb.EDIT_STUDY)
@require_POST
def list_drop(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """Give up a list."""
    study, network = _edited(request, slug, code)
    drop_list(
        study_id=study.id,
        place=Place(network.id),
        list_id=number,
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("La liste est abandonnée. La base n’a pas changé."))
    return redirect("study:members", slug, code)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Add one member."""
    study, network = _edited(request, slug, code)
    form = MemberForm(request.POST if request.method == "POST" else None, network=network)
    return _member_page(request, study, network, form, None)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: SignedInRequest, slug: str, code: str, member: int) -> HttpResponse:
    """Change what is said of one member."""
    study, network = _edited(request, slug, code)
    version, values = member_of(case_id=network.id, member_id=member)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        network=network,
        initial={**values, "version": version},
    )
    form.fields["code"].disabled = True
    return _member_page(request, study, network, form, member)


def _member_page(
    request: SignedInRequest,
    study: StudyRef,
    network: NetworkRef,
    form: MemberForm,
    member: int | None,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            save_member(
                study_id=study.id,
                place=Place(network.id, told.get("component", ""), told["edition"]),
                member=MemberEdit(
                    code=told["code"] or propose_code(told["name"]) or "membre",
                    name=told["name"],
                    region=told["region"],
                    type=told["type"],
                    id=member,
                    version=told["version"] or 0,
                ),
                actor=request.user,
                at=timezone.now(),
            )
        except CodeTaken as refused:
            form.add_error("code", str(refused))
            status = refused.http_status
        except ChangedSince as late:
            form, status = _compared(request, network, member, str(late)), late.http_status
        else:
            messages.success(request, _("Le membre est enregistré."))
            return redirect("study:members", study.slug, network.code)
    told = {"study": study, "network": network, "form": form, "member": member}
    return render(request, "study/member_edit.html", told, status=status)


def _compared(
    request: SignedInRequest, network: NetworkRef, member: int | None, text: str
) -> MemberForm:
    """Return the form as sent, from the version that is there now, with what it says."""
    version, saved = member_of(case_id=network.id, member_id=member or 0)
    sent = request.POST.copy()
    sent["version"] = str(version)
    form = MemberForm(sent, network=network, initial={**saved, "version": version})
    form.fields["code"].disabled = True
    form.is_valid()
    show_conflict(form, saved, text)
    return form


@in_study(Verb.EDIT_STUDY)
@require_POST
def member_remove(request: SignedInRequest, slug: str, code: str, member: int) -> HttpResponse:
    """Take a member out of the frame."""
    study, network = _edited(request, slug, code)
    remove_member(
        study_id=study.id,
        case_id=network.id,
        member_id=member,
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Le membre est retiré."))
    return redirect("study:members", slug, code)
