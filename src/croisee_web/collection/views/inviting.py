"""Inviting to answer, reminding who has not, and leaving whoever wants no mail alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from croisee_web.access.http import SignedInRequest, in_study, open_to_all, sent
from croisee_web.access.rules import page_address
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.forms import AddressesForm, CardsForm, LetterForm
from croisee_web.collection.queries.invited import Inviting, codes_of, inviting
from croisee_web.collection.rules.addressed import LINK, UNTIL, Addressed, Mail, mail_of
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.inviting import (
    ask_letter,
    leave_alone,
    use_vault_addresses,
    write_addresses,
)
from croisee_web.collection.usecases.linking import make_links
from croisee_web.collection.vocabulary import LetterKind
from croisee_web.kit.days import day_text
from croisee_web.people.rules import csv_of
from croisee_web.people.vocabulary import SITE
from croisee_web.study.queries import StudyRef, study_ref

_GET_POST = ["GET", "HEAD", "POST"]


def _opened(request: SignedInRequest, slug: str, number: int) -> tuple[StudyRef, Inviting]:
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    at = timezone.now()
    return study, inviting(study_id=study.id, collecting_id=number, viewer=request.user, at=at)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def invite(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show where the invitations stand; take addresses, and say what became of each line."""
    study, page = _opened(request, slug, number)
    form = AddressesForm(
        sent(request), request.FILES if request.method == "POST" else None, cases=page.cases
    )
    report, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            report = write_addresses(
                collecting_id=page.id,
                pasted=form.pasted(),
                actor=request.user,
                at=timezone.now(),
            )
            status = 200
            form = AddressesForm(cases=page.cases)
            study, page = _opened(request, slug, number)
    told = {
        "study": study,
        "page": page,
        "form": form,
        "cards": CardsForm(cases=page.cases, auto_id="carte_%s"),
        "report": report,
        "taken": sum(not line.why for line in report or ()),
        "left_out": [line for line in report or () if line.why],
    }
    return render(request, "collection/invite.html", told, status=status)


@in_study(Verb.EDIT_STUDY, Verb.SEE_IDENTITIES)
@require_POST
def invite_from_vault(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take the addresses that participants left in the vault."""
    _study, page = _opened(request, slug, number)
    n = use_vault_addresses(collecting_id=page.id, actor=request.user, at=timezone.now())
    text = ngettext(
        "%(n)s adresse du coffre servira à inviter.",
        "%(n)s adresses du coffre serviront à inviter.",
        n,
    )
    messages.success(request, text % {"n": n})
    return redirect("collection:inviting", slug, number)


@in_study(Verb.EDIT_STUDY)
@require_POST
def links_file(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Make the links that are missing; give them once, as a file to hand out otherwise."""
    _study, page = _opened(request, slug, number)
    if page.anonymous:
        raise CollectingRefused(
            _("Anonyme, aucun lien nommé ne se montre : invitez par courriel, ou par des cartes.")
        )
    origin = request.build_absolute_uri("/")
    made = make_links(collecting_id=page.id, actor=request.user, at=timezone.now())
    if not made:
        messages.info(request, _("Chacun a déjà son lien. Un rappel le porte de nouveau."))
        return redirect("collection:inviting", slug, number)
    codes, names = codes_of(page.id), dict(page.cases)
    rows = [
        (
            names.get(codes[link.case_id], codes[link.case_id]),
            link.participant or link.organisation,
            page_address(origin, reverse("collection:answer-start", args=[token])),
        )
        for link, token in made
    ]
    content = csv_of((_("réseau"), _("code"), _("lien")), rows)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename="liens.csv")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


@in_study(Verb.EDIT_STUDY)
@require_http_methods(_GET_POST)
def letter(request: SignedInRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Write a letter, see it as it will be read, send it."""
    study, page = _opened(request, slug, number)
    of_kind = LetterKind.REMINDER if kind == LetterKind.REMINDER else LetterKind.INVITATION
    number_of = page.to_remind if of_kind is LetterKind.REMINDER else page.to_invite
    initial = None if request.method == "POST" else _proposed(request, of_kind, slug, number)
    form = LetterForm(sent(request), initial=initial)
    previews: list[tuple[str, str, Mail]] = []
    if request.method == "POST" and form.is_valid():
        wording = form.wording(of_kind, request.build_absolute_uri("/"))
        if "envoyer" in request.POST:
            try:
                ask_letter(
                    collecting_id=page.id, wording=wording, actor=request.user, at=timezone.now()
                )
            except CollectingRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Les courriels partent, de 8 h à 20 h."))
                return redirect("collection:inviting", slug, number)
        else:
            previews = [
                (name, language, _preview(*texts, page, study, language))
                for name, language, texts in (
                    (_("En français"), "fr", (wording.subject_fr, wording.body_fr)),
                    (_("En anglais"), "en", (wording.subject_en, wording.body_en)),
                )
                if texts[1]
            ]
    told = {
        "study": study,
        "page": page,
        "form": form,
        "kind": of_kind,
        "number": number_of,
        "previews": previews,
    }
    return render(request, "collection/letter.html", told, status=422 if form.errors else 200)


def _preview(subject: str, body: str, page: Inviting, study: StudyRef, language: str) -> Mail:
    with override(language):
        until = day_text(page.closes_on)
        to = Addressed("https://…/p/…", until, study.title, "https://…/courriels/…")
        return mail_of(subject, body, to)


def _proposed(request: SignedInRequest, kind: LetterKind, slug: str, number: int) -> dict[str, Any]:
    """Return the text that a letter starts from, in both languages."""
    told: dict[str, Any] = {}
    for language in ("fr", "en"):
        with override(language):
            study, page = _opened(request, slug, number)
            said = {"name": page.name, "study": study.title, "link": LINK, "until": UNTIL}
            if kind is LetterKind.REMINDER:
                subject = _("Rappel : %(name)s, jusqu’au %(until)s")
                body = _(
                    "Bonjour,\n\nNous vous avons écrit pour l’étude « %(study)s ». "
                    "Il est encore temps de répondre, jusqu’au %(until)s :\n\n%(link)s\n\n"
                    "Si vous avez commencé, vos réponses vous attendent à ce lien.\n\n"
                    "Merci !"
                )
            else:
                subject = _("Votre avis : %(name)s")
                body = _(
                    "Bonjour,\n\nL’étude « %(study)s » vous invite à répondre à quelques "
                    "questions. Ce lien est le vôtre, jusqu’au %(until)s :\n\n%(link)s\n\n"
                    "Vous pouvez vous arrêter et revenir plus tard.\n\nMerci !"
                )
            told[f"subject_{language}"] = subject % said
            told[f"body_{language}"] = body % said
    return told


@open_to_all
@csrf_exempt
@require_http_methods(_GET_POST)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop receiving mails of a study: a button, or one click from a mail program (RFC 8058).

    Every token is answered the same way: nobody learns whether an address is known.
    """
    done = request.method == "POST"
    if done:
        leave_alone(token=token, actor=SITE, at=timezone.now())
    return render(request, "collection/leave.html", {"done": done})
