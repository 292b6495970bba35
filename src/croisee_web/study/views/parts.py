"""Parts of a study edited as a table: one page each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.study.forms import row_formset, show_conflict
from croisee_web.study.queries import PartRow, StudyRef, part_rows, study_ref
from croisee_web.study.queries.networks import editions_of, places_of
from croisee_web.study.rules.parts import PARTS
from croisee_web.study.usecases import (
    CodeTaken,
    RowEdit,
    RowsChangedSince,
    StillHoldsSomething,
    move_row,
    save_rows,
)

Page = Callable[[SignedInRequest, str], HttpResponse]
Choices = Callable[[int, SignedInRequest], dict[str, Any]]


def _page(
    part: str,
    title: str | Promise,
    intro: str | Promise,
    new: str | Promise,
    choices: Choices | None = None,
) -> Page:
    """Return the page of a part: its rows and two blank ones, one button."""

    @in_study(PARTS[part].verb)
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: SignedInRequest, slug: str) -> HttpResponse:
        study = study_ref(slug=slug, viewer=request.user, verb=PARTS[part].verb)
        rows = part_rows(study_id=study.id, part=part, viewer=request.user)
        told = choices(study.id, request) if choices else {}
        formset, status = row_formset(part, rows, **told), 200
        if request.method == "POST":
            formset = row_formset(part, rows, request.POST, **told)
            done, formset, status = _saved(request, study, part, formset, told)
            if done:
                _move(request, study.id, part)
                messages.success(request, _("C’est enregistré."))
                return redirect(f"study:{part}", slug)
        shown = {
            "study": study,
            "formset": formset,
            "title": title,
            "intro": intro,
            "new": new,
            "part": part,
        }
        return render(request, "study/rows.html", shown, status=status)

    page.__name__, page.__doc__ = part, str(PARTS[part].model.__doc__)
    return page  # type: ignore[return-value]


def _saved(
    request: SignedInRequest, study: StudyRef, part: str, formset: Any, told: dict[str, Any]
) -> tuple[bool, Any, int]:
    """Save what was sent; else return the forms with what stopped it, and a status."""
    if not formset.is_valid():
        return False, formset, 422
    try:
        save_rows(
            study_id=study.id,
            part=part,
            rows=edits(formset),
            actor=request.user,
            at=timezone.now(),
        )
    except RowsChangedSince as late:
        rows = part_rows(study_id=study.id, part=part, viewer=request.user)
        return False, _compared(request, part, rows, late, told), late.http_status
    except (CodeTaken, StillHoldsSomething) as refused:
        formset._non_form_errors.append(str(refused))
        return False, formset, refused.http_status
    return True, formset, 200


def _move(request: SignedInRequest, study_id: int, part: str) -> None:
    """Move the row whose button was pressed, if one was and the row is still there."""
    pressed = {button: request.POST.get(button, "") for button in ("haut", "bas")}
    if not any(pressed.values()):
        return
    there = {
        str(row.id): row.id for row in part_rows(study_id=study_id, part=part, viewer=request.user)
    }
    for button, earlier in (("haut", True), ("bas", False)):
        if pressed[button] in there:
            move_row(
                study_id=study_id,
                part=part,
                number=there[pressed[button]],
                earlier=earlier,
                actor=request.user,
                at=timezone.now(),
            )


def edits(formset: Any) -> list[RowEdit]:
    """Return the rows as somebody leaves them; blank new ones are none."""
    kept = [
        RowEdit(
            id=form.cleaned_data.get("id"),
            version=form.cleaned_data.get("version") or 0,
            removed=bool(form.cleaned_data.get("DELETE")),
            values={} if form.cleaned_data.get("DELETE") else form.values(),
        )
        for form in formset.initial_forms
    ]
    new = [RowEdit(values=form.values()) for form in formset.extra_forms if form.has_changed()]
    return [*kept, *new]


def _compared(
    request: SignedInRequest,
    part: str,
    rows: tuple[PartRow, ...],
    late: RowsChangedSince,
    told: dict[str, Any],
) -> Any:
    """Return the forms as sent, from the versions that are there now, with what those say."""
    sent = request.POST.copy()
    now = {str(row.id): row for row in rows}
    places = range(len(row_formset(part, rows, request.POST, **told).initial_forms))
    for place in places:
        row = now.get(sent.get(f"{part}-{place}-id", ""))
        if row is not None:
            sent[f"{part}-{place}-version"] = str(row.version)
    formset = row_formset(part, rows, sent, **told)
    formset.is_valid()
    for form in formset.initial_forms:
        number = form.cleaned_data.get("id")
        if number in late.rows:
            show_conflict(form, now[str(number)].values, str(late))
    return formset


def _places(study_id: int, request: SignedInRequest) -> dict[str, Any]:
    return {
        "places": places_of(study_id=study_id, viewer=request.user),
        "editions": editions_of(study_id),
    }


sizes = _page(
    "sizes",
    gettext_lazy("Bases sans liste"),
    gettext_lazy("Quand un réseau n’a pas de liste, un nombre et sa source tiennent lieu de base."),
    gettext_lazy("Nouveau nombre"),
    _places,
)
editions = _page(
    "editions",
    gettext_lazy("Éditions"),
    gettext_lazy("Une édition est une vague de collecte. Ses dates disent quand elle ferme."),
    gettext_lazy("Nouvelle édition"),
)
methods = _page(
    "methods",
    gettext_lazy("Méthodes"),
    gettext_lazy("Les façons de recueillir : ce sont les colonnes du tableau des activités."),
    gettext_lazy("Nouvelle méthode"),
)
certificates = _page(
    "certificates",
    gettext_lazy("Certificats d’éthique"),
    gettext_lazy("En dehors de leurs dates, aucune collecte n’est ouverte."),
    gettext_lazy("Nouveau certificat"),
)
retention = _page(
    "retention",
    gettext_lazy("Calendrier de conservation"),
    gettext_lazy("Ce qui est gardé, jusqu’à quand, et ce qu’on en fait ensuite."),
    gettext_lazy("Nouvelle ligne"),
)
committee = _page(
    "committee",
    gettext_lazy("Membres du comité"),
    gettext_lazy("Les partenaires qui encadrent l’étude. Jamais les personnes participantes."),
    gettext_lazy("Nouveau membre"),
)
milestones = _page(
    "milestones",
    gettext_lazy("Jalons"),
    gettext_lazy("Les dates de l’étude, comme elles paraîtront dans le rapport."),
    gettext_lazy("Nouveau jalon"),
)
context = _page(
    "context",
    gettext_lazy("Chiffres de contexte"),
    gettext_lazy("Des nombres venus d’ailleurs, chacun avec sa source."),
    gettext_lazy("Nouveau chiffre"),
)
