"""The page an invitation's link opens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from croisee_web.access import usecases
from croisee_web.access.forms import NewAccountForm
from croisee_web.access.http import after_sign_in, begin_session, open_to_all, sent
from croisee_web.access.models import Account
from croisee_web.access.queries import Offer, offer_of
from croisee_web.access.rules import study_names
from croisee_web.access.views.entrance import READ_OR_SEND
from croisee_web.access.vocabulary import Role
from croisee_web.kit.errors import UseCaseError


@open_to_all
@READ_OR_SEND
@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is offered; open an account, or join with the one that is signed in."""
    at = timezone.now()
    offer = offer_of(token=token, at=at)
    told = {
        "offer": offer,
        "study": study_names().title(offer.study_id),
        "network": dict(study_names().cases(offer.study_id)).get(offer.case, ""),
        "token": token,
    }
    if isinstance(request.user, Account):
        if request.method == "POST":
            usecases.join(token=token, actor=request.user, at=at)
            messages.success(request, _("Bienvenue dans l’étude."))
            return redirect(_where(offer))
        return render(request, "access/invitation_join.html", told)
    if offer.known:
        return render(request, "access/invitation_known.html", told)
    form = NewAccountForm(sent(request), initial={"language": offer.language})
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data}
        given.pop("again")
        try:
            account = usecases.join_with_new_account(token=token, **given, actor="site", at=at)
        except UseCaseError as refusal:
            form.add_error("password", str(refusal))
            status = refusal.http_status
        else:
            begin_session(request, account, at)
            return after_sign_in(request, account, _where(offer))
    return render(request, "access/invitation.html", {**told, "form": form}, status=status)


def _where(offer: Offer) -> str:
    """Return the page that somebody was invited to: her network's results, or the study."""
    slug = study_names().slug(offer.study_id)
    if offer.role == Role.COORDINATOR:
        return reverse("report:network", args=[slug, offer.case])
    return reverse("study:home", args=[slug])
