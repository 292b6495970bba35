"""What is printed of a questionnaire for those who answer on paper."""

from __future__ import annotations

from datetime import date

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.report.blank_form import BlankForm
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.queries.found import collecting_of
from croisee_web.instruments.queries.printed import printed_version


def paper_of(
    *, study_id: int, collecting_id: int, large: bool, viewer: Account
) -> tuple[Workbook, BlankForm, date]:
    """Return a collection's questionnaire to print, its networks to tick, and its day.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct its collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = collecting_of(study_id, collecting_id)
    cases = row.cases.order_by("case__position", "case_id").values_list(
        "case__code", "case__name_fr", "case__name_en"
    )
    networks = tuple((code, Label(french, english)) for code, french, english in cases)
    return printed_version(row.published, cases=networks, large=large)
