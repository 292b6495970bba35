"""What may be taken away of a collection, and what each format would not say."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Collecting, Submission
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.brought import BroughtTo, told_collecting
from croisee_web.collection.rules.taken import Answered, losses_of
from croisee_web.collection.vocabulary import SubmissionState
from croisee_web.instruments.queries import published_form, published_lines
from croisee_web.study.queries import reader_language

NAMES = {
    "odk": _("ODK (CSV)"),
    "odk-xlsx": _("ODK (XLSX)"),
    "dossier": _("Dossier d’étude (CSV)"),
    "dossier-xlsx": _("Dossier d’étude (XLSX)"),
    "sav": _("SPSS, avec libellés (SAV)"),
    "ddi": _("DDI-Codebook : les questions seulement"),
}


@dataclass(frozen=True, slots=True)
class Takable:
    """One format: its code, its name, what it does not say."""

    how: str
    name: str
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """A collection's answers, ready to be taken. ``waiting``: those that wait for their files."""

    to: BroughtTo
    whole: int
    waiting: int
    formats: tuple[Takable, ...]


def taking(*, study_id: int, collecting_id: int, viewer: Account) -> Taking:
    """Return what may be taken of a collection. Six SQL queries at most.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer may not read answers.
    """
    require(actor=viewer, verb=Verb.READ_CORPUS, study_id=study_id)
    to = told_collecting(study_id, collecting_id)
    published = Collecting.objects.values_list("published_id", flat=True).get(pk=to.id)
    one = Answered(
        1,
        published_form(published),
        published_lines(published),
        (),
        form_language(published, reader_language()),
        to.name,
    )
    rows = Submission.objects.filter(collecting_id=to.id)
    return Taking(
        to,
        rows.filter(state=SubmissionState.WHOLE, sheet__isnull=False).count(),
        rows.filter(state=SubmissionState.AWAITED).count(),
        tuple(Takable(how, str(name), tuple(losses_of(how, one))) for how, name in NAMES.items()),
    )
