"""The end of a retention: what is past its day, its destruction, the certificates."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee.report import paper_pdf
from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.queries import may_see_identities
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.forms import DestroyForm
from croisee_web.people.queries.ending import KindKept, destruction_certificate, kinds_kept
from croisee_web.people.queries.papers import certificate_paper
from croisee_web.people.usecases import NotYet, destroy
from croisee_web.people.views.files import private_file
from croisee_web.study.queries import StudyRef, study_ref
from croisee_web.study.vocabulary import Covered


@in_study(Verb.EDIT_ETHICS)
@require_safe
def ending(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show until when each kind of personal information is kept."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    told = {
        "study": study,
        "kinds": _kinds(request, study),
        "may_destroy": may_see_identities(account=request.user, study_id=study.id),
    }
    return render(request, "people/ending.html", told)


@in_study(Verb.EDIT_ETHICS, Verb.SEE_IDENTITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """Destroy one kind of information at its end: what it does is said before."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_IDENTITIES)
    kind = next((one for one in _kinds(request, study) if one.covers == name), None)
    if kind is None:
        raise NotFound
    form, status = DestroyForm(sent(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                destroy(
                    study_id=study.id,
                    covers=Covered(name),
                    actor=request.user,
                    at=timezone.now(),
                )
            except NotYet as refused:
                form.add_error(None, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("C’est détruit. Voici le certificat."))
                return redirect("people:ending", study.slug)
    told = {"study": study, "kind": kind, "form": form}
    return render(request, "people/destruction.html", told, status=status)


@in_study(Verb.EDIT_ETHICS)
@require_safe
def certificate(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give a certificate of destruction as a file."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    found = destruction_certificate(study_id=study.id, number=number, viewer=request.user)
    content = paper_pdf(certificate_paper(found, study_id=study.id))
    return private_file(content, f"certificat-destruction-{number}.pdf", "application/pdf")


def _kinds(request: SignedInRequest, study: StudyRef) -> tuple[KindKept, ...]:
    on = timezone.now().astimezone(ZoneInfo(study.timezone)).date()
    return kinds_kept(study_id=study.id, viewer=request.user, on=on)
