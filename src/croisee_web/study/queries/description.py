"""What a study says of itself, as its form shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.study.models import Study


@dataclass(frozen=True, slots=True)
class Description:
    """What a study says of itself, networks apart."""

    title_fr: str
    title_en: str = ""
    question_fr: str = ""
    question_en: str = ""
    languages: tuple[str, ...] = ("fr",)
    timezone: str = "America/Toronto"
    team_fr: str = ""
    team_en: str = ""
    contact: str = ""
    address: str = ""
    release_code: str = ""
    release_arrest_on: date | None = None

    def columns(self) -> Mapping[str, Any]:
        """Return the columns of the study's row."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "languages": list(self.languages)}


@dataclass(frozen=True, slots=True)
class Versioned:
    """Values as they stand, and the version to give back with a change."""

    version: int
    values: Mapping[str, Any]


def description_of(*, study_id: int, viewer: Account) -> Versioned:
    """Return what a study says of itself. Two SQL queries.

    Raises:
        NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = Study.objects.values("version", *Description.__slots__).get(pk=study_id)
    version = row.pop("version")
    return Versioned(version, dict(row))
