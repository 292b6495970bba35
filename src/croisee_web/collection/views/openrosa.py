"""The door of applications such as ODK Collect and Enketo: lists, forms, submissions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import open_to_all
from croisee_web.access.rules import page_address
from croisee_web.collection.queries.devices import (
    Device,
    Knock,
    TakenForm,
    device_of,
    form_of,
    forms_of,
)
from croisee_web.collection.rules import openrosa
from croisee_web.collection.rules.filled import (
    Acknowledgement,
    Filled,
    Outcome,
    Refused,
    SentFile,
)
from croisee_web.collection.usecases.receiving import receive
from croisee_web.collection.vocabulary import Way
from croisee_web.kit.errors import NotFound

XML = "text/xml; charset=utf-8"
MOST_AT_ONCE = 10_000_000
"""What an application is asked to send at a time, in bytes; it sends the rest in other turns."""
View = Callable[..., HttpResponse]


def _for_devices(view: View) -> View:
    """Open a view to devices that have a key, and add what OpenRosa asks of every answer."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, **given: Any) -> HttpResponse:
        at = timezone.now()
        signed = request.headers.get("Authorization", "")
        device, stale = device_of(Knock(key, signed, str(request.method), request.path), at)
        if device is None:
            answer = _said(_("Cet appareil n’a pas la clé de cette collecte."), 401)
            answer.headers["WWW-Authenticate"] = openrosa.challenges(
                at, stale=stale, secure=request.is_secure()
            )
        else:
            answer = _answered(view, request, device, key, given)
        answer.headers["X-OpenRosa-Version"] = openrosa.VERSION
        answer.headers["X-OpenRosa-Accept-Content-Length"] = str(
            min(MOST_AT_ONCE, settings.UPLOAD_LIMIT)
        )
        answer.headers["Date"] = http_date(at.timestamp())
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return guarded


def _answered(
    view: View, request: HttpRequest, device: Device, key: str, given: dict[str, Any]
) -> HttpResponse:
    try:
        return view(request, device, key, **given)
    except Refused as refused:
        return _said(*_words_of(refused))
    except NotFound as refused:
        return _said(str(refused), refused.http_status)
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return _said(_("L’envoi s’est coupé en route. Rien n’a été gardé. Renvoyez-le."), 400)


def _said(message: str, status: int) -> HttpResponse:
    return HttpResponse(_in_xml(message, status), content_type=XML, status=status)


def _in_xml(message: str, status: int) -> bytes:
    return openrosa.response(message, "submit_success" if status < 300 else "submit_error")


def _address(request: HttpRequest, page: str, key: str, **given: int | str) -> str:
    path = reverse(f"collection:{page}", kwargs={"key": key, **given})
    return page_address(request.build_absolute_uri("/"), path)


@open_to_all
@require_safe
@_for_devices
def form_list(request: HttpRequest, device: Device, key: str) -> HttpResponse:
    """List the form that this device fills; every version of it when asked so."""
    every = request.GET.get("listAllVersions", "").lower() in {"true", "1", "yes"}
    wanted = request.GET.get("formID", "")
    listed = [
        openrosa.ListedForm(
            form.form_id,
            form.version,
            form.name,
            openrosa.md5_of(form.xform),
            _address(request, "openrosa-form", key, number=form.published_id),
            _address(request, "openrosa-manifest", key, number=form.published_id),
        )
        for form in forms_of(device.collecting_id, every_version=every)
        if wanted in {"", form.form_id}
    ]
    return HttpResponse(openrosa.form_list(listed), content_type=XML)


@open_to_all
@require_safe
@_for_devices
def form(request: HttpRequest, device: Device, key: str, number: int) -> HttpResponse:
    """Give a form as it was published."""
    del request, key
    taken = form_of(device.collecting_id, number)
    return HttpResponse(taken.xform, content_type=XML)


@open_to_all
@require_safe
@_for_devices
def manifest(request: HttpRequest, device: Device, key: str, number: int) -> HttpResponse:
    """List the files that go with a form."""
    taken = form_of(device.collecting_id, number)
    files = [
        (file, _address(request, "openrosa-media", key, number=number, name=file.name))
        for file in taken.media
    ]
    return HttpResponse(openrosa.manifest(files), content_type=XML)


@open_to_all
@require_safe
@_for_devices
def media(request: HttpRequest, device: Device, key: str, number: int, name: str) -> HttpResponse:
    """Give a file that goes with a form."""
    del request, key
    for file in _media(form_of(device.collecting_id, number), name):
        answer = HttpResponse(file.content, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return answer
    raise NotFound


def _media(taken: TakenForm, name: str) -> list[openrosa.MediaFile]:
    return [file for file in taken.media if file.name == name]


@open_to_all
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
@_for_devices
def submission(request: HttpRequest, device: Device, key: str) -> HttpResponse:
    """Receive a filled form and its files, over as many requests as it takes.

    Django's own address leads here, and :mod:`.device_door` by a shorter way.

    ``HEAD`` says where to send. ``201``: received, or there already; ``202``: received, files
    are still awaited.
    """
    if request.method == "HEAD":
        answer = HttpResponse(status=204)
        answer.headers["Location"] = _address(request, "openrosa-submission", key)
        return answer
    filled = _filled(request, device)
    if filled is None:
        return _said(_("Il manque le formulaire rempli. Rien n’a été gardé."), 400)
    answer = _said(*_words_of(receive(filled, at=timezone.now())))
    answer.headers["Location"] = page_address(request.build_absolute_uri("/"), request.path)
    return answer


def _filled(request: HttpRequest, device: Device) -> Filled | None:
    """Return the filled form that a request holds, ``None`` where it holds none."""
    content = _alone(request)
    if content is not None:
        return Filled(device.collecting_id, content, Way.OPENROSA, case=device.case)
    files: list[SentFile] = []
    if str(request.content_type).startswith(("text/xml", "application/xml")):
        content = request.body
    for field, sent in request.FILES.lists():
        for file in sent:
            if field == openrosa.SENT_AS and content is None:
                content = file.read()
            else:
                files.append(
                    SentFile(str(file.name), str(file.content_type or ""), content=file.read())
                )
    if content is None and openrosa.SENT_AS in request.POST:
        content = request.POST[openrosa.SENT_AS].encode()
    if content is None:
        return None
    return Filled(device.collecting_id, content, Way.OPENROSA, case=device.case, files=tuple(files))


def _alone(request: HttpRequest) -> bytes | None:
    """Return the filled form of a small request that holds nothing else, as most do."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > openrosa.SMALL:
        return None
    return openrosa.form_alone(request.META.get("CONTENT_TYPE", ""), request.body)


def told_in_xml(told: Acknowledgement | Refused) -> tuple[bytes, int]:
    """Return what an application is answered, and its status."""
    message, status = _words_of(told)
    return _in_xml(message, status), status


def _words_of(told: Acknowledgement | Refused) -> tuple[str, int]:
    if isinstance(told, Refused):
        return str(told), told.http_status
    if told.outcome is Outcome.AWAITING_FILES:
        text = _("Réponses reçues. Fichiers encore attendus : %(names)s.") % {
            "names": ", ".join(told.missing)
        }
        return text, 202
    if told.outcome is Outcome.ALREADY:
        return _("Ces réponses étaient déjà reçues. Rien n’a changé."), 201
    return _("Réponses reçues. Merci."), 201
