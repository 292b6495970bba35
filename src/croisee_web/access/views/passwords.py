"""Changing a password, and choosing a new one when it is forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from croisee_web.access import usecases
from croisee_web.access.forms import EmailForm, NewPasswordForm
from croisee_web.access.http import SignedInRequest, machine, open_to_all, sent, signed_in
from croisee_web.access.views.confirmation import confirmed
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.kit.errors import UseCaseError


@signed_in
@READ_OR_SEND
@confirmed
@sensitive_post_parameters()
def change_password(request: SignedInRequest) -> HttpResponse:
    """Choose a new password; the other sessions end."""
    form = NewPasswordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            usecases.change_password(
                actor=request.user, password=form.cleaned_data["password"], at=timezone.now()
            )
        except usecases.WeakPassword as weak:
            form.add_error("password", str(weak))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(
                request, _("Votre mot de passe est changé. Vos autres sessions sont fermées.")
            )
            return redirect("access:account")
    status = 422 if form.errors else 200
    return render(request, "access/change_password.html", {"form": form}, status=status)


@open_to_all
@READ_OR_SEND
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Have a link sent; say the same whether or not the address has an account."""
    form = EmailForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            usecases.ask_for_reset(
                email=form.cleaned_data["email"],
                origin=request.build_absolute_uri("/"),
                machine=machine(request),
                actor="site",
                at=timezone.now(),
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            return render(request, "access/forgotten_sent.html")
    return render(request, "access/forgotten.html", {"form": form}, status=status)


@open_to_all
@READ_OR_SEND
@never_cache
@sensitive_post_parameters()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password with a mailed link."""
    account = usecases.link_holds(token=token, actor="site", at=timezone.now())
    form = NewPasswordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            usecases.reset_password(
                token=token,
                password=form.cleaned_data["password"],
                actor="site",
                at=timezone.now(),
            )
        except usecases.WeakPassword as weak:
            form.add_error("password", str(weak))
        else:
            messages.success(request, _("Votre mot de passe est changé. Connectez-vous."))
            return redirect("access:sign-in")
    status = 422 if form.errors else 200
    told = {"form": form, "email": account.email}
    return render(request, "access/reset.html", told, status=status)
