"""The pages of somebody who answers: no account, no cookie, no script needed.

Her link is all there is: nothing else says who she is, so nothing here can be sent in her name
from another site, and no mark against that is asked of her (``csrf_exempt``).
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from croisee.questionnaire.filling import Filling
from croisee_web.access.http import open_to_all
from croisee_web.collection.queries.answering import (
    Visit,
    budget_totals,
    filling_for,
    is_spent,
    kept_of,
    state,
    welcome,
)
from croisee_web.collection.rules.drafts import Kept
from croisee_web.collection.rules.filled import SentFile
from croisee_web.collection.rules.pages import Page, PageKind, first_left, most_asked, pages_of
from croisee_web.collection.rules.posted import Sent
from croisee_web.collection.usecases import answering as acts
from croisee_web.collection.views.doors import (
    FOLDER,
    Doors,
    around,
    by_link,
    doors_of,
    page_address,
    private,
    stopped,
    used,
    withdrawal_address,
)
from croisee_web.collection.views.shown import answer_text, shown
from croisee_web.study.queries import reader_language

_GET_POST = ["GET", "HEAD", "POST"]
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


@by_link
@require_http_methods(_GET_POST)
def start(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what it is, who asks, who will know; begin, or go on where she was."""
    now, wrong = timezone.now(), ""
    kept = kept_of(visit) if visit.token else None
    told = state(visit, now)
    if is_spent(visit, kept):
        return used(request, visit)
    if not told.open:
        return stopped(request, visit, told)
    if request.method == "POST":
        try:
            case = request.POST.get("reseau", "")
            token = acts.begin(visit=visit, case=case, actor=None, at=now)
        except acts.CaseUnknown as refused:
            wrong = str(refused)
        else:
            begun = Visit(visit.collecting, visit.link, token, visit.slug)
            return redirect(_where_she_was(begun, kept_of(begun)))
    fresh = kept or Kept(published=visit.collecting.published_id)
    filling = filling_for(fresh, at=now)
    asked = sum(1 for page in pages_of(filling) if page.kind is not PageKind.AGAIN)
    most = most_asked(filling.sheet.prepared.form.nodes)
    shown_here: dict[str, Any] = {
        "told": welcome(visit),
        "visit": visit,
        "count": max(asked, most),
        "at_most": most > asked,
        "until": told.words,
        "begun": bool(kept and kept.passed),
        "wrong": wrong,
        **around(visit, doors_of(visit, "")),
    }
    return render(request, f"{FOLDER}/welcome.html", shown_here, status=422 if wrong else 200)


@by_link
@require_http_methods(_GET_POST)
def step(request: HttpRequest, visit: Visit, step: int) -> HttpResponse:
    """Ask one question; write what is sent, and lead to the next."""
    now = timezone.now()
    kept = _open_draft(visit)
    if request.method == "POST":
        given = _given(request)
        turned = acts.turn_page(visit=visit, given=given, actor=None, at=now)
        if turned.wrong and turned.page and turned.filling:
            return _asked(request, visit, turned.filling, turned.rank, turned=turned, given=given)
        return redirect(_next(visit, turned.rank, now_checking=bool(request.POST.get("verifier"))))
    filling = filling_for(kept, at=now)
    if not 1 <= step <= len(pages_of(filling)):
        return redirect(doors_of(visit, "").check)
    return _asked(request, visit, filling, step)


@by_link
@require_http_methods(_GET_POST)
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show every answer before it is sent; send, and give the code to keep.

    The code is in the answer to the sending itself, and nowhere else: an address would leave it
    in the server's logs, and a page kept for it would tie the answers to the link.
    """
    now = timezone.now()
    if request.method == "POST":
        sent = acts.send(visit=visit, receipt=request.POST.get("recu", ""), actor=None, at=now)
        if not sent.receipt:
            return redirect(page_address(visit, sent.rank))
        received: dict[str, Any] = {
            "receipt": sent.receipt,
            "told": welcome(visit),
            "withdrawal": withdrawal_address(),
            "done": True,
        }
        return render(request, f"{FOLDER}/received.html", received | around(visit, Doors(), ""))
    kept = _open_draft(visit)
    filling = filling_for(kept, at=now)
    pages = pages_of(filling)
    left = first_left(pages, kept.passed)
    if left <= len(pages):
        return redirect(page_address(visit, left))
    doors = doors_of(visit, "check")
    told: dict[str, Any] = {
        "lines": _lines(visit, filling, pages),
        "receipt": kept.receipt,
        "title": _title(visit),
    }
    back = page_address(visit, len(pages)) if pages else doors.start
    return render(request, f"{FOLDER}/check.html", told | around(visit, doors, back))


@by_link
@require_safe
def later(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell how to come back to answers being written."""
    doors = doors_of(visit, "later")
    told: dict[str, Any] = {
        "address": request.build_absolute_uri(doors.start),
        "until": state(visit, timezone.now()).words,
    }
    return render(request, f"{FOLDER}/later.html", told | around(visit, doors, doors.start))


