"""After the seal: a table, a finding or a quote removed, an error mended, a table added.

Every change is a decision that somebody signs, with a reason. What computes is tried first;
nothing is changed before the decision, and nothing brings back what it changed
(``docs/methods/divulgation.md`` §7.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import results_of
from croisee_web.analysis.usecases import remove_results
from croisee_web.disclosure.models import Amendment
from croisee_web.disclosure.vocabulary import (
    AMENDMENT_DECIDED,
    AMENDMENT_DROPPED,
    AMENDMENT_TRIED,
    AmendmentAct,
    AmendmentState,
)
from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask
from croisee_web.jobs.vocabulary import JobState
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.report.queries.findings import sealed_release
from croisee_web.report.queries.results import released
from croisee_web.report.rules import Proposal, removal_of
from croisee_web.report.usecases.renewing import take_down

TRY, DO = "report.try-amendment", "report.amend"
OPEN = (AmendmentState.TRYING, AmendmentState.READY, AmendmentState.DECIDED)


class NotAmended(UseCaseError):
    """The sealed release stays as it is; the text says why."""


class NoReason(NotAmended):
    """Something is missing from the decision."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a sealed release, and why. ``about`` holds keys, or codes of findings."""

    act: AmendmentAct
    about: tuple[str, ...]
    reason: str


@transaction.atomic
def propose_amendment(*, study_id: int, wish: Wish, actor: Account, at: datetime) -> Amendment:
    """Prepare a change to a study's sealed release; nothing changes before it is decided.

    What a removal takes is known at once. The rest is computed and audited by a job. A change
    prepared before and not decided is dropped.

    Raises:
        NotFound, NotAllowed: the actor may not seal in this study.
        NoReason: no reason, or nothing chosen.
        NotAmended: nothing is sealed, there are no results, or a change is under way.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    reason = wish.reason.strip()
    if not reason:
        raise NoReason(_("Écrivez pourquoi : la raison est inscrite au registre."))
    if not wish.about and wish.act in {AmendmentAct.REMOVE, AmendmentAct.ADD}:
        raise NoReason(_("Choisissez au moins une chose."))
    sealed = sealed_release(study_id)
    if sealed is None:
        raise NotAmended(_("Rien n’est scellé dans cette étude : calculez de nouveau, simplement."))
    _make_room(study_id, actor, at)
    row = Amendment(
        study_id=study_id,
        release_code=sealed.code,
        act=wish.act,
        about=list(wish.about),
        reason=reason,
        decided_by=actor.name,
        state=AmendmentState.TRYING,
        asked_at=at,
    )
    if wish.act == AmendmentAct.REMOVE:
        row.state, row.proposal = AmendmentState.READY, dict(_removal(study_id, wish.about))
    row.save()
    if wish.act != AmendmentAct.REMOVE:
        job = ask(
            job=TRY, actor=actor.label, at=at, study_id=study_id,
            amendment=row.pk, account=actor.pk,
        )  # fmt: skip
        row.job_id = job.pk
        row.save(update_fields=["job_id"])
    note(act=AMENDMENT_TRIED, row=row, actor=actor.label, at=at)
    return row


def _make_room(study_id: int, actor: Account, at: datetime) -> None:
    """Drop a change that waits; refuse when one is being computed or made."""
    before = Amendment.objects.select_for_update().filter(study_id=study_id, state__in=OPEN).first()
    if before is None:
        return
    if before.state != AmendmentState.READY and not _given_up(before):
        raise NotAmended(_("Un autre changement est en cours. Attendez qu’il finisse."))
    before.state, before.proposal = AmendmentState.DROPPED, {}
    before.save(update_fields=["state", "proposal"])
    note(act=AMENDMENT_DROPPED, row=before, actor=actor.label, at=at)


def _given_up(row: Amendment) -> bool:
    job = Job.objects.filter(pk=row.job_id or 0).first()
    return job is None or job.state == JobState.FAILED


def _removal(study_id: int, about: tuple[str, ...]) -> Proposal:
    run = results_of(study_id=study_id)
    release = None if run is None else released(run.folder / "equipe")
    if release is None:
        raise NotAmended(_("Calculez d’abord les résultats : on verra alors ce qui part."))
    found = removal_of(release, about)
    if not (found["tables"] or found["findings"] or found["quotes"]):
        raise NotAmended(_("Ce que vous avez choisi n’est pas, ou n’est plus, dans la diffusion."))
    return found


@transaction.atomic
def decide_amendment(*, study_id: int, amendment_id: int, actor: Account, at: datetime) -> None:
    """Decide a prepared change, for good: what is removed leaves every page at once.

    The rest is done by a job, then the documents are written again.

    Raises:
        NotFound, NotAllowed: no such change, or the actor may not seal.
        NotAmended: it is not ready, or no longer.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    row = _of(study_id, amendment_id)
    if row.state != AmendmentState.READY:
        raise NotAmended(_("Ce changement n’attend pas de décision."))
    row.state, row.decided_by, row.decided_at = AmendmentState.DECIDED, actor.name, at
    if row.act == AmendmentAct.REMOVE:
        remove_results(study_id=study_id, actor=actor.label, at=at)
        take_down(study_id=study_id, actor=actor.label, at=at)
    job = ask(
        job=DO, actor=actor.label, at=at, study_id=study_id, amendment=row.pk, account=actor.pk
    )
    row.job_id = job.pk
    row.save()
    note(act=AMENDMENT_DECIDED, row=row, actor=actor.label, at=at)


@transaction.atomic
def drop_amendment(*, study_id: int, amendment_id: int, actor: Account, at: datetime) -> None:
    """Give up a change that is not decided yet; nothing of what it would have done is kept.

    Raises:
        NotFound, NotAllowed: no such change, or the actor may not seal.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    row = _of(study_id, amendment_id)
    if row.state in {AmendmentState.TRYING, AmendmentState.READY}:
        row.state, row.proposal = AmendmentState.DROPPED, {}
        row.save(update_fields=["state", "proposal"])
        note(act=AMENDMENT_DROPPED, row=row, actor=actor.label, at=at)


def _of(study_id: int, amendment_id: int) -> Amendment:
    found = Amendment.objects.select_for_update().filter(study_id=study_id, pk=amendment_id)
    row = found.first()
    if row is None:
        raise NotFound
    return row


def note(*, act: str, row: Amendment, actor: str, at: datetime) -> None:
    """Write an act on a change in the journal: numbers, and the release's code."""
    record(
        act=act,
        actor=actor,
        at=at,
        study_id=row.study_id,
        amendment=row.pk,
        release=row.release_code,
        tables=len(row.proposal.get("tables", ())),
    )
