"""A delicate change asks for the password again, unless it was given a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from croisee_web.access import usecases
from croisee_web.access.forms import ConfirmForm
from croisee_web.access.http import (
    BEGAN,
    CONFIRMED,
    SignedInRequest,
    after_sign_in,
    machine,
    sent,
    signed_in,
)
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.kit.errors import UseCaseError

LASTS = timedelta(minutes=10)


def confirmed(view: Callable[..., HttpResponse], *, back: str = "") -> Callable[..., HttpResponse]:
    """Ask for the password before a page, when it was given more than ten minutes ago.

    ``back``: the page that leads to this one, when this one is only sent.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        since = max(request.session.get(CONFIRMED, 0), request.session.get(BEGAN, 0))
        if timezone.now().timestamp() - since > LASTS.total_seconds():
            wanted = reverse(back) if back else request.path
            return redirect(f"{reverse('access:confirm')}?{urlencode({'next': wanted})}")
        return view(request, *args, **kwargs)

    return guarded


@signed_in
@READ_OR_SEND
@sensitive_post_parameters("password")
def confirm(request: SignedInRequest) -> HttpResponse:
    """Ask for the password again."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    form = ConfirmForm(sent(request))
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        given = form.cleaned_data["password"]
        try:
            usecases.confirm_password(
                actor=request.user, password=given, machine=machine(request), at=at
            )
        except UseCaseError as refusal:
            form.add_error("password", str(refusal))
            status = refusal.http_status
        else:
            request.session[CONFIRMED] = at.timestamp()
            return after_sign_in(request, request.user, wanted)
    return render(request, "access/confirm.html", {"form": form, "next": wanted}, status=status)
