"""Printed cards for the team, and the page where the code of one is typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from croisee.report.cards import cards_pdf
from croisee_web.access.http import SignedInRequest, in_study, machine, open_to_all, sent
from croisee_web.access.usecases import TooManyTries
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import CardsForm, CodeForm
from croisee_web.collection.queries.invited import inviting
from croisee_web.collection.usecases.carding import Printed, UnknownCode, enter_code, print_cards
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.people.vocabulary import SITE
from croisee_web.study.queries import study_ref


@in_study(Verb.EDIT_STUDY)
@require_POST
def cards(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give the cards asked for, as a PDF."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    at = timezone.now()
    page = inviting(study_id=study.id, collecting_id=number, viewer=request.user, at=at)
    form = CardsForm(request.POST, cases=page.cases)
    if not form.is_valid():
        raise CollectingRefused(form.told())
    found = print_cards(
        collecting_id=page.id,
        printed=Printed(
            form.cleaned_data["case"],
            form.cleaned_data["cards"] or 0,
            request.build_absolute_uri("/"),
        ),
        actor=request.user,
        at=at,
    )
    response = HttpResponse(cards_pdf(found), content_type="application/pdf")
    name = content_disposition_header(as_attachment=True, filename="cartes.pdf")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the short code of a card, and lead to its questionnaire."""
    form, status = CodeForm(sent(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                token = enter_code(
                    code=form.cleaned_data["code"],
                    machine=machine(request),
                    actor=SITE,
                    at=timezone.now(),
                )
            except (UnknownCode, TooManyTries) as refused:
                form.add_error("code", str(refused))
                status = refused.http_status
            else:
                return redirect("collection:answer-start", token)
    return render(request, "collection/code.html", {"form": form}, status=status)
