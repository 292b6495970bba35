"""A participant's own page, opened by her link: what is held of her, her choices, her way out."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee.report import paper_pdf
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
from croisee_web.people.queries.papers import receipt_paper
from croisee_web.people.rules import Held, may_read_words
from croisee_web.people.usecases import (
    CollectionClosed,
    FormNotPublished,
    ParentNeeded,
    give_package,
    record_consent,
    withdraw,
)
from croisee_web.people.views.files import private_file
from croisee_web.people.vocabulary import Answerer, WithdrawalWay

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
                "held": _held(person),
                "parent": person.holder == Answerer.PARENT,
                "reads": _reads(person),
                "receipt": receipt_page(study_id=person.study_id, participant=person.code),
            },
        )
    )


@open_to_all
@require_http_methods(_GET_POST)
def own_consent(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody change what she accepts, beside the form in force."""
    person = participant_of_token(token=token)
    read = _form(person)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        purposes=described_purposes(study_id=person.study_id),
        language=reader_language(),
        by_team=False,
        age=person.age_group,
        holder=person.holder,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(
                participant_id=person.id,
                answers=form.answers(),
                form=form.shown_here(read, reader_language()),
                at=timezone.now(),
                actor=None,
            )
        except (CollectionClosed, FormNotPublished, ParentNeeded) as refused:
            form.add_error(None, str(refused))
            status = refused.http_status
        else:
            messages.success(request, _("Vos choix sont notés."))
            return redirect("people:own-page", token=token)
    told = {
        "token": token,
        "form": form,
        "read": read,
        "person": person,
        "parent": person.holder == Answerer.PARENT,
    }
    return _private(render(request, "people/own_consent.html", told, status=status))


@open_to_all
@require_safe
def own_form(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody read the whole form in force."""
    person = participant_of_token(token=token)
    read = _form(person)
    if read is None:
        raise NotFound(_("Cette étude n’a pas encore de formulaire publié."))
    return _private(render(request, "people/own_form.html", {"token": token, "read": read}))


def _form(person: ParticipantRef) -> FormCard | None:
    return form_in_force(
        study_id=person.study_id,
        language=reader_language(),
        age=person.age_group,
        holder=person.holder,
    )


def _reads(person: ParticipantRef) -> bool:
    return may_read_words(age=person.age_group, holder=person.holder)


def _held(person: ParticipantRef) -> tuple[Held, ...]:
    if not _reads(person):
        return ()
    return held_of(study_id=person.study_id, participant=person.code)


@open_to_all
@require_http_methods(_GET_POST)
def own_withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody withdraw: what it does is said before, the receipt is given after."""
    person = participant_of_token(token=token)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _withdraw(person)
        return redirect("people:own-page", token=token)
    parent = person.holder == Answerer.PARENT
    told = {"token": token, "person": person, "form": form, "parent": parent}
    status = 422 if form.errors else 200
    return _private(render(request, "people/own_withdrawal.html", told, status=status))


@open_to_all
@require_safe
def own_package(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody her own data, in files."""
    del request
    person = participant_of_token(token=token)
    if not _reads(person):
        raise NotFound(_("À partir de 14 ans, ce que la jeune personne a dit lui revient."))
    packed = give_package(participant_id=person.id, actor=None, at=timezone.now())
    name = f"mes-donnees-{person.code}.zip"
    return _private(private_file(packed, name, "application/zip"))


@open_to_all
@require_safe
def own_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Give the receipt of a withdrawal as a file to keep."""
    del request
    person = participant_of_token(token=token)
    receipt = receipt_page(study_id=person.study_id, participant=person.code)
    if receipt is None:
        raise NotFound(_("Cette personne ne s’est pas retirée."))
    content = paper_pdf(receipt_paper(receipt, study_id=person.study_id))
    return _private(private_file(content, "recu-retrait.pdf", "application/pdf"))


def _withdraw(person: ParticipantRef) -> None:
    now = timezone.now()
    withdraw(
        participant_id=person.id,
        way=WithdrawalWay.PARENT_PAGE
        if person.holder == Answerer.PARENT
        else WithdrawalWay.OWN_PAGE,
        actor=None,
        on=now.astimezone(ZoneInfo(person.timezone)).date(),
        at=now,
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a personal page out of caches and search engines."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
