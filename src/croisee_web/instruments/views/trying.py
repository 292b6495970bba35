"""The phone beside a draft: the very pages that people will answer. Nothing is kept but what was
tried, in the writer's own session.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.http import Tried, drawn, in_a_frame, turned
from croisee_web.instruments.queries.drafted import Draft, draft
from croisee_web.instruments.queries.trying import answer_before, trial_of
from croisee_web.instruments.views.editing import GET_POST, edited
from croisee_web.study.queries import reader_language

_TRIED = "questionnaire-tried"
_MOST = 2000
"""Letters of an answer that is tried, at most."""


@csrf_exempt  # the page is the participants' own, without a mark; trying a draft writes nothing
@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def preview(request: SignedInRequest, slug: str, instrument: str) -> HttpResponse:
    """Show one page of a draft as a phone will; go on when it is answered."""
    study = edited(request, slug)
    found = draft(study_id=study.id, code=instrument, viewer=request.user)
    key, step = request.GET.get("question", ""), request.GET.get("etape", "")
    fresh = request.method != "POST" and not step
    filling = trial_of(
        found,
        at=timezone.now(),
        language=reader_language(),
        values={} if fresh else _tried(request, found),
    )
    if filling is None or not found.questions:
        told: dict[str, Any] = {"empty": filling is not None or not found.questions}
        return in_a_frame(request, render(request, "instruments/preview_none.html", told))
    if fresh:
        answer_before(filling, found, key)
        _keep(request, found, filling.values())
    tried = Tried(
        filling,
        int(step) if step.isascii() and step.isdigit() and len(step) < 6 else 1,
        key if request.method != "POST" else "",
        {one.name: one.total for one in found.questions if one.total is not None},
    )
    if request.method != "POST":
        return in_a_frame(request, drawn(request, tried))
    after = turned(request, tried)
    _keep(request, found, filling.values())
    if isinstance(after, int):
        return redirect(f"{request.path}?etape={after}")
    return in_a_frame(request, after)


def _tried(request: SignedInRequest, found: Draft) -> dict[str, str]:
    kept: dict[str, Any] = request.session.get(_TRIED, {})
    return dict(kept.get("values", {})) if kept.get("draft") == _named(found) else {}


def _keep(request: SignedInRequest, found: Draft, values: dict[str, str]) -> None:
    short = {address: value[:_MOST] for address, value in values.items()}
    request.session[_TRIED] = {"draft": _named(found), "values": short}


def _named(found: Draft) -> str:
    return f"{found.code} {found.version}"
