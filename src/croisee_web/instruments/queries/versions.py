"""Published versions, what changed between them, and what one more would be.

Nothing here writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from croisee.formats.xlsform import Workbook
from croisee.questionnaire.crosswalk import Match, compare
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.plain import Flaw, notes_on
from croisee_web.access.models import Account
from croisee_web.access.queries import names_of_actors, require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import PublishedVersion, Questionnaire
from croisee_web.instruments.queries.drafted import speaks_english
from croisee_web.instruments.queries.drafts import questionnaire_row
from croisee_web.instruments.queries.readying import certificate_of, next_version, readied
from croisee_web.instruments.rules import (
    Answered,
    QuestionnaireRefused,
    ToCorrect,
    answers_to,
    asked_rows,
    book_of,
)
from croisee_web.instruments.rules.comparing import Told, told_of
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import reader_language, said


@dataclass(frozen=True, slots=True)
class Version:
    """One published version. ``questions``: how many it asks."""

    number: int
    at: datetime
    by: str
    certificate: str
    questions: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One question in two versions, ``""`` where it is not asked, and what may be compared."""

    old: str
    new: str
    told: Told


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version of a questionnaire, the last first. ``changed``: the draft says more."""

    code: str
    name: str
    versions: tuple[Version, ...]
    changed: bool
    answered: Answered


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the one before, or beside the draft (``number`` 0)."""

    code: str
    name: str
    number: int
    before: int
    differences: tuple[Difference, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked at before a publication. ``faults`` stop it; the rest is told."""

    code: str
    name: str
    version: int
    number: int
    faults: tuple[ToCorrect, ...]
    certificate: str
    remarks: int
    untranslated: int
    questions: int
    answered: Answered
    differences: tuple[Difference, ...]
    same: bool


def versions_of(*, study_id: int, code: str, viewer: Account) -> Versions:
    """Return the published versions of a questionnaire. Six SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such questionnaire.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    found = list(PublishedVersion.objects.filter(questionnaire=row).order_by("-number"))
    names = names_of_actors({one.published_by for one in found})
    return Versions(
        row.code,
        said(row.name_fr, row.name_en),
        tuple(
            Version(
                one.number,
                one.published_at,
                names[one.published_by],
                one.certificate,
                len(asked_rows(book_of(one.workbook))),
            )
            for one in found
        ),
        bool(found) and not _same(book_of(found[0].workbook), book_of(row.workbook)),
        answers_to(found[0].instrument_id) if found else Answered(),
    )


def published_workbook(
    *, study_id: int, code: str, number: int, viewer: Account
) -> tuple[str, Workbook]:
    """Return the name and the workbook of a published version. Three SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such version.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    return said(row.name_fr, row.name_en), _published(row, number)


def _published(row: Questionnaire, number: int) -> Workbook:
    found = PublishedVersion.objects.filter(questionnaire=row, number=number)
    grid = found.values_list("workbook", flat=True).first()
    if grid is None:
        raise NotFound
    return book_of(grid)


def compared(*, study_id: int, code: str, number: int, viewer: Account) -> Compared:
    """Return a version beside the one before it. Four SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such version.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    new = _published(row, number)
    if number == 1:
        return Compared(row.code, said(row.name_fr, row.name_en), 1, 0, (), len(asked_rows(new)))
    found = compare(_published(row, number - 1), new)
    told, same = _told(found)
    return Compared(row.code, said(row.name_fr, row.name_en), number, number - 1, told, same)


def check_before(*, study_id: int, code: str, viewer: Account, at: datetime) -> Check:
    """Return what is looked at before a questionnaire is published. Twelve SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such questionnaire.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    book = book_of(row.workbook)
    number, taken = next_version(row)
    faults: tuple[ToCorrect, ...] = ()
    try:
        readied(row, number, taken)
    except QuestionnaireRefused as refused:
        faults = refused.faults
    last = PublishedVersion.objects.filter(questionnaire=row).order_by("-number").first()
    before = book_of(last.workbook) if last else None
    return Check(
        row.code,
        said(row.name_fr, row.name_en),
        row.version,
        number,
        faults,
        certificate_of(row.study, at),
        sum(one.flaw is not Flaw.UNTRANSLATED for one in notes_on(book, "fr")),
        len(_untranslated(book)) if "en" in row.study.languages else 0,
        len(asked_rows(book)),
        answers_to(last.instrument_id) if last else Answered(),
        _told(compare(before, book))[0] if before else (),
        before is not None and _same(before, book),
    )


def _untranslated(book: Workbook) -> frozenset[str]:
    """Return the keys of the questions that lack words in English."""
    if not speaks_english(book):
        return frozenset(one.key for one in questions_of(book))
    notes = notes_on(book, "en")
    return frozenset(one.key for one in notes if one.flaw is Flaw.UNTRANSLATED)


def _same(published: Workbook, draft: Workbook) -> bool:
    """Return whether two workbooks ask the same: what publishing adds to settings apart."""
    return all(published.sheet(name) == draft.sheet(name) for name in ("survey", "choices"))


def _told(matches: tuple[Match, ...]) -> tuple[tuple[Difference, ...], int]:
    """Return the questions that are not the same, and how many are."""
    language = reader_language()
    told = tuple(
        Difference(
            match.old.label.to(language) if match.old else "",
            match.new.label.to(language) if match.new else "",
            told_of(match, language),
        )
        for match in matches
        if match.reasons
    )
    return told, len(matches) - len(told)
