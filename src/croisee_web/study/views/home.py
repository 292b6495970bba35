"""Where a study stands."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from croisee_web.access.http import SignedInRequest, in_study
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.days import moment_text
from croisee_web.study.queries import StudyRef, study_ref
from croisee_web.study.queries.home import study_home as home_of
from croisee_web.study.queries.naming import may_create_studies


@in_study(Verb.SEE_STUDY, by_network=True)
@require_safe
def study_home(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the phase, at most three things to do, the networks crossed with the methods."""
    study = study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    at = timezone.now()
    home = home_of(
        study=study,
        viewer=request.user,
        at=at,
        on=_there(study, at).date(),
        edition=request.GET.get("edition", ""),
    )
    told = {
        "study": study,
        "home": home,
        "changed": moment_text(_there(study, home.changed_at)) if home.changed_at else "",
        "may_create": not home.rows and may_create_studies(account=request.user),
        "may_edit": Verb.EDIT_STUDY in study.verbs,
        "may_read_journal": Verb.READ_JOURNAL in study.verbs,
    }
    return render(request, "study/study_home.html", told)


def _there(study: StudyRef, at: datetime) -> datetime:
    """Return a moment on the clocks of where the study is held."""
    try:
        return at.astimezone(ZoneInfo(study.timezone))
    except (KeyError, ValueError, OSError):
        return at.astimezone(UTC)
