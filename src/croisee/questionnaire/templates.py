"""Questionnaires ready to be adapted: good plain French, complete English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from croisee.formats.xlsform import Workbook, read_workbook
from croisee.language import Label
from croisee.study import Subject

FOLDER = Path(__file__).parent / "templates"
_ABOUT = "modele"
_ORDER = ("eclair", "individuel", "evaluation", "portrait", "teletravail", "formation")


@dataclass(frozen=True, slots=True)
class Template:
    """A questionnaire to start from; ``about`` says what it asks, ``subject`` whom.

    Its questions bear an identity (``croisee::identite``): two studies that start from the same
    template can be compared.
    """

    code: str
    name: Label
    about: Label
    subject: Subject
    workbook: Workbook


@cache
def templates() -> tuple[Template, ...]:
    """Return the templates, the shortest first."""
    return tuple(map(_template, _ORDER))


def template(code: str) -> Template:
    """Return one template. Raises :class:`KeyError`."""
    return {one.code: one for one in templates()}[code]


def _template(code: str) -> Template:
    book = read_workbook(FOLDER / f"{code}.csv")
    said = book.sheet(_ABOUT).records()[0]
    return Template(
        code,
        Label(said["nom"], said["nom_en"]),
        Label(said["propos"], said["propos_en"]),
        Subject(said["sujet"]),
        Workbook(tuple(one for one in book.sheets if one.name != _ABOUT)),
    )
