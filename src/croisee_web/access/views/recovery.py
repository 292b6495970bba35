"""Every second factor lost: asking, confirming for somebody else, setting a new one."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from croisee_web.access import usecases
from croisee_web.access.forms import CodeForm, EmailForm, PasskeyForm, RecoverForm
from croisee_web.access.http import (
    CEREMONY,
    SECRET,
    SignedInRequest,
    machine,
    open_to_all,
    sent,
    signed_in,
    site_name,
)
from croisee_web.access.queries import factors_of, recoveries_for, recovery_for, recovery_of
from croisee_web.access.rules import new_secret
from croisee_web.access.views.drawing import application_drawing
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.kit.errors import UseCaseError


@open_to_all
@READ_OR_SEND
@never_cache
def lost(request: HttpRequest) -> HttpResponse:
    """Ask two persons to let one in again; say the same whether or not there is an account."""
    form = EmailForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            usecases.ask_for_recovery(
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
            return render(request, "access/lost_sent.html")
    return render(request, "access/lost.html", {"form": form}, status=status)


@signed_in
@require_safe
def recoveries(request: SignedInRequest) -> HttpResponse:
    """Show whom the reader may help."""
    told = {"recoveries": recoveries_for(viewer=request.user, at=timezone.now())}
    return render(request, "access/recoveries.html", told)


@signed_in
@READ_OR_SEND
def recovery(request: SignedInRequest, number: int) -> HttpResponse:
    """Confirm that somebody is herself, with one's own second factor; or refuse."""
    at, host = timezone.now(), site_name(request)
    card = recovery_for(viewer=request.user, number=number, at=at)
    origin = request.build_absolute_uri("/")
    if request.method == "POST" and request.POST.get("refuse"):
        usecases.refuse_recovery(actor=request.user, number=number, at=at, origin=origin)
        messages.success(request, _("La demande est refusée. Les personnes concernées le savent."))
        return redirect("access:recoveries")
    by_key = PasskeyForm(sent(request))
    form = CodeForm(None if request.POST.get("answer") else sent(request))
    status = 200
    if request.method == "POST":
        state = request.session.pop(CEREMONY, None)
        try:
            both = usecases.confirm_recovery(
                actor=request.user,
                number=number,
                proof=_proof(form, by_key, state, host),
                at=at,
                origin=origin,
            )
        except UseCaseError as refusal:
            (by_key if form.data.get("answer") else form).add_error(None, str(refusal))
            status = refusal.http_status
        else:
            done = _("C’est confirmé. Le lien part par courriel ; il vaut deux heures.")
            half = _("C’est confirmé. Il faut encore une autre personne.")
            messages.success(request, done if both else half)
            return redirect("access:recoveries")
    factors = factors_of(account=request.user)
    options, request.session[CEREMONY] = usecases.begin_signing(
        actor=request.user, host=host, at=at
    )
    told = {
        "one": card,
        "form": form,
        "by_key": by_key,
        "factors": factors,
        "options": json.dumps(options),
    }
    return render(request, "access/recovery.html", told, status=status)


@open_to_all
@READ_OR_SEND
@never_cache
@sensitive_post_parameters("password", "code")
def recover(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new application of codes with a mailed link and one's password."""
    account = recovery_of(token=token, at=timezone.now()).account
    secret = request.session.setdefault(SECRET, new_secret())
    form = RecoverForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = usecases.recover(
                token=token,
                password=form.cleaned_data["password"],
                machine=machine(request),
                application=usecases.NewApplication(secret, form.cleaned_data["code"]),
                actor="site",
                at=timezone.now(),
                origin=request.build_absolute_uri("/"),
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            request.session.flush()
            messages.success(request, _("Votre double vérification est remplacée."))
            return render(request, "access/recovery_codes.html", {"codes": codes})
    told = {"form": form, "email": account.email, **application_drawing(request, account, secret)}
    return render(request, "access/recover.html", told, status=status)


def _proof(
    form: CodeForm, by_key: PasskeyForm, state: usecases.State | None, host: str
) -> usecases.FactorProof:
    """Return what was given: a passkey's answer, or else a code."""
    answer = by_key.cleaned_data.get("answer") if by_key.is_valid() else None
    if answer is not None:
        return usecases.FactorProof(answer=answer, state=state, host=host)
    return usecases.FactorProof(code=form.cleaned_data["code"] if form.is_valid() else "")
