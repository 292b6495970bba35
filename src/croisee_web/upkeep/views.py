"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from croisee.formats import written_row
from croisee_web.access.http import (
    SignedInRequest,
    administrators,
    begin_session,
    in_study,
    open_to_all,
    signed_in,
)
from croisee_web.access.vocabulary import Verb
from croisee_web.jobs.queries import job_card
from croisee_web.jobs.usecases import try_again
from croisee_web.study.queries import study_ref
from croisee_web.upkeep.queries import JournalLine, JournalPage, journal_page, journal_rows
from croisee_web.upkeep.usecases import use_entry_link

REFRESH = "4"
"""Seconds between two looks at a job under way."""


@signed_in
@require_safe
def job(request: SignedInRequest, number: int) -> HttpResponse:
    """Show where a job stands to whoever asked for it; the page comes back by itself."""
    card = job_card(job_id=number, asked_by=request.user.label)
    response = render(request, "upkeep/job.html", {"job": card})
    if card.under_way:
        response.headers["Refresh"] = REFRESH
    return response


@signed_in
@require_POST
def job_again(request: SignedInRequest, number: int) -> HttpResponse:
    """Put a job that stopped back in the queue."""
    try_again(job_id=number, actor=request.user.label, at=timezone.now())
    return redirect("upkeep:job", number)


@in_study(Verb.READ_JOURNAL)
@require_safe
def journal(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who did what in a study."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_JOURNAL)
    page = _page(request, study.id)
    return render(request, "upkeep/journal.html", {"study": study, "page": page})


@in_study(Verb.READ_JOURNAL)
@require_safe
def journal_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Give a study's journal as a table."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.READ_JOURNAL)
    return _table(request, study.id, f"journal-{study.slug}.csv")


@administrators
@require_safe
def site_journal(request: SignedInRequest) -> HttpResponse:
    """Show who did what on the whole site, without the details."""
    page = _page(request, None)
    return render(request, "upkeep/site_journal.html", {"page": page})


@administrators
@require_safe
def site_journal_csv(request: SignedInRequest) -> HttpResponseBase:
    """Give the site's journal as a table."""
    return _table(request, None, "journal-du-site.csv")


@open_to_all
@require_safe
@never_cache
def enter_once(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by the one-use link that the terminal showed."""
    at = timezone.now()
    account, page = use_entry_link(token=token, actor="console", at=at)
    begin_session(request, account, at)
    return redirect(page or "study:list")


@open_to_all
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say in one word whether the site can answer: for a monitor, no detail."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("base\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _page(request: SignedInRequest, study_id: int | None) -> JournalPage:
    before = request.GET.get("avant", "")
    return journal_page(
        viewer=request.user,
        study_id=study_id,
        actor=request.GET.get("qui", ""),
        act=request.GET.get("quoi", ""),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None,
    )


def _table(request: SignedInRequest, study_id: int | None, name: str) -> HttpResponseBase:
    found = journal_rows(
        viewer=request.user,
        study_id=study_id,
        actor=request.GET.get("qui", ""),
        act=request.GET.get("quoi", ""),
    )
    header = [_("Numéro"), _("Quand"), _("Qui"), _("Quoi"), _("Étude"), _("Détails")]
    first = next(found, None)  # refuses before the answer begins
    return StreamingHttpResponse(
        _csv(header, [] if first is None else _chained(first, found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chained(first: JournalLine, others: Iterable[JournalLine]) -> Iterator[JournalLine]:
    yield first
    yield from others


def _csv(header: list[str], rows: Iterable[JournalLine]) -> Iterator[str]:
    yield "\ufeff" + written_row(header)
    for row in rows:
        when = timezone.localtime(row.at).isoformat(timespec="seconds")
        yield written_row((row.number, when, row.who, row.sentence, row.study, row.details))
