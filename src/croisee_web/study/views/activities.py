"""The activity table, edited in one page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.study.forms import show_conflict
from croisee_web.study.forms.activities import PREFIX, activity_edits, activity_formset
from croisee_web.study.queries import study_ref
from croisee_web.study.queries.activities import ActivityTable, activity_table
from croisee_web.study.usecases import CodeTaken, RowsChangedSince, save_rows


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def activities(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit what is planned and done, for every method in every network of an edition."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    edition = request.GET.get("edition", "")
    table = activity_table(
        study_id=study.id, viewer=request.user, on=timezone.localdate(), edition=edition
    )
    formset, status = activity_formset(table), 200
    if request.method == "POST":
        formset, status = activity_formset(table, request.POST), 422
        if formset.is_valid():
            try:
                save_rows(
                    study_id=study.id,
                    part="activities",
                    rows=activity_edits(formset),
                    actor=request.user,
                    at=timezone.now(),
                )
            except RowsChangedSince as late:
                formset = _compared(request, study.id, edition, late)
                status = late.http_status
            except CodeTaken as refused:
                formset._non_form_errors.append(str(refused))
                status = refused.http_status
            else:
                messages.success(request, _("Le tableau des activités est enregistré."))
                return redirect(request.get_full_path())
    told = {
        "study": study,
        "table": table,
        "formset": formset,
        "wrong": status != 200,
        "groups": _groups(formset),
    }
    return render(request, "study/activities.html", told, status=status)


def _compared(request: SignedInRequest, study_id: int, edition: str, late: RowsChangedSince) -> Any:
    """Return the lines as sent, from the versions that are there now, with what those say."""
    table: ActivityTable = activity_table(
        study_id=study_id, viewer=request.user, on=timezone.localdate(), edition=edition
    )
    now = {row.id: row for row in table.rows if row.id}
    sent = request.POST.copy()
    by_text = {str(number): row for number, row in now.items()}
    for name in list(sent):
        row = by_text.get(sent.get(name, ""))
        if row is not None and name.startswith(f"{PREFIX}-") and name.endswith("-id"):
            sent[f"{name.removesuffix('-id')}-version"] = str(row.version)
    formset = activity_formset(table, sent)
    formset.is_valid()
    for form in formset.forms:
        if form.cleaned_data.get("id") in late.rows:
            show_conflict(form, now[form.cleaned_data["id"]].values, str(late))
    return formset


def _groups(formset: Any) -> list[tuple[str, str, list[Any]]]:
    """Return the forms under each network's code and name."""
    known = [form for form in formset.forms if "called" in form.initial]
    return [
        (*place, list(forms))
        for place, forms in groupby(
            known, lambda one: (one.initial["network"], one.initial["called"][0])
        )
    ]
