"""« Équipe et accès »: who is in a study, who is invited, who may see the names for a while."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from croisee_web.access import usecases
from croisee_web.access.forms import InvitationForm, OpeningForm, RoleForm
from croisee_web.access.http import SignedInRequest, in_study, named_study, sent
from croisee_web.access.queries import invitations_of, members_of, openings_of
from croisee_web.access.rules import Letter, study_names
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound, UseCaseError


@in_study(Verb.MANAGE_ACCESS)
@require_safe
def team(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the members of a study and their roles, and the invitations that wait."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    told = {
        "study": study,
        "members": members_of(study_id=study.id),
        "invitations": invitations_of(study_id=study.id),
        "openings": openings_of(study_id=study.id, at=timezone.now()),
        "cases": dict(study_names().cases(study.id)),
    }
    return render(request, "access/team.html", told)


@in_study(Verb.MANAGE_ACCESS)
@READ_OR_SEND
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Offer a role to an address."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    form = InvitationForm(
        sent(request),
        cases=study_names().cases(study.id),
        initial={"language": request.user.language},
    )
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data}
        letter = Letter(given.pop("language"), request.build_absolute_uri("/"))
        try:
            usecases.invite(
                **given,
                study_id=study.id,
                actor=request.user,
                at=timezone.now(),
                letter=letter,
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            messages.success(request, _("L’invitation part par courriel dans la minute."))
            return redirect("access:team", slug)
    return render(request, "access/invite.html", {"study": study, "form": form}, status=status)


@in_study(Verb.MANAGE_ACCESS)
@require_POST
def resend(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Send an invitation again, under a new link."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    usecases.resend_invitation(
        actor=request.user,
        study_id=study.id,
        number=number,
        at=timezone.now(),
        origin=request.build_absolute_uri("/"),
    )
    messages.success(request, _("L’invitation repart, avec un nouveau lien."))
    return redirect("access:team", slug)


@in_study(Verb.MANAGE_ACCESS)
@require_POST
def cancel(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take an invitation back."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    usecases.cancel_invitation(
        actor=request.user, study_id=study.id, number=number, at=timezone.now()
    )
    messages.success(request, _("L’invitation est annulée."))
    return redirect("access:team", slug)


@in_study(Verb.MANAGE_ACCESS)
@READ_OR_SEND
def give_role(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give one more role to a member."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    member = next((one for one in members_of(study_id=study.id) if one.id == number), None)
    if member is None:
        raise NotFound
    form = RoleForm(sent(request), cases=study_names().cases(study.id))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            usecases.give_role(
                **form.cleaned_data,
                account_id=number,
                study_id=study.id,
                actor=request.user,
                at=timezone.now(),
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            messages.success(request, _("Le rôle est donné."))
            return redirect("access:team", slug)
    told = {"study": study, "member": member, "form": form}
    return render(request, "access/give_role.html", told, status=status)


@in_study(Verb.MANAGE_ACCESS)
@require_POST
def take_role(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take a role back."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    usecases.take_role(actor=request.user, number=number, study_id=study.id, at=timezone.now())
    messages.success(request, _("Le rôle est retiré."))
    return redirect("access:team", slug)


@in_study(Verb.MANAGE_ACCESS)
@READ_OR_SEND
def ask_opening(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to see the names for a few hours: another person answers."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    form = OpeningForm(sent(request))
    if request.method == "POST" and form.is_valid():
        usecases.ask_opening(
            actor=request.user, study_id=study.id, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("La demande attend la réponse d’une autre personne."))
        return redirect("access:team", slug)
    told = {"study": study, "form": form}
    status = 422 if form.errors else 200
    return render(request, "access/ask_opening.html", told, status=status)


@in_study(Verb.MANAGE_ACCESS)
@require_POST
def answer_opening(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Approve, refuse or end an exceptional access of this study."""
    study = named_study(slug=slug, viewer=request.user, verb=Verb.MANAGE_ACCESS)
    if number not in {one.id for one in openings_of(study_id=study.id, at=timezone.now())}:
        raise NotFound
    answer(request, number)
    return redirect("access:team", slug)


def answer(request: SignedInRequest, number: int) -> None:
    """Do what a button of an exceptional access says."""
    at = timezone.now()
    if request.POST.get("answer") == "end":
        usecases.end_opening(actor=request.user, number=number, at=at)
        messages.success(request, _("L’accès exceptionnel est terminé."))
        return
    granted = request.POST.get("answer") == "grant"
    usecases.answer_opening(
        actor=request.user,
        number=number,
        granted=granted,
        at=at,
        origin=request.build_absolute_uri("/"),
    )
    done = _("L’accès est ouvert ; l’équipe de l’étude en est avertie.")
    messages.success(request, done if granted else _("La demande est refusée."))
