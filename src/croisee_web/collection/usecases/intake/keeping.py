"""Writing a filled form that was read: the part of receiving that one transaction holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from croisee.questionnaire.submission import same_submission
from croisee_web.collection.models import (
    AnswerLink,
    AnswerSheet,
    Attachment,
    Collecting,
    Draft,
    GoneSubmission,
    Submission,
)
from croisee_web.collection.rules.drafts import place_of
from croisee_web.collection.rules.filled import Acknowledgement, Outcome, Refused, Why
from croisee_web.collection.rules.reading import Reading
from croisee_web.collection.usecases.intake.attaching import KeptFile
from croisee_web.collection.usecases.intake.filed import (
    Incoming,
    Told,
    Written,
    attach,
    awaited,
    free_sheet,
    is_taken,
    kept_name,
    link_of,
    mark,
    noted,
    respondent_of,
    row_of,
    write_sheet,
)
from croisee_web.collection.vocabulary import (
    ANSWER_DISPUTED,
    ANSWER_RECEIVED,
    ANSWER_REFUSED,
    Flag,
    SubmissionState,
)
from croisee_web.journal.usecases import Act
from croisee_web.kit.statements import insert


def write(given: Incoming) -> Written:
    """Write a filled form, or say why it is not received; called by :mod:`.together`.

    What is refused because something else has its number or its link is kept aside.
    """
    collecting, reading = given.collecting, given.reading
    if collecting.anonymous:  # one at a time: their rows are written again together
        Collecting.objects.select_for_update().filter(pk=collecting.id).values_list("pk").get()
    known = _known(given) if met(collecting.id, [reading]) else {}
    own = known.get(reading.instance_id)
    if own is not None:
        return _again(given, own)
    if known is _GONE:
        return Written(_refused_as_gone(), acts=noted(ANSWER_REFUSED, given))
    link = link_of(given)
    case = link.case_id if link is not None else given.collecting.cases.get(said_case(given), 0)
    refused = _refused(given, link, case)
    if refused is not None:
        return Written(refused)
    around = _around(given, known)
    respondent = respondent_of(given, link)
    other = _in_the_way(given, link, around, respondent)
    if other is not None:
        return _keep_apart(given, other.first(), case, link)
    return _keep(given, link, case, respondent, around)


@dataclass(frozen=True, slots=True)
class _Around:
    """The form that this one corrects, and the one that corrects it, if they are there."""

    older: Submission | None
    newer: Submission | None


def _around(given: Incoming, known: Mapping[str, Submission]) -> _Around:
    reading = given.reading
    newer = (
        one
        for one in known.values()
        if one.replaces == reading.instance_id and one.state != SubmissionState.DISPUTED
    )
    return _Around(known.get(reading.replaces) if reading.replaces else None, next(newer, None))


def _in_the_way(
    given: Incoming, link: AnswerLink | None, around: _Around, respondent: str
) -> QuerySet[Submission] | None:
    """Return where to look for what forbids to receive a form; ``None`` when nothing does."""
    older, newer = around.older, around.newer
    if older is None and newer is None and link is None and not respondent:
        return None
    all_of_them = Submission.objects.filter(collecting_id=given.collecting.id)
    all_of_them = all_of_them.exclude(state=SubmissionState.DISPUTED)  # they forbid nothing
    if older is not None:
        replaced = older.state == SubmissionState.REPLACED and newer is None
        return all_of_them.filter(replaces=given.reading.replaces) if replaced else None
    if newer is not None:
        return None
    if link is not None and link.used:
        return all_of_them.filter(link=link)
    if is_taken(given, respondent):
        return all_of_them.filter(sheet__respondent=respondent)
    return None


def met(collecting_id: int, readings: Sequence[Reading]) -> frozenset[str]:
    """Return the numbers of these forms that something kept bears, or speaks of; one statement.

    Those of the forms they correct too; those that were taken back are hashed.
    """
    own = [one.instance_id for one in readings]
    borne = [*own, *(one.replaces for one in readings if one.replaces)]
    gone = [one.hashed_id for one in readings]
    with connection.cursor() as cursor:
        cursor.execute(
            _met(len(own), len(borne)),
            [collecting_id, *borne, collecting_id, *own, collecting_id, *gone],
        )
        return frozenset(number for (number,) in cursor.fetchall())


@lru_cache(maxsize=256)
def _met(own: int, borne: int) -> str:
    few, more = (", ".join(["%s"] * number) for number in (own, borne))
    # Places of parameters, and nothing else, are written in.
    return (
        "SELECT instance_id FROM collection_submission WHERE collecting_id = %s "  # noqa: S608
        f"AND instance_id IN ({more}) UNION ALL "
        "SELECT replaces FROM collection_submission WHERE collecting_id = %s "
        f"AND replaces IN ({few}) AND NOT (replaces = '') UNION ALL "
        "SELECT instance_sha256 FROM collection_gonesubmission WHERE collecting_id = %s "
        f"AND instance_sha256 IN ({few})"
    )


def _known(given: Incoming) -> Mapping[str, Submission]:
    """Return what the collection holds of this form, of what it corrects and what corrects it.

    ``_GONE`` where its author took it back.
    """
    reading = given.reading
    gone = GoneSubmission.objects.filter(collecting_id=given.collecting.id)
    if gone.filter(instance_sha256=reading.hashed_id).exists():
        return _GONE
    numbers = [reading.instance_id, *([reading.replaces] if reading.replaces else [])]
    rows = Submission.objects.select_for_update().filter(collecting_id=given.collecting.id)
    found = rows.filter(
        Q(instance_id__in=numbers) | (Q(replaces=reading.instance_id) & ~Q(replaces=""))
    )
    return {one.instance_id: one for one in found}


_GONE: Mapping[str, Submission] = MappingProxyType({})


def _refused_as_gone() -> Refused:
    return Refused(
        Why.WITHDRAWN,
        [_("Cette réponse a été retirée : elle ne peut plus être envoyée. Rien n’a été gardé.")],
    )


def said_case(given: Incoming) -> str:
    """Return the code of the network that a form says it is for, or the only one asked."""
    if given.filled.case:
        return given.filled.case
    return next(iter(given.collecting.cases)) if len(given.collecting.cases) == 1 else ""


def _refused(given: Incoming, link: AnswerLink | None, case: int) -> Refused | None:
    if link is None and given.filled.token and not given.collecting.has_open_link:
        return Refused(
            Why.UNKNOWN_LINK, [_("Ce lien ne mène nulle part. Demandez-en un autre à l’équipe.")]
        )
    if not case:
        return Refused(
            Why.UNKNOWN_CASE, [_("Dites pour quel réseau vous répondez, puis renvoyez.")]
        )
    return None


def _keep(
    given: Incoming, link: AnswerLink | None, case: int, respondent: str, around: _Around
) -> Written:
    """Write a form that is received: its row, its files, its answers, the count of the day."""
    older, newer = around.older, around.newer
    row = row_of(given, link, older.case_id if older is not None else case)
    missing = awaited(given)
    if newer is not None:
        row.state = SubmissionState.REPLACED
        _drop(free_sheet(older))
    elif missing:
        row.state = SubmissionState.AWAITED
    else:
        row.state = SubmissionState.WHOLE
        row.sheet = write_sheet(given, row.case_id, respondent, link, free_sheet(older))
    insert(row)
    attach(given, row)
    # Both were counted, each as if it were alone, where this one comes last between them.
    counted = (older is None and newer is None) - (older is not None and newer is not None)
    _use(given, link)
    return Written(
        _acknowledged(row, missing, replaced=older is not None),
        row.pk,
        0 if link is None else link.pk,
        row.case_id,
        counted,
        told_of(given, row),
    )


def told_of(given: Incoming, row: Submission) -> tuple[Act, ...]:
    """Return what the journal is told of a form that is received."""
    return noted(ANSWER_RECEIVED, given, submission=row.pk, version=given.version.id)


def _use(given: Incoming, link: AnswerLink | None) -> None:
    """Say that a link was used, and forget what was being written with it."""
    if link is not None and not link.used:
        link.used = True
        link.save(update_fields=["used"])
    if given.filled.token:
        Draft.objects.filter(place=place_of(given.filled.token)).delete()


def _drop(sheet: AnswerSheet | None) -> None:
    if sheet is not None:
        sheet.delete()


def _acknowledged(row: Submission, missing: tuple[str, ...], *, replaced: bool) -> Acknowledgement:
    if missing:
        return Acknowledgement(Outcome.AWAITING_FILES, row.pk, missing)
    outcome = Outcome.REPLACED if replaced else Outcome.RECEIVED
    return Acknowledgement(outcome, row.pk)


def _again(given: Incoming, row: Submission) -> Written:
    """Answer a form whose number is known: the same, perhaps with files, or another one."""
    if not _same(given, row):
        return _keep_apart(given, row, row.case_id, None)
    attached = {one.name: one for one in row.attachments.all()}
    disputed = [
        file for file in given.files if _take_file(row, attached, kept_name(given, file.name), file)
    ]
    missing = tuple(name for name, one in attached.items() if not one.sha256)
    done = None
    if row.state == SubmissionState.AWAITED and not missing:
        done = _complete(given, row)
    if given.collecting.anonymous and any(file.traces for file in given.files):
        mark(row, Flag.TRACES)
    if disputed:
        mark(row, Flag.TWICE)
        told: Told = Refused(
            Why.ALREADY_ANSWERED,
            [_("Un autre fichier porte déjà ce nom. Les deux sont gardés pour l’équipe.")],
        )
        return Written(told, row.pk)
    if done is not None:
        return done
    if missing:
        told = Acknowledgement(Outcome.AWAITING_FILES, row.pk, _as_sent(given, missing))
        return Written(told, row.pk)
    return Written(Acknowledgement(Outcome.ALREADY, row.pk), row.pk)


def _as_sent(given: Incoming, missing: tuple[str, ...]) -> tuple[str, ...]:
    sent = {kept: name for name, kept in given.reading.files.items()}
    return tuple(sent.get(name, name) for name in missing)


def _same(given: Incoming, row: Submission) -> bool:
    if row.digest == given.reading.digest:
        return True
    return same_submission(bytes(row.content), given.reading.content)


def _take_file(row: Submission, attached: dict[str, Attachment], name: str, file: KeptFile) -> bool:
    """Attach a file that came later; return whether another content has its name already.

    That other one stays as it is; this one is kept under a name that says so.
    """
    one = attached.get(name)
    if one is not None and one.sha256 == file.sha256:
        return False
    disputed = one is not None and one.sha256 != ""
    if disputed:
        name = f"{name[:150]}#{file.sha256[:16]}"
    if disputed and name in attached:
        return True
    if one is None or disputed:
        one = attached[name] = Attachment(submission=row, name=name)
        if not disputed:
            mark(row, Flag.EXTRA_FILES)
    one.media_type, one.size, one.sha256 = file.media_type, file.size, file.sha256
    one.save()
    return disputed


def _complete(given: Incoming, row: Submission) -> Written:
    """Give its answers to a form whose last file came."""
    respondent = respondent_of(given, row.link)
    older = (
        Submission.objects.filter(
            collecting_id=given.collecting.id, instance_id=row.replaces
        ).first()
        if row.replaces
        else None
    )
    replaced = older is not None and older.state == SubmissionState.REPLACED
    if replaced or (older is None and is_taken(given, respondent)):
        row.state = SubmissionState.DISPUTED
        row.save(update_fields=["state"])
        mark(row, Flag.TWICE)
        return Written(_already_answered(), row.pk)
    row.sheet = write_sheet(given, row.case_id, respondent, row.link, free_sheet(older))
    row.state = SubmissionState.WHOLE
    row.save(update_fields=["sheet", "state"])
    return Written(_acknowledged(row, (), replaced=older is not None), row.pk)


def _keep_apart(
    given: Incoming, other: Submission | None, case: int, link: AnswerLink | None
) -> Written:
    """Keep a form that something else forbids to receive, and mark both for the team."""
    reading = given.reading
    number = f"{reading.instance_id}#{reading.digest[:32]}"
    row = Submission.objects.filter(collecting_id=given.collecting.id, instance_id=number).first()
    acts: tuple[Act, ...] = ()
    if row is None:
        row = row_of(given, link, case)
        row.instance_id, row.state = number, SubmissionState.DISPUTED
        row.flags = sorted({*row.flags, Flag.TWICE.value})
        insert(row)
        attach(given, row)
        acts = noted(ANSWER_DISPUTED, given, submission=row.pk)
    if other is not None:
        mark(other, Flag.TWICE)
    return Written(_already_answered(), row.pk, acts=acts)


def _already_answered() -> Refused:
    return Refused(
        Why.ALREADY_ANSWERED,
        [
            _(
                "Une réponse est déjà là, et celle-ci dit autre chose. La première reste ; "
                "celle-ci est gardée à part, et l’équipe la verra."
            )
        ],
    )
