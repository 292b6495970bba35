"""A published version as it is printed, for those who answer on paper. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.report.blank_form import BlankForm
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.queries.drafts import questionnaire_row
from croisee_web.instruments.rules import book_of
from croisee_web.jobs.rules import in_each_language
from croisee_web.kit.errors import NotFound

Printed = tuple[Workbook, BlankForm, date]
_BACK = _("Merci. Remettez cette feuille à la personne qui vous l’a donnée.")


def printed_version(
    published: PublishedVersion, *, cases: Sequence[tuple[str, Label]], large: bool
) -> Printed:
    """Return the questions to print, what is printed besides, and the day it was published.

    ``cases``: the networks a sheet may come from. For the slices above; nothing is asked of
    who looks.
    """
    named = published.questionnaire
    back = in_each_language(_BACK)
    blank = BlankForm(
        title=Label(named.name_fr, named.name_en),
        cases=tuple(cases),
        footer=" · ".join(filter(None, (published.form_id, published.form_version))),
        back=Label(back["fr"], back["en"]),
        large=large,
    )
    return book_of(published.workbook), blank, published.published_at.date()


def version_to_print(
    *, study_id: int, code: str, number: int, large: bool, viewer: Account
) -> Printed:
    """Return a published version to print, its networks unknown. Three SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such version.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    found = (
        PublishedVersion.objects.select_related("questionnaire")
        .filter(questionnaire=row, number=number)
        .first()
    )
    if found is None:
        raise NotFound
    return printed_version(found, cases=(), large=large)
