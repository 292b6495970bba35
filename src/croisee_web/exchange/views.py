"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study, signed_in
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Verb
from croisee_web.exchange.forms import FolderForm
from croisee_web.exchange.queries import export_file, export_page, upload_page
from croisee_web.exchange.usecases import (
    ask_for_example,
    ask_for_export,
    receive_folder,
    remove_example,
)
from croisee_web.study.queries import reader_language, study_ref
from croisee_web.study.queries.naming import may_create_studies

REFRESH = "4"
"""Seconds between two looks at a transfer under way."""
_GET_POST = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(_GET_POST)
def import_study(request: SignedInRequest) -> HttpResponse:
    """Take a study folder, as a zip."""
    sent = request.method == "POST"
    form = FolderForm(request.POST, request.FILES) if sent else FolderForm()
    if sent and form.is_valid():
        upload = receive_folder(
            chunks=form.cleaned_data["folder"].chunks(), actor=request.user, at=timezone.now()
        )
        return redirect("exchange:upload", upload.pk)
    return render(request, "exchange/import.html", {"form": form})


@signed_in
@require_safe
def upload(request: SignedInRequest, number: int) -> HttpResponse:
    """Show where an import stands, and all there is to correct."""
    page = upload_page(upload_id=number, viewer=request.user)
    response = render(request, "exchange/upload.html", {"page": page})
    if page.job is not None and page.job.under_way:
        response.headers["Refresh"] = REFRESH
    return response


@signed_in
@require_http_methods(_GET_POST)
def example(request: SignedInRequest) -> HttpResponse:
    """Say what the example study is; bring it in as the reader's own."""
    if not may_create_studies(account=request.user):
        raise NotAllowed(
            _("Seules l’administration du site et les responsables d’étude créent une étude.")
        )
    if request.method == "POST":
        upload = ask_for_example(actor=request.user, language=reader_language(), at=timezone.now())
        return redirect("exchange:upload", upload.pk)
    return render(request, "exchange/example.html")


@in_study(Verb.MANAGE_ACCESS)
@require_http_methods(_GET_POST)
def example_remove(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask once more, then remove an example study."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    if request.method == "POST":
        remove_example(study_id=study.id, actor=request.user, at=timezone.now())
        messages.success(request, _("L’exemple est retiré."))
        return redirect("study:list")
    return render(request, "exchange/example_remove.html", {"study": study})


@in_study(Verb.EXCHANGE)
@require_http_methods(_GET_POST)
def export_study(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the study as a folder; give it when it is there."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EXCHANGE)
    if request.method == "POST":
        ask_for_export(study_id=study.id, actor=request.user, at=timezone.now())
        return redirect("exchange:export", slug)
    page = export_page(study_id=study.id, viewer=request.user)
    response = render(request, "exchange/export.html", {"study": study, "page": page})
    if page.job is not None and page.job.under_way:
        response.headers["Refresh"] = REFRESH
    return response


@in_study(Verb.EXCHANGE)
@require_safe
def export_download(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Give the last export."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EXCHANGE)
    path = export_file(study_id=study.id, viewer=request.user)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{study.slug}.zip")
