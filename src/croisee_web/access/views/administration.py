"""The site's accounts and exceptional accesses, for whoever runs it. No study is read here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from croisee_web.access import queries, usecases
from croisee_web.access.forms import StudyOpeningForm
from croisee_web.access.http import SignedInRequest, administrators, sent
from croisee_web.access.rules import study_names
from croisee_web.access.views.confirmation import confirmed
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.access.views.team import answer
from croisee_web.kit.errors import NotFound

TWO = 2
"""Persons that a site needs, so that one may be let in again by the others."""


@administrators
@require_safe
def accounts(request: SignedInRequest) -> HttpResponse:
    """Show every account."""
    lines = queries.accounts(viewer=request.user)
    told = {
        "accounts": lines,
        "alone": sum(line.administrator and line.active for line in lines) < TWO,
    }
    return render(request, "access/accounts.html", told)


@administrators
@require_POST
def suspend(request: SignedInRequest, number: int) -> HttpResponse:
    """Close an account, or let it in again."""
    act = usecases.reopen_account if request.POST.get("again") else usecases.suspend_account
    act(actor=request.user, number=number, at=timezone.now())
    messages.success(request, _("C’est noté."))
    return redirect("access:accounts")


@administrators
@READ_OR_SEND
@confirmed
def administrator(request: SignedInRequest, number: int) -> HttpResponse:
    """Name somebody to administer the site, or remove her, after asking."""
    line = next((one for one in queries.accounts(viewer=request.user) if one.id == number), None)
    if line is None or not line.active:
        raise NotFound
    if request.method == "POST":
        act = usecases.remove_administrator if line.administrator else usecases.name_administrator
        act(
            actor=request.user,
            number=number,
            at=timezone.now(),
            origin=request.build_absolute_uri("/"),
        )
        messages.success(request, _("C’est noté. Les personnes concernées le savent par courriel."))
        own = number == request.user.pk
        return redirect("access:account" if own else "access:accounts")
    return render(request, "access/administrator.html", {"one": line})


@administrators
@READ_OR_SEND
def openings(request: SignedInRequest) -> HttpResponse:
    """Show the exceptional accesses of every study; ask for one."""
    form = StudyOpeningForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data}
        number = study_names().number(given.pop("slug"))
        if number is None:
            form.add_error("slug", _("Aucune étude n’a cette adresse."))
        else:
            usecases.ask_opening(actor=request.user, study_id=number, at=timezone.now(), **given)
            messages.success(request, _("La demande attend la réponse d’une autre personne."))
            return redirect("access:openings")
    shown = queries.openings_of(study_id=None, at=timezone.now())
    told = {
        "form": form,
        "openings": [(one, study_names().title(one.study_id)) for one in shown],
    }
    status = 422 if form.errors else 200
    return render(request, "access/openings.html", told, status=status)


@administrators
@require_POST
def answer_opening(request: SignedInRequest, number: int) -> HttpResponse:
    """Approve, refuse or end an exceptional access."""
    answer(request, number)
    return redirect("access:openings")
