"""A published version, on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.http import printed
from croisee_web.instruments.queries.printed import version_to_print
from croisee_web.study.queries import study_ref


@in_study(Verb.EDIT_STUDY)
@require_safe
def paper(request: SignedInRequest, slug: str, instrument: str, number: int) -> HttpResponse:
    """Give a version as a PDF, in the page's language; ``?corps=grand``: large print."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.EDIT_STUDY)
    found = version_to_print(
        study_id=study.id,
        code=instrument,
        number=number,
        large=request.GET.get("corps") == "grand",
        viewer=request.user,
    )
    return printed(*found)
