"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from croisee_web.access.http import SignedInRequest, open_to_all, signed_in


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address and a password, or a passkey."""
    response: HttpResponseBase = LoginView.as_view()(request)
    return response


@signed_in
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Show somebody their own account."""
    return render(request, "access/account.html")
