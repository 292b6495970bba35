"""The rows of a filled form: each thing that its transaction writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F

from croisee_web.collection.models import (
    AnswerLink,
    AnswerSheet,
    Attachment,
    DayCount,
    Submission,
    random_number,
)
from croisee_web.collection.queries.asked import Asked, Version
from croisee_web.collection.rules.filled import Acknowledgement, Filled, Refused
from croisee_web.collection.rules.openness import zone_of
from croisee_web.collection.rules.reading import Reading, keyed, neutral_name
from croisee_web.collection.usecases.intake.attaching import KeptFile
from croisee_web.collection.vault import token_digest
from croisee_web.collection.vocabulary import (
    Flag,
    SubmissionState,
)
from croisee_web.journal.usecases import Act
from croisee_web.kit.statements import insert
from croisee_web.people.vocabulary import SITE

Told = Acknowledgement | Refused


@dataclass(frozen=True, slots=True)
class Incoming:
    """A filled form ready to be written: who asked it, what it says, its files on disk.

    ``late``: the collection was closed, or not open yet. ``language``: of who is answered.
    """

    collecting: Asked
    version: Version
    filled: Filled
    reading: Reading
    files: tuple[KeptFile, ...]
    late: bool
    at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Written:
    """What is told, and the rows written: ``submission_id`` and ``link_id``, 0 when none.

    Others wait for what is left to do: it is done last, for all the answers of a commit.
    ``case``: the network whose count of the day changes by ``counted``; ``acts``: for the journal.
    """

    told: Told
    submission_id: int = 0
    link_id: int = 0
    case: int = 0
    counted: int = 0
    acts: tuple[Act, ...] = ()


def link_of(given: Incoming) -> AnswerLink | None:
    """Return the link that a form was sent with, held until the transaction ends."""
    token = given.filled.token
    if not token:
        return None
    return (
        AnswerLink.objects.select_for_update()
        .filter(token_sha256=token_digest(token), collecting_id=given.collecting.id)
        .first()
    )


def respondent_of(given: Incoming, link: AnswerLink | None) -> str:
    """Return the code of who answers, or "" where nobody says it."""
    if given.collecting.anonymous:
        return ""
    if link is not None:
        return link.participant or link.organisation
    return given.filled.respondent or given.filled.organisation


def is_taken(given: Incoming, respondent: str) -> bool:
    """Return whether somebody answered this edition of the questionnaire already."""
    if not respondent:
        return False
    return AnswerSheet.objects.filter(
        instrument_id=given.version.instrument_id,
        edition=given.collecting.edition,
        respondent=respondent,
    ).exists()


def row_of(given: Incoming, link: AnswerLink | None, case: int) -> Submission:
    """Return the row of a form, not written yet."""
    reading, anonymous = given.reading, given.collecting.anonymous
    flags = {*reading.flags, *([Flag.LATE.value] if given.late else [])}
    names = set(reading.files)
    if any(file.name not in names for file in given.files):
        flags.add(Flag.EXTRA_FILES.value)
    if anonymous and any(file.traces for file in given.files):
        flags.add(Flag.TRACES.value)
    return Submission(
        collecting_id=given.collecting.id,
        published_id=given.version.id,
        case_id=case,
        instance_id=reading.instance_id,
        replaces=reading.replaces,
        content=reading.content,
        digest=reading.digest,
        way=given.filled.way,
        link=None if anonymous else link,
        receipt_sha256=receipt_digest(given.filled.receipt),
        received_at=None if anonymous else given.at,
        flags=sorted(flags),
    )


def receipt_digest(receipt: str) -> str:
    """Return how a receipt code is kept, "" where none was given."""
    return token_digest(receipt) if receipt else ""


def free_sheet(older: Submission | None) -> AnswerSheet | None:
    """Take its answers from a form that is replaced."""
    if older is None:
        return None
    sheet, older.sheet, older.state = older.sheet, None, SubmissionState.REPLACED
    older.save(update_fields=["sheet", "state"])
    return sheet


def write_sheet(
    given: Incoming,
    case: int,
    respondent: str,
    link: AnswerLink | None,
    freed: AnswerSheet | None,
) -> AnswerSheet:
    """Write the answers as the study's tables read them, in the place of those they correct.

    In an anonymous collection they say nothing of who answered but the network.
    """
    if freed is not None:
        freed.answers = given.reading.answers
        freed.save(update_fields=["answers"])
        return freed
    sheet = sheet_of(given, case, respondent, link)
    insert(sheet)
    return sheet


def sheet_of(given: Incoming, case: int, respondent: str, link: AnswerLink | None) -> AnswerSheet:
    """Return the answers as the study's tables read them, not written yet."""
    said: AnswerLink | Filled | None = given.filled if link is None else link
    if given.collecting.anonymous:
        said = None
    return AnswerSheet(
        instrument_id=given.version.instrument_id,
        edition=given.collecting.edition,
        respondent=respondent or f"r{random_number():x}",
        case_id=case,
        component=said.component if said is not None else "",
        organisation=said.organisation if said is not None else "",
        weight="1" if given.version.weighted else "",
        answers=given.reading.answers,
    )


