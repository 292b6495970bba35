"""What a questionnaire may be started from."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.formats.xlsform import Workbook, Worksheet, worksheet_of
from croisee.language import Label
from croisee.questionnaire.grid import ENGLISH, FRENCH
from croisee.questionnaire.templates import templates
from croisee.study import Subject


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