@by_link
@require_safe
def rights(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell what somebody may ask, refuse and take back."""
    doors = doors_of(visit, "rights")
    told: dict[str, Any] = {
        "told": welcome(visit),
        "visit": visit,
        "withdrawal": withdrawal_address(),
    }
    return render(request, f"{FOLDER}/rights.html", told | around(visit, doors, doors.start))


@by_link
@require_POST
def erase(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Erase what was being written."""
    acts.erase_draft(visit=visit, actor=None, at=timezone.now())
    told: dict[str, Any] = {
        "heading": _("Tout est effacé"),
        "sentences": [_("Rien n’a été envoyé."), _("Vous pouvez recommencer avec le même lien.")],
        "action": (_("Recommencer"), doors_of(visit, "").start),
        "done": True,
    }
    return render(request, f"{FOLDER}/told.html", told | around(visit, Doors(), ""))


@csrf_exempt
@open_to_all
@require_http_methods(_GET_POST)
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Take answers back with the code that was given when they were received."""
    wrong, code = "", request.POST.get("code", "")
    if request.method == "POST":
        if acts.take_back(code=code[:60], actor=None, at=timezone.now()):
            done: dict[str, Any] = {
                "heading": _("Vos réponses sont retirées"),
                "sentences": [_("Elles sont effacées. Personne ne peut plus les lire.")],
                "in_english": True,
            }
            return private(request, render(request, f"{FOLDER}/told.html", done))
        wrong = _("Aucune réponse n’a ce code. Vérifiez chaque lettre.")
    told: dict[str, Any] = {"wrong": wrong, "code": code, "in_english": True}
    return private(
        request, render(request, f"{FOLDER}/withdrawal.html", told, status=422 if wrong else 200)
    )


def _asked(
    request: HttpRequest,
    visit: Visit,
    filling: Filling,
    rank: int,
    *,
    turned: acts.Turned | None = None,
    given: acts.Given | None = None,
) -> HttpResponse:
    """Return one page; ``turned`` and ``given`` say what was not right with what was sent."""
    pages = pages_of(filling)
    page = turned.page if turned and turned.page else pages[rank - 1]
    told: dict[str, Any] = {
        "page": shown(
            page,
            filling,
            (rank, len(pages)),
            wrong=turned.wrong if turned else (),
            sent=given.sent if given else None,
            total=_total(visit, page),
        ),
        "title": _title(visit),
        "step": True,
        "checking": bool(request.GET.get("verifier") or request.POST.get("verifier")),
    }
    doors = doors_of(visit, "", here=page_address(visit, rank))
    back = page_address(visit, rank - 1) if rank > 1 else doors.start
    status = 422 if turned else 200
    return render(request, f"{FOLDER}/page.html", told | around(visit, doors, back), status=status)


def _given(request: HttpRequest) -> acts.Given:
    sent: Sent = {name: request.POST.getlist(name) for name in request.POST}
    files = {
        name: SentFile(_new_name(str(file.name)), str(file.content_type or ""), content=file.read())
        for name, file in request.FILES.items()
        if not isinstance(file, list) and file.size
    }
    away = request.POST.get("retirer", "")
    button = "retirer" if away else request.POST.get("bouton", "")
    return acts.Given(request.POST.get("page", ""), sent, files, button, away)


def _new_name(name: str) -> str:
    """Return a name of ours for a file: a person's own may say who she is."""
    ending = _ENDING.search(name)
    return f"{secrets.token_hex(8)}{ending[0].lower() if ending else ''}"


def _open_draft(visit: Visit) -> Kept:
    """Return what is being written.

    Raises:
        NotOpen, AlreadyAnswered: nothing is taken by this link now.
    """
    told = state(visit, timezone.now())
    kept = kept_of(visit)
    if is_spent(visit, kept):
        raise acts.AlreadyAnswered(_("Ce lien a déjà servi."))
    if not told.open:
        raise acts.NotOpen(told.words)
    return kept or Kept(published=visit.collecting.published_id)


def _next(visit: Visit, rank: int, *, now_checking: bool) -> str:
    """Return what follows a page: the next one, or the answers to check."""
    kept = _open_draft(visit)
    pages = pages_of(filling_for(kept, at=timezone.now()))
    if now_checking:
        rank = first_left(pages, kept.passed)
    return page_address(visit, rank) if rank <= len(pages) else doors_of(visit, "").check


def _where_she_was(visit: Visit, kept: Kept | None) -> str:
    kept = kept or Kept(published=visit.collecting.published_id)
    pages = pages_of(filling_for(kept, at=timezone.now()))
    left = first_left(pages, kept.passed)
    return page_address(visit, left) if left <= len(pages) else doors_of(visit, "").check


def _lines(visit: Visit, filling: Filling, pages: tuple[Page, ...]) -> list[dict[str, str]]:
    language = reader_language()
    asked = {one.address for one in filling.asked_places()}
    return [
        {
            "label": filling.label(one.address).strip() or one.node.name,
            "answer": answer_text(one, filling, language),
            "address": f"{page_address(visit, rank)}?verifier=1",
        }
        for rank, page in enumerate(pages, 1)
        for one in page.asks
        if one.address in asked
    ]


def _total(visit: Visit, page: Page) -> Any:
    totals = budget_totals(visit.collecting.published_id)
    return totals.get(page.group.node.name) if page.group else None


def _title(visit: Visit) -> str:
    return welcome(visit).title
