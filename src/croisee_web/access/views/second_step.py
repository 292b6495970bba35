"""The second step of signing in, and signing in with a passkey alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from croisee_web.access import usecases
from croisee_web.access.forms import CodeForm, PasskeyForm
from croisee_web.access.http import (
    CEREMONY,
    WAITING,
    after_sign_in,
    begin_session,
    open_to_all,
    sent,
    site_name,
)
from croisee_web.access.models import Account
from croisee_web.access.queries import factors_of
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.kit.errors import UseCaseError

WAITS = timedelta(minutes=10)


@open_to_all
@READ_OR_SEND
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code, once the password was right; lead to the passkey of who has one."""
    at = timezone.now()
    account, wanted = _waiting(request, at)
    if account is None:
        return redirect("access:sign-in")
    form = CodeForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            how = usecases.check_code(actor=account, code=form.cleaned_data["code"], at=at)
        except UseCaseError as refusal:
            form.add_error("code", str(refusal))
            status = refusal.http_status
        else:
            begin_session(request, account, at)
            usecases.note_sign_in(actor=account, at=at, how=how)
            return after_sign_in(request, account, wanted)
    factors = factors_of(account=account)
    told = {"form": form, "application": factors.application, "passkeys": factors.passkeys}
    return render(request, "access/second_step.html", told, status=status)


@open_to_all
@READ_OR_SEND
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey: it stands for the password and the second factor."""
    at, host = timezone.now(), site_name(request)
    _account, waiting = _waiting(request, at)
    wanted = request.POST.get("next") or request.GET.get("next") or waiting
    form = PasskeyForm(sent(request))
    status = 200
    if request.method == "POST":
        state = request.session.pop(CEREMONY, None)
        answer = form.cleaned_data["answer"] if form.is_valid() else None
        try:
            account = usecases.check_passkey(
                actor=None, answer=answer, state=state, host=host, at=at
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            begin_session(request, account, at)
            usecases.note_sign_in(actor=account, at=at, how="passkey")
            return after_sign_in(request, account, wanted)
    options, request.session[CEREMONY] = usecases.begin_signing(actor=None, host=host, at=at)
    told = {"form": form, "next": wanted, "options": json.dumps(options)}
    return render(request, "access/passkey.html", told, status=status)


def _waiting(request: HttpRequest, at: datetime) -> tuple[Account | None, str]:
    """Return who has given the right password a moment ago, and where she was going."""
    number, since, wanted = request.session.get(WAITING, (None, 0, ""))
    if number is None or at - datetime.fromtimestamp(since, UTC) > WAITS:
        return None, wanted
    return Account.objects.filter(pk=number, is_active=True).first(), wanted
