"""The doors: signing in, its second step, signing out, the very first account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from croisee_web.access import usecases
from croisee_web.access.forms import FirstAccountForm, SignInForm
from croisee_web.access.http import (
    WAITING,
    after_sign_in,
    begin_session,
    end_session,
    machine,
    open_to_all,
    sent,
)
from croisee_web.access.models import Account
from croisee_web.access.queries import has_second_factor
from croisee_web.access.rules import is_first_steps_token
from croisee_web.kit.errors import NotFound, UseCaseError

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@open_to_all
@READ_OR_SEND
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and a password; then for the second factor of who has one."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if isinstance(request.user, Account):
        return after_sign_in(request, request.user, wanted)
    form = SignInForm(sent(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            account = usecases.sign_in(
                **form.cleaned_data, machine=machine(request), actor="site", at=at
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            if has_second_factor(account=account):
                request.session.flush()
                request.session[WAITING] = [account.pk, at.timestamp(), wanted]
                return redirect("access:second-step")
            begin_session(request, account, at)
            usecases.note_sign_in(actor=account, at=at, how="password")
            return after_sign_in(request, account, wanted)
    told = {"form": form, "next": wanted}
    status = status if status != 200 or not form.errors else 422
    return render(request, "access/sign_in.html", told, status=status)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    return end_session(request)


@open_to_all
@READ_OR_SEND
@never_cache
@sensitive_post_parameters()
def first_steps(request: HttpRequest, token: str) -> HttpResponse:
    """Open the site's first account, for whoever holds the token written at its first start."""
    if not is_first_steps_token(token):
        raise NotFound
    form = FirstAccountForm(sent(request), initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data}
        given.pop("again")
        at = timezone.now()
        try:
            account = usecases.first_administrator(**given, at=at)
        except usecases.WeakPassword as weak:
            form.add_error("password", str(weak))
        else:
            begin_session(request, account, at)
            return after_sign_in(request, account, "")
    status = 422 if form.errors else 200
    return render(request, "access/first_steps.html", {"form": form}, status=status)
