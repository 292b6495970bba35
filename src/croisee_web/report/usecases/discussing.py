"""What networks say of findings; the wording and the status of a finding keep their versions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.text import typed_numbers
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.usecases import mark_results_stale
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.report.models import Comment, Finding, FindingVersion, NetworkStance
from croisee_web.report.rules import Answer
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


class ChangedMeanwhile(UseCaseError):
    """Somebody changed this finding first: nothing is overwritten in silence."""


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

    A dispute makes the finding disputed, with its note; when every network it speaks of has
    validated it, it is validated. The wording and the status before are kept.

    Raises:
        NotFound, NotAllowed: the actor may not discuss this network's results.
        NothingSaid: a dispute without its note.
        ChangedMeanwhile: the finding is no longer the one that was read.
    """
    require(actor=actor, verb=Verb.DISCUSS, study_id=study_id, case=case)
    finding, network = _of(study_id, finding_id, case)
    if finding.version != answer.version:
        raise ChangedMeanwhile(
            _("Ce constat a changé depuis que vous l’avez lu. Relisez-le, puis répondez.")
        )
    note = answer.note.strip()
    if answer.stance == Stance.DISPUTED:
        _check_note(note)
    kept = NetworkStance.objects.create(
        finding=finding, case=network, stance=answer.stance, note=note, author=actor, at=at
    )
    _follow(finding, actor, at)
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


def _of(study_id: int, finding_id: int, case: str) -> tuple[Finding, Case]:
    finding = Finding.objects.select_for_update().filter(study_id=study_id, pk=finding_id).first()
    network = Case.objects.filter(study_id=study_id, code=case).first()
    if finding is None or network is None or network.code not in finding.cases:
        raise NotFound(_("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
    return finding, network


def _follow(finding: Finding, actor: Account, at: datetime) -> None:
    """Give the finding the status and the minority note that its networks' last answers make."""
    answers = finding.stances.select_related("case").order_by("pk")
    last = {row.case.code: row for row in answers}
    disputes = [row for row in last.values() if row.stance == Stance.DISPUTED]
    if disputes:
        status = FindingStatus.DISPUTED
    elif set(finding.cases) <= set(last):
        status = FindingStatus.VALIDATED
    else:
        status = FindingStatus.DISCUSSED
    first = finding.versions.order_by("number").first()
    authors = finding.minority_fr if first is None else first.content["minority_fr"]
    notes = [f"{row.case.short_fr} : {row.note}" for row in disputes]
    minority = "\n\n".join(part for part in (authors, *notes) if part)
    if (finding.status, finding.minority_fr) == (status, minority):
        return
    _keep_version(finding, actor, at)
    if finding.minority_fr != minority:
        finding.minority_fr, finding.minority_en = minority, ""
    finding.status = status
    finding.version += 1
    finding.save(update_fields=["status", "minority_fr", "minority_en", "version"])
    mark_results_stale(study_id=finding.study_id, actor=actor.label, at=at)
    record(
        act=FINDING_CHANGED,
        actor=actor.label,
        at=at,
        study_id=finding.study_id,
        finding=finding.pk,
        version=finding.version,
    )


def _keep_version(finding: Finding, actor: Account, at: datetime) -> None:
    kept = ("title_fr", "title_en", "text_fr", "text_en", "minority_fr", "minority_en", "status")
    FindingVersion.objects.create(
        finding=finding,
        number=finding.version,
        content={name: getattr(finding, name) for name in kept},
        by=actor.label,
        at=at,
    )
