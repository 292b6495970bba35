"""The consent form's versions: written, published, read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.people.forms import FormTextForm
from croisee_web.people.queries import FormCard, form_card, form_cards
from croisee_web.people.queries.announcing import announcements
from croisee_web.people.usecases import (
    ChangedMeanwhile,
    FormFrozen,
    FormText,
    VersionTaken,
    publish_form,
    write_form,
)
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.SEE_PARTICIPANTS)
@require_safe
def consent_forms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the versions of the consent form, drafts first."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    told = {
        "study": study,
        "forms": form_cards(study_id=study.id),
        "may_edit": Verb.EDIT_ETHICS in study.verbs,
    }
    return render(request, "people/consent_forms.html", told)


@in_study(Verb.SEE_PARTICIPANTS)
@require_safe
def consent_form(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show one version as people read it."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    read = form_card(study_id=study.id, form_id=number)
    announced, unset = announcements(study_id=study.id)
    told = {
        "study": study,
        "read": read,
        "announced": () if read.published_at else announced,
        "unset": unset and not read.published_at,
        "may_edit": Verb.EDIT_ETHICS in study.verbs,
    }
    return render(request, "people/consent_form.html", told)


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def consent_form_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a new version."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    return _edited(request, study, None)


@in_study(Verb.EDIT_ETHICS)
@require_http_methods(_GET_POST)
def consent_form_edit(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Change a draft."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    return _edited(request, study, form_card(study_id=study.id, form_id=number))


@in_study(Verb.EDIT_ETHICS)
@require_POST
def consent_form_publish(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put a draft in force."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_ETHICS)
    publish_form(study_id=study.id, form_id=number, actor=request.user, at=timezone.now())
    messages.success(request, _("Cette version est publiée. Elle ne changera plus."))
    return redirect("people:consent-form", slug, number)


def _edited(request: SignedInRequest, study: StudyRef, card: FormCard | None) -> HttpResponse:
    start = (
        {
            "version": card.version,
            "language": card.language,
            "brief": card.brief,
            "text": card.text,
            "audience": card.audience,
            "youth": card.youth,
            "revision": card.revision,
        }
        if card
        else {}
    )
    form = FormTextForm(request.POST if request.method == "POST" else None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            revision = said.pop("revision") or 0
            try:
                kept = write_form(
                    study_id=study.id,
                    written=FormText(**said),
                    form_id=card.id if card else None,
                    revision=revision,
                    actor=request.user,
                    at=timezone.now(),
                )
            except (ChangedMeanwhile, FormFrozen, VersionTaken) as refused:
                form.add_error(None, str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Le brouillon est enregistré."))
                return redirect("people:consent-form", study.slug, kept.pk)
    announced, unset = announcements(study_id=study.id)
    told = {"study": study, "form": form, "card": card, "announced": announced, "unset": unset}
    return render(request, "people/consent_form_edit.html", told, status=status)
