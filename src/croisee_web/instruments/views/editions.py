"""Starting an edition from another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.forms import EditionForm
from croisee_web.instruments.queries.editions import sources
from croisee_web.instruments.usecases import Carrying, start_edition
from croisee_web.instruments.views.editing import GET_POST, edited
from croisee_web.study.usecases import CodeTaken


@in_study(Verb.EDIT_STUDY)
@require_http_methods(GET_POST)
def edition(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what would come along, then open the edition."""
    study = edited(request, slug)
    known = sources(study_id=study.id, viewer=request.user)
    form, status = EditionForm(request.POST or None, sources=known), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = start_edition(
                    study_id=study.id,
                    edition=form.edition(),
                    carried=form.carried(),
                    frames=form.cleaned_data["frames"],
                    actor=request.user,
                    at=timezone.now(),
                )
            except CodeTaken as taken:
                form.add_error("code", str(taken))
            else:
                messages.success(request, _said(done))
                return redirect("instruments:list", slug)
    told = {"study": study, "form": form, "known": known}
    return render(request, "instruments/edition.html", told, status=status)


def _said(done: Carrying) -> str:
    """Return what came along, in words."""
    count = len(done.questionnaires)
    parts = [
        _("L’édition est ouverte."),
        ngettext(
            "%(n)s questionnaire est copié.", "%(n)s questionnaires sont copiés.", count
        ) % {"n": count},
    ]  # fmt: skip
    if done.members:
        parts.append(
            ngettext("%(n)s membre est repris.", "%(n)s membres sont repris.", done.members)
            % {"n": done.members}
        )
    if done.sizes:
        parts.append(
            ngettext(
                "%(n)s nombre déclaré est repris.",
                "%(n)s nombres déclarés sont repris.",
                done.sizes,
            )
            % {"n": done.sizes}
        )
    return " ".join(parts)
