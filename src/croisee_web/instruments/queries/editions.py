"""What a new edition may take from another. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import PublishedVersion, Questionnaire
from croisee_web.instruments.rules.workbooks import Grid
from croisee_web.study.models import Edition, FrameSize, Organisation
from croisee_web.study.queries import said


@dataclass(frozen=True, slots=True)
class Source:
    """An edition to start from, and how many members and sizes are its own."""

    code: str
    name: str
    members: int
    sizes: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What a new edition may come from: editions, the last first, and questionnaires."""

    editions: tuple[Source, ...]
    questionnaires: tuple[tuple[str, str], ...]


def sources(*, study_id: int, viewer: Account) -> Sources:
    """Return what a new edition may come from. Four SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    members = list(Organisation.objects.filter(study_id=study_id).values_list("edition", flat=True))
    sizes = list(FrameSize.objects.filter(study_id=study_id).values_list("edition", flat=True))
    editions = Edition.objects.filter(study_id=study_id).order_by("-position", "-pk")
    rows = Questionnaire.objects.filter(study_id=study_id).order_by("pk")
    return Sources(
        tuple(
            Source(
                one.code,
                said(one.name_fr, one.name_en) or one.code,
                members.count(one.code),
                sizes.count(one.code),
            )
            for one in editions
        ),
        tuple(
            (code, said(french, english))
            for code, french, english in rows.values_list("code", "name_fr", "name_en")
        ),
    )


def last_workbook(row: Questionnaire) -> Grid:
    """Return what a questionnaire asked last: its last published version, else its draft."""
    published = PublishedVersion.objects.filter(questionnaire=row).order_by("-number")
    found: Grid | None = published.values_list("workbook", flat=True).first()
    return row.workbook if found is None else found
