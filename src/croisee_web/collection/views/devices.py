"""The page where a lead gives devices their keys, and takes them back."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from croisee_web.access.http import SignedInRequest, in_study, sent
from croisee_web.access.rules import page_address
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import DeviceForm
from croisee_web.collection.queries.devices import keys_of
from croisee_web.collection.queries.plans import editable
from croisee_web.collection.rules.openrosa import settings_code
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.devices import MadeKey, make_key, revoke_key
from croisee_web.study.queries import StudyRef, study_ref


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def device_keys(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show the keys of a collection, and make one: its address is shown once, on this page."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = editable(study_id=study.id, collecting_id=number, viewer=request.user)
    form = DeviceForm(sent(request), cases=saved.choices.cases)
    made: MadeKey | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_key(
                collecting_id=saved.id,
                label=form.cleaned_data["label"],
                case=form.cleaned_data["case"],
                actor=request.user,
                at=timezone.now(),
            )
        except CollectingRefused as refused:
            form.add_error("case", str(refused))
        else:
            form = DeviceForm(None, cases=saved.choices.cases)
    return _shown(request, study, number, form, made)


def _shown(
    request: SignedInRequest, study: StudyRef, number: int, form: DeviceForm, made: MadeKey | None
) -> HttpResponse:
    told = {
        "study": study,
        "number": number,
        "form": form,
        "keys": keys_of(study_id=study.id, collecting_id=number, viewer=request.user),
    }
    if made is not None:
        told |= {
            "made": made,
            "address": _address(request, made.secret),
            "named_address": _address(request, made.row.name),
            "code": _code(settings_code(_address(request, made.secret), study.title)),
        }
    status = 422 if form.errors else 200
    answer = render(request, "collection/devices.html", told, status=status)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@in_study(Verb.EDIT_STUDY)
@require_POST
def device_revoke(
    request: SignedInRequest, slug: str, number: int, key_number: int
) -> HttpResponse:
    """Take a key back."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = editable(study_id=study.id, collecting_id=number, viewer=request.user)
    revoke_key(collecting_id=saved.id, key_id=key_number, actor=request.user, at=timezone.now())
    messages.success(request, _("La clé est retirée. Ce que l’appareil a envoyé reste."))
    return redirect("collection:devices", slug, number)


def _address(request: SignedInRequest, key: str) -> str:
    """Return what is typed as « server URL »: applications add ``/formList`` themselves."""
    path = reverse("collection:openrosa-forms", kwargs={"key": key}).rpartition("/")[0]
    return page_address(request.build_absolute_uri("/"), path)


def _code(text: str) -> str:
    """Return a QR code as inline SVG, dark on light in both themes, with its words beside it."""
    drawn = segno.make(text, error="m").svg_inline(
        scale=3, border=4, dark="#000", light="#fff", omitsize=False, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 -- drawn here, from digits and our own colours