def count_all(group: Sequence[Incoming], written: Sequence[Written]) -> None:
    """Add answers to the counts of today; or take away those that were counted twice."""
    added = Counter[tuple[int, int, date]]()
    for given, one in zip(group, written, strict=True):
        if one.counted:
            collecting = given.collecting
            day = given.at.astimezone(zone_of(collecting.zone)).date()
            added[collecting.id, one.case, day] += one.counted
    for (collecting_id, case, day), change in sorted(added.items()):
        if change < 0:
            _take_away(collecting_id, case, -change)
        elif change and not _counted_again((collecting_id, case, day), change):
            DayCount.objects.create(
                collecting_id=collecting_id, case_id=case, day=day, count=change
            )


def _take_away(collecting_id: int, case: int, number: int) -> None:
    days = DayCount.objects.filter(collecting_id=collecting_id, case_id=case, count__gt=0)
    for day in days.order_by("-day"):
        less = min(number, day.count)
        DayCount.objects.filter(pk=day.pk).update(count=F("count") - less)
        number -= less
        if not number:
            return


def _counted_again(where: tuple[int, int, date], change: int) -> bool:
    """Add to a day's count, where there is one already; in a statement written once."""
    collecting, case, day = where
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collection_daycount SET count = count + %s "
            "WHERE collecting_id = %s AND case_id = %s AND day = %s",
            [change, collecting, case, connection.ops.adapt_datefield_value(day)],
        )
        return bool(cursor.rowcount)


def awaited(given: Incoming) -> tuple[str, ...]:
    """Return the files that a form speaks of and that did not come with it."""
    there = {file.name for file in given.files}
    return tuple(name for name in given.reading.files if name not in there)


def kept_name(given: Incoming, name: str) -> str:
    """Return the name a file is kept under."""
    if name in given.reading.files:
        return given.reading.files[name]
    anonymous = given.collecting.anonymous
    return neutral_name(name, given.collecting.salt) if anonymous else name


def attach(given: Incoming, row: Submission) -> None:
    """Write what is there and what is awaited; a name that is there keeps its first content."""
    found = {kept_name(given, file.name): file for file in given.files}
    names = [*given.reading.files.values(), *(n for n in found)]
    for name in dict.fromkeys(names):
        file = found.get(name)
        Attachment.objects.create(
            submission=row,
            name=name,
            media_type=file.media_type if file else "",
            size=file.size if file else 0,
            sha256=file.sha256 if file else "",
        )


def mark(row: Submission, flag: Flag) -> None:
    """Mark a form for the team to look at."""
    if flag.value not in row.flags:
        row.flags = sorted({*row.flags, flag.value})
        row.save(update_fields=["flags"])


def noted(act: str, given: Incoming, **details: object) -> tuple[Act, ...]:
    """Return what the journal is told of an answer: nothing in an anonymous collection."""
    collecting = given.collecting
    if collecting.anonymous:
        return ()
    about = {"collecting": collecting.id, **details}
    return (Act(act, SITE, given.at, collecting.study_id, about),)


def hashed_number(row: Submission) -> str:
    """Return the number of a form as it is kept once the form is gone."""
    salt, anonymous = row.collecting.salt, row.collecting.anonymous
    number = row.instance_id.partition("#")[0]
    return number if anonymous else keyed(salt, number)
