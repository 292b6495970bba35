"""Somebody's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from croisee_web.access import usecases
from croisee_web.access.forms import AccountForm
from croisee_web.access.http import SignedInRequest, sent, signed_in
from croisee_web.access.queries import has_second_factor, needs_second_factor, recoveries_for
from croisee_web.access.views.entrance import READ_OR_SEND


@signed_in
@READ_OR_SEND
def account(request: SignedInRequest) -> HttpResponse:
    """Show somebody their own account; change its name and language."""
    who = request.user
    form = AccountForm(sent(request), initial={"name": who.name, "language": who.language})
    if request.method == "POST" and form.is_valid():
        usecases.change_account(actor=who, **form.cleaned_data, at=timezone.now())
        with override(who.language):
            messages.success(request, _("C’est noté."))
            return redirect(reverse("access:account"))
    told = {
        "form": form,
        "protected": has_second_factor(account=who),
        "waiting": needs_second_factor(account=who),
        "recoveries": recoveries_for(viewer=who, at=timezone.now()),
    }
    return render(request, "access/account.html", told, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """Close every other session of this account."""
    usecases.end_every_session(actor=request.user, at=timezone.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Toutes vos autres sessions sont fermées."))
    return redirect("access:account")
