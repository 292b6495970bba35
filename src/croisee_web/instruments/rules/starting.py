"""What a questionnaire may be started from."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from croisee.formats.xlsform import Workbook, Worksheet, worksheet_of
from croisee.language import Label
from croisee.questionnaire.grid import ENGLISH, FRENCH
from croisee.questionnaire.templates import templates
from croisee.study import Subject
from croisee_web.instruments.rules.workbooks import book_of, grid_of
from croisee_web.kit.errors import UseCaseError

KEPT = "classeur"
"""The field that holds a questionnaire between the page of what is lost and its start."""
_SALT = "croisee.instruments.beginning"
_AN_HOUR = 3600


class BeginningLost(UseCaseError):
    """A questionnaire that was shown too long ago, or for another study."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Beginning:
    """A workbook to start from, how it is called and whom it asks. ``code`` may be ""."""

    name: Label
    subject: Subject
    book: Workbook
    code: str = ""


def from_template(code: str) -> Beginning | None:
    """Return a template of ours, nothing where there is none of this code."""
    return next(
        (
            Beginning(one.name, one.subject, one.workbook, one.code)
            for one in templates()
            if one.code == code
        ),
        None,
    )


def from_nothing(name: Label, subject: Subject) -> Beginning:
    """Return a questionnaire in two languages that asks nothing yet."""
    columns = ("type", "name", f"label::{FRENCH}", f"label::{ENGLISH}")
    choices = ("list_name", "name", f"label::{FRENCH}", f"label::{ENGLISH}")
    settings = {"form_title": name.fr, "default_language": FRENCH}
    book = Workbook(
        (
            Worksheet("survey", columns),
            Worksheet("choices", choices),
            worksheet_of("settings", [settings]),
        )
    )
    return Beginning(name, subject, book)


def kept_beginning(found: Beginning, study_id: int) -> str:
    """Return a questionnaire not kept yet, signed, to travel with a page."""
    said = [study_id, found.name.fr, found.name.en, found.subject.value, grid_of(found.book)]
    return signing.dumps(said, salt=_SALT, compress=True)


def beginning_kept(signed: str, study_id: int) -> Beginning:
    """Return the questionnaire that :func:`kept_beginning` signed less than an hour ago.

    Raises:
        BeginningLost: it was changed, is too old, or is for another study.
    """
    try:
        whose, french, english, subject, grid = signing.loads(signed, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        whose = None
    if whose != study_id:
        raise BeginningLost(_("Cette page est trop ancienne : envoyez de nouveau le fichier."))
    return Beginning(Label(french, english), Subject(subject), book_of(grid))
