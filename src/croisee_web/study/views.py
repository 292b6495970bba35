"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from croisee_web.access.http import SignedInRequest, in_study, signed_in
from croisee_web.access.vocabulary import Verb
from croisee_web.study.queries import study_ref, study_refs


@signed_in
@require_safe
def study_list(request: SignedInRequest) -> HttpResponse:
    """Show the studies where the reader has a role."""
    return render(request, "study/study_list.html", {"studies": study_refs(viewer=request.user)})


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def study_home(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show where a study stands."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    return render(request, "study/study_home.html", {"study": study})
