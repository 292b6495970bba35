"""What networks say of findings, and the status that their answers make."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.text import typed_numbers
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.report.models import Comment, Finding, NetworkStance
from croisee_web.report.queries.stances import last_stances, notes_of
from croisee_web.report.queries.wordings import locked_finding
from croisee_web.report.rules import Answer
from croisee_web.report.usecases.versions import next_version
from croisee_web.report.vocabulary import (
    FINDING_ANSWERED,
    FINDING_CHANGED,
    FINDING_COMMENTED,
    FindingStatus,
    Stance,
)
from croisee_web.study.models import Case


class NothingSaid(UseCaseError):
    """A comment, or a dispute, without a word."""

    http_status = 422


@transaction.atomic
def comment_finding(
    *, study_id: int, finding_id: int, case: str, text: str, actor: Account, at: datetime
) -> Comment:
    """Add what somebody of a network says of a finding.

    Raises:
        NotFound, NotAllowed: the actor may not discuss this network's results.
        NothingSaid: the comment is empty.
    """
    require(actor=actor, verb=Verb.DISCUSS, study_id=study_id, case=case)
    finding, network = _of(study_id, finding_id, case)
    if not text.strip():
        raise NothingSaid(_("Écrivez votre commentaire, puis envoyez-le."))
    comment = Comment.objects.create(
        finding=finding, case=network, author=actor, text=text.strip(), at=at
    )
    record(act=FINDING_COMMENTED, actor=actor.label, at=at, study_id=study_id, finding=finding.pk)
    return comment


@transaction.atomic
def answer_finding(
    *,
    study_id: int,
    finding_id: int,
    case: str,
    answer: Answer,
    actor: Account,
    at: datetime,
) -> NetworkStance:
    """Validate a finding for a network, or dispute it with a note that will be printed.

    A dispute makes the finding disputed, and its note is printed after the authors' own; when
    every network it speaks of has validated it, it is validated. The status before is kept.

    Raises:
        NotFound, NotAllowed: the actor may not discuss this network's results.
        NothingSaid: a dispute without its note.
        ChangedMeanwhile: the finding is no longer the one that was read.
    """
    require(actor=actor, verb=Verb.DISCUSS, study_id=study_id, case=case)
    finding, network = _of(study_id, finding_id, case, answer.version)
    note = answer.note.strip()
    if answer.stance == Stance.DISPUTED:
        _check_note(note)
    before = notes_of(finding.stances.select_related("case"))
    kept = NetworkStance.objects.create(
        finding=finding,
        case=network,
        stance=answer.stance,
        note=note,
        version=finding.version,
        author=actor,
        at=at,
    )
    _follow(finding, before, actor, at)
    record(
        act=FINDING_ANSWERED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        finding=finding.pk,
        stance=str(answer.stance),
    )
    return kept


def _check_note(note: str) -> None:
    """Stop a note that says nothing, or that brings numbers no gate has seen."""
    if not note:
        raise NothingSaid(_("Pour contester, écrivez la note qui sera imprimée avec le constat."))
    if typed_numbers(note) or set(note) & {"{", "}"}:
        raise NothingSaid(_("Cette note est imprimée : écrivez-la sans chiffre et sans accolade."))


def _of(
    study_id: int, finding_id: int, case: str, version: int | None = None
) -> tuple[Finding, Case]:
    finding = locked_finding(study_id=study_id, finding_id=finding_id, version=version)
    network = Case.objects.filter(study_id=study_id, code=case).first()
    if network is None or network.code not in finding.cases or finding.withdrawn_at is not None:
        raise NotFound
    return finding, network


def _follow(finding: Finding, before: str, actor: Account, at: datetime) -> None:
    """Give the finding the status that its networks' last answers make."""
    answers = list(finding.stances.select_related("case"))
    last = last_stances(answers)
    if any(row.stance == Stance.DISPUTED for row in last.values()):
        status = FindingStatus.DISPUTED
    elif set(finding.cases) <= set(last):
        status = FindingStatus.VALIDATED
    else:
        status = FindingStatus.DISCUSSED
    if (finding.status, before) == (status, notes_of(answers)):
        return
    finding.status = status
    next_version(finding=finding, act=FINDING_CHANGED, notes=before, actor=actor, at=at)
