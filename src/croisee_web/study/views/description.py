"""Studies: the list, a new one, what one says of itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from croisee_web.access.http import SignedInRequest, in_study, signed_in
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Verb
from croisee_web.study.forms import DescriptionForm, NewStudyForm, show_conflict
from croisee_web.study.queries import StudyRef, description_of, study_ref, study_refs
from croisee_web.study.queries.description import Versioned
from croisee_web.study.queries.naming import may_create_studies
from croisee_web.study.usecases import ChangedSince, change_study, create_study


@signed_in
@require_safe
def study_list(request: SignedInRequest) -> HttpResponse:
    """Show the studies where the reader has a role."""
    told = {
        "studies": study_refs(viewer=request.user),
        "may_create": may_create_studies(account=request.user),
    }
    return render(request, "study/study_list.html", told)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def study_create(request: SignedInRequest) -> HttpResponse:
    """Open a study; its creator leads it."""
    if not may_create_studies(account=request.user):
        raise NotAllowed(
            _("Seules l’administration du site et les responsables d’étude créent une étude.")
        )
    form = NewStudyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = create_study(description=form.description(), actor=request.user, at=timezone.now())
        messages.success(request, _("L’étude est créée. Vous en êtes responsable."))
        return redirect("study:home", made.slug)
    status = 422 if form.errors else 200
    return render(request, "study/study_create.html", {"form": form}, status=status)


@in_study(Verb.EDIT_STUDY)
@require_http_methods(["GET", "HEAD", "POST"])
def study_description(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit what a study says of itself."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    saved = description_of(study_id=study.id, viewer=request.user)
    initial = {**saved.values, "version": saved.version}
    form = DescriptionForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _changed(request, study, form)
            except ChangedSince as late:
                form = _compared(request, saved, str(late))
                status = late.http_status
    return render(
        request, "study/study_description.html", {"study": study, "form": form}, status=status
    )


def _compared(request: SignedInRequest, saved: Versioned, text: str) -> DescriptionForm:
    """Return the form as sent, from the version that is there now, with what it says."""
    sent = request.POST.copy()
    sent["version"] = str(saved.version)
    form = DescriptionForm(sent)
    form.is_valid()
    show_conflict(form, saved.values, text)
    return form


def _changed(request: SignedInRequest, study: StudyRef, form: DescriptionForm) -> HttpResponse:
    change_study(
        study_id=study.id,
        description=form.description(),
        version=form.cleaned_data["version"] or 0,
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("La description est enregistrée."))
    return redirect("study:description", study.slug)
