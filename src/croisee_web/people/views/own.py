"""A participant's own page, opened by her link: what is held of her, her choices, her way out."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import open_to_all
from croisee_web.kit.errors import NotFound
from croisee_web.people.forms import ConsentForm, WithdrawForm
from croisee_web.people.queries import (
    FormCard,
    ParticipantRef,
    consent_lines,
    described_purposes,
    form_in_force,
    held_of,
    participant_of_token,
    reader_language,
    receipt_page,
)
from croisee_web.people.rules import ShownForm
from croisee_web.people.usecases import (
    CollectionClosed,
    FormNotPublished,
    give_package,
    record_consent,
    withdraw,
)
from croisee_web.people.vocabulary import ConsentMode, WithdrawalWay

_GET_POST = ["GET", "HEAD", "POST"]


@open_to_all
@require_safe
def own_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody what the study holds of her, or the receipt of her withdrawal."""
    person = participant_of_token(token=token)
    return _private(
        render(
            request,
            "people/own_page.html",
            {
                "token": token,
                "person": person,
                "consents": consent_lines(participant_id=person.id, study_id=person.study_id),
                "held": held_of(study_id=person.study_id, participant=person.code),
                "receipt": receipt_page(study_id=person.study_id, participant=person.code),
            },
        )
    )


@open_to_all
@require_http_methods(_GET_POST)
def own_consent(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody change what she accepts, beside the form in force."""
    person = participant_of_token(token=token)
    read = form_in_force(study_id=person.study_id, language=reader_language())
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        purposes=described_purposes(study_id=person.study_id),
        language=reader_language(),
        by_team=False,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(
                participant_id=person.id,
                answers=form.answers(),
                form=_shown(read),
                at=timezone.now(),
                actor=None,
            )
        except (CollectionClosed, FormNotPublished) as refused:
            form.add_error(None, str(refused))
            status = refused.http_status
        else:
            messages.success(request, _("Vos choix sont notés."))
            return redirect("people:own-page", token=token)
    told = {"token": token, "form": form, "read": read}
    return _private(render(request, "people/own_consent.html", told, status=status))


@open_to_all
@require_safe
def own_form(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody read the whole form in force."""
    person = participant_of_token(token=token)
    read = form_in_force(study_id=person.study_id, language=reader_language())
    if read is None:
        raise NotFound(_("Cette étude n’a pas encore de formulaire publié."))
    return _private(render(request, "people/own_form.html", {"token": token, "read": read}))


def _shown(read: FormCard | None) -> ShownForm:
    if read is None:
        return ShownForm(ConsentMode.CLICK, language=reader_language())
    return ShownForm(ConsentMode.CLICK, read.version, read.language)


@open_to_all
@require_http_methods(_GET_POST)
def own_withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody withdraw: what it does is said before, the receipt is given after."""
    person = participant_of_token(token=token)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _withdraw(person)
        return redirect("people:own-page", token=token)
    told = {"token": token, "person": person, "form": form}
    status = 422 if form.errors else 200
    return _private(render(request, "people/own_withdrawal.html", told, status=status))


@open_to_all
@require_safe
def own_package(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody her own data, in files."""
    del request
    person = participant_of_token(token=token)
    packed = give_package(participant_id=person.id, actor=None, at=timezone.now())
    name = f"mes-donnees-{person.code}.zip"
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


def _withdraw(person: ParticipantRef) -> None:
    now = timezone.now()
    withdraw(
        participant_id=person.id,
        way=WithdrawalWay.OWN_PAGE,
        actor=None,
        on=now.astimezone(ZoneInfo(person.timezone)).date(),
        at=now,
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a personal page out of caches and search engines."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
