"""The team's pages about people: codes, consents, links, withdrawals."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee.report import paper_pdf
from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.forms import (
    ChangeForm,
    ConsentForm,
    IdentityForm,
    InscriptionForm,
    TeamWithdrawForm,
)
from croisee_web.people.queries import (
    case_choices,
    described_purposes,
    form_cards,
    participant_cards,
    participant_page,
    reader_language,
)
from croisee_web.people.queries.papers import receipt_paper
from croisee_web.people.usecases import (
    CollectionClosed,
    FormNotPublished,
    ParentNeeded,
    ProofRefused,
    add_participant,
    change_participant,
    issue_link,
    open_identity,
    open_proof,
    record_consent,
    seal_identity,
    withdraw,
)
from croisee_web.people.views.files import private_file
from croisee_web.people.vocabulary import Answerer, WithdrawalWay
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


@in_study(Verb.SEE_PARTICIPANTS)
@require_http_methods(_GET_POST)
def register(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show everybody by code; inscribe somebody."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    cases = case_choices(study_id=study.id)
    case = request.GET.get("reseau", "")
    form = InscriptionForm(request.POST if request.method == "POST" else None, cases=cases)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        add_participant(
            study_id=study.id,
            code=code,
            belonging=form.belonging(),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("L’inscription de %(code)s est faite.") % {"code": code})
        return redirect("people:participant", slug=slug, code=code)
    return render(
        request,
        "people/register.html",
        {
            "study": study,
            "form": form,
            "cases": cases,
            "case": case,
            "names": dict(cases),
            "people": participant_cards(study_id=study.id, viewer=request.user, case=case),
            "may_edit": Verb.EDIT_PARTICIPANTS in study.verbs,
        },
        status=422 if form.errors else 200,
    )


@in_study(Verb.SEE_PARTICIPANTS)
@require_safe
def participant(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show what the team may see of one person."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    return _shown(request, study, code)


@in_study(Verb.EDIT_PARTICIPANTS)
@require_http_methods(_GET_POST)
def change(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Correct where somebody belongs."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_PARTICIPANTS)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    start = {
        "case": page.case,
        "component": page.component,
        "organisation": page.organisation,
        "age_group": page.age_group,
        "version": page.version,
    }
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        cases=case_choices(study_id=study.id),
    )
    if request.method == "POST" and form.is_valid():
        change_participant(
            participant_id=page.id,
            version=form.cleaned_data["version"],
            belonging=form.belonging(),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Les changements sont enregistrés."))
        return redirect("people:participant", slug=slug, code=code)
    return _form_page(request, study, code, form, _("Modifier l’inscription"))


@in_study(Verb.EDIT_PARTICIPANTS)
@require_http_methods(_GET_POST)
def consent(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Note what somebody answered to each purpose."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_PARTICIPANTS)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ConsentForm(
        *sent,
        purposes=described_purposes(study_id=study.id),
        language=reader_language(),
        by_team=True,
        published=form_cards(study_id=study.id, published=True),
        age=page.age_group,
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(
                participant_id=page.id,
                answers=form.answers(),
                form=form.shown(),
                at=timezone.now(),
                actor=request.user,
            )
        except (CollectionClosed, FormNotPublished, ParentNeeded, ProofRefused) as refused:
            place = "proof" if isinstance(refused, ProofRefused) else None
            form.add_error(place, str(refused))
            title = _("Noter un consentement")
            return _form_page(request, study, code, form, title, status=refused.http_status)
        messages.success(request, _("Les réponses sont notées."))
        return redirect("people:participant", slug=slug, code=code)
    return _form_page(request, study, code, form, _("Noter un consentement"))


@in_study(Verb.SEE_IDENTITIES)
@require_http_methods(["POST"])
def proof(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give the proof of a consent, to keep or to look at; that it was is in the journal."""
    study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_IDENTITIES)
    found = open_proof(consent_id=number, actor=request.user, at=timezone.now())
    response = HttpResponse(found.content, content_type=found.media)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Cache-Control"] = "no-store, private"
    return response


@in_study(Verb.EDIT_PARTICIPANTS)
@require_http_methods(["POST"])
def link(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Give a new personal link, shown once: to the person, or to a minor's parent."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_PARTICIPANTS)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    parent = request.POST.get("parent") == "1"
    token = issue_link(
        participant_id=page.id,
        actor=request.user,
        at=timezone.now(),
        holder=Answerer.PARENT if parent else Answerer.PERSON,
    )
    address = request.build_absolute_uri(reverse("people:own-page", args=[token]))
    return _shown(request, study, code, {"address": address, "for_parent": parent})


@in_study(Verb.SEE_IDENTITIES)
@require_http_methods(_GET_POST)
def identity(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Open somebody's identity, or put one in the vault. Both are in the journal."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_IDENTITIES)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("ouvrir"):
        found = open_identity(participant_id=page.id, actor=request.user, at=timezone.now())
        return _form_page(
            request, study, code, IdentityForm(initial=found), _("Nom et coordonnées")
        )
    if request.method == "POST" and form.is_valid():
        seal_identity(
            participant_id=page.id,
            identity={key: value for key, value in form.cleaned_data.items() if value},
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Le nom et les coordonnées sont dans le coffre."))
        return redirect("people:participant", slug=slug, code=code)
    return _form_page(request, study, code, form, _("Nom et coordonnées"))


@in_study(Verb.WITHDRAW)
@require_http_methods(_GET_POST)
def withdrawal(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Receive a withdrawal: what it does is said before, the receipt after."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.WITHDRAW)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    sent = request.POST if request.method == "POST" else None
    form = TeamWithdrawForm(sent, minor=page.minor)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        withdraw(
            participant_id=page.id,
            way=_way(form.cleaned_data.get("by", "")),
            actor=request.user,
            on=now.astimezone(ZoneInfo(study.timezone)).date(),
            at=now,
        )
        messages.success(request, _("Le retrait est fait. Voici le reçu à remettre."))
        return redirect("people:participant", slug=slug, code=code)
    return render(
        request,
        "people/withdrawal.html",
        {"study": study, "person": page, "form": form},
        status=422 if form.errors else 200,
    )


def _way(by: str) -> WithdrawalWay:
    return WithdrawalWay.TEAM_PARENT if by == Answerer.PARENT else WithdrawalWay.TEAM


@in_study(Verb.SEE_PARTICIPANTS)
@require_safe
def receipt(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Give the receipt of a withdrawal as a file to hand to the person."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_PARTICIPANTS)
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    if page.receipt is None:
        raise NotFound(_("Cette personne ne s’est pas retirée."))
    paper = receipt_paper(page.receipt, study_id=study.id)
    return private_file(paper_pdf(paper), "recu-retrait.pdf", "application/pdf")


def _shown(
    request: SignedInRequest, study: StudyRef, code: str, more: dict[str, object] | None = None
) -> HttpResponse:
    page = participant_page(study_id=study.id, code=code, viewer=request.user)
    told = {
        "study": study,
        "person": page,
        "may_edit": Verb.EDIT_PARTICIPANTS in study.verbs,
        "may_withdraw": Verb.WITHDRAW in study.verbs,
        **(more or {}),
    }
    return render(request, "people/participant.html", told)


def _form_page(
    request: SignedInRequest,
    study: StudyRef,
    code: str,
    form: object,
    title: str,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "people/form.html",
        {"study": study, "code": code, "form": form, "title": title},
        status=422 if status == 200 and getattr(form, "errors", None) else status,
    )
