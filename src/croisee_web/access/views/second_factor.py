"""Somebody's own second factors and recovery codes."""

from __future__ import annotations

import json
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from croisee_web.access import usecases
from croisee_web.access.forms import CodeForm, NamedPasskeyForm
from croisee_web.access.http import (
    CEREMONY,
    SECRET,
    SignedInRequest,
    sent,
    signed_in,
    site_name,
)
from croisee_web.access.queries import factors_of, guarantors_of, needs_second_factor
from croisee_web.access.rules import new_secret
from croisee_web.access.views.confirmation import confirmed
from croisee_web.access.views.drawing import application_drawing
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.kit.errors import UseCaseError


@signed_in
@require_safe
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Show what protects an account, and what could."""
    who = request.user
    told = {
        "factors": factors_of(account=who),
        "waiting": needs_second_factor(account=who),
        "guarantors": guarantors_of(account_id=who.pk, steady_at=timezone.now()),
    }
    return render(request, "access/second_factor.html", told)


@signed_in
@READ_OR_SEND
@confirmed
def add_application(request: SignedInRequest) -> HttpResponse:
    """Add an application of codes: a drawing to scan, then a first code."""
    secret = request.session.setdefault(SECRET, new_secret())
    form = CodeForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = usecases.add_application(
                actor=request.user,
                secret=secret,
                code=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except UseCaseError as refusal:
            form.add_error("code", str(refusal))
            status = refusal.http_status
        else:
            del request.session[SECRET]
            return _added(request, codes)
    told = {"form": form, **application_drawing(request, request.user, secret)}
    return render(request, "access/add_application.html", told, status=status)


@signed_in
@READ_OR_SEND
@confirmed
def add_passkey(request: SignedInRequest) -> HttpResponse:
    """Add a passkey: the browser makes it, and asks for a finger, a face or a PIN."""
    at, host = timezone.now(), site_name(request)
    form = NamedPasskeyForm(sent(request))
    status = 200
    if request.method == "POST":
        state = request.session.pop(CEREMONY, None)
        given = form.cleaned_data if form.is_valid() else {}
        try:
            codes = usecases.add_passkey(
                actor=request.user,
                name=given.get("name", ""),
                answer=given.get("answer"),
                state=state,
                host=host,
                at=at,
            )
        except UseCaseError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.http_status
        else:
            return _added(request, codes)
    options, request.session[CEREMONY] = usecases.begin_adding(actor=request.user, host=host, at=at)
    told = {"form": form, "options": json.dumps(options)}
    return render(request, "access/add_passkey.html", told, status=status)


@signed_in
@READ_OR_SEND
@confirmed
def remove_factor(request: SignedInRequest, number: int) -> HttpResponse:
    """Remove a second factor, after asking."""
    factor = factors_of(account=request.user).numbered(number)
    if request.method == "POST":
        usecases.remove_factor(actor=request.user, number=number, at=timezone.now())
        messages.success(request, _("La double vérification est retirée."))
        return redirect("access:second-factor")
    return render(request, "access/remove_factor.html", {"factor": factor})


@signed_in
@require_POST
@partial(confirmed, back="access:second-factor")
def new_codes(request: SignedInRequest) -> HttpResponse:
    """Replace the recovery codes, and show the new ones once."""
    codes = usecases.new_codes(actor=request.user, at=timezone.now())
    return render(request, "access/recovery_codes.html", {"codes": codes})


def _added(request: SignedInRequest, codes: tuple[str, ...]) -> HttpResponse:
    messages.success(request, _("La double vérification est ajoutée."))
    if codes:
        return render(request, "access/recovery_codes.html", {"codes": codes})
    return redirect("access:second-factor")
