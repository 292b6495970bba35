"""The long part of a change to a sealed release: tried and audited, then made. By jobs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee import disclosure as library
from croisee.disclosure import AmendmentRefused, Register, RegisterRefused
from croisee.language import Phrase
from croisee.run import Attempt, Decision, SealRefused, StudyRefused, attempted
from croisee_web.access.models import Account
from croisee_web.analysis.queries import register_folder
from croisee_web.analysis.usecases import ask_again, start_over
from croisee_web.coding.models import Excerpt
from croisee_web.disclosure.models import Amendment
from croisee_web.disclosure.vocabulary import (
    AMENDMENT_DONE,
    AMENDMENT_REFUSED,
    AmendmentAct,
    AmendmentState,
)
from croisee_web.jobs.rules import in_each_language
from croisee_web.people.models import Participant
from croisee_web.report.models import Finding, Publication
from croisee_web.report.queries.described import study_folder
from croisee_web.report.rules import proposal_of, refusal_told
from croisee_web.report.usecases.amending import note
from croisee_web.report.usecases.renewing import SOMEBODY_LEFT
from croisee_web.report.usecases.versions import next_version
from croisee_web.report.vocabulary import FINDING_WITHDRAWN, PublicationState
from croisee_web.study.models import Study

Progress = Callable[[Phrase], None]
REFUSALS = (AmendmentRefused, RegisterRefused, SealRefused, StudyRefused)
CHANGED = gettext_lazy(
    "Les données ont changé depuis l’essai : ce changement ne serait plus celui que vous avez "
    "vu. Rien n’est changé. Recommencez l’essai."
)


class _Left(Exception):
    """Somebody withdrew while a change was computed: it was computed with her."""


class _Changed(Exception):
    """What would be printed is not what was shown before the decision."""


def try_amendment(*, amendment_id: int, actor: Account, at: datetime, progress: Progress) -> None:
    """Compute and audit a change that was asked for, and keep what it would do.

    Bears being run twice. A refusal is kept in words. When somebody withdraws meanwhile,
    nothing of what was computed is kept.
    """
    row = Amendment.objects.get(pk=amendment_id)
    if row.state != AmendmentState.TRYING:
        return
    there = _people(row.study_id)
    try:
        with _attempt(row, at, progress) as attempt, transaction.atomic():
            row = _locked(row.pk)
            if row.state != AmendmentState.TRYING:
                return
            if _people(row.study_id, lock=True) != there:
                raise _Left
            row.proposal = dict(proposal_of(attempt.changes))
            row.mark, row.state = attempt.mark, AmendmentState.READY
            row.save(update_fields=["proposal", "mark", "state"])
    except REFUSALS as refusal:
        _refuse(row.pk, refusal_told(refusal), actor, at)
    except _Left:
        _refuse(row.pk, in_each_language(SOMEBODY_LEFT), actor, at)


def make_amendment(*, amendment_id: int, actor: Account, at: datetime, progress: Progress) -> None:
    """Make a decided change in the study's register, then ask for its documents.

    Bears being run twice: what the register holds of this decision is not done again.
    """
    row = Amendment.objects.get(pk=amendment_id)
    if row.state != AmendmentState.DECIDED:
        return
    register = Register.open(register_folder(row.study_id))
    try:
        keys = _already(row, register)
        if not keys:
            keys = (
                _remove(row, register)
                if row.act == AmendmentAct.REMOVE
                else _adopt(row, at, progress)
            )
    except REFUSALS as refusal:
        _refuse(row.pk, refusal_told(refusal), actor, at)
    except _Left:
        _refuse(row.pk, in_each_language(SOMEBODY_LEFT), actor, at)
    except _Changed:
        _refuse(row.pk, in_each_language(CHANGED), actor, at)
    else:
        _silence_who_left(row, register)
        _done(row.pk, keys, actor, at)


def _already(row: Amendment, register: Register) -> tuple[str, ...]:
    """Return what the register's journal says was done of this decision."""
    assert row.decided_at is not None
    mine = (row.decided_at.isoformat(), row.release_code)
    acts = {row.act, "retire"} if row.act == AmendmentAct.REMOVE else {row.act}
    return tuple(
        key for at, act, code, key, _detail in register.journal()
        if (at, code) == mine and act in acts
    )  # fmt: skip


def _remove(row: Amendment, register: Register) -> tuple[str, ...]:
    assert row.decided_at is not None
    zone = ZoneInfo(Study.objects.values_list("timezone", flat=True).get(pk=row.study_id))
    named = library.Amendment(
        library.Act.REMOVE,
        tuple(row.about),
        row.decided_by,
        row.reason,
        row.decided_at.astimezone(zone).date(),
    )
    return library.remove(register, row.release_code, named, row.decided_at.isoformat())


def _adopt(row: Amendment, at: datetime, progress: Progress) -> tuple[str, ...]:
    there = _people(row.study_id)
    with _attempt(row, row.decided_at or at, progress) as attempt, transaction.atomic():
        if _people(row.study_id, lock=True) != there:
            raise _Left
        if attempt.mark != row.mark:
            raise _Changed
        return attempt.adopt().keys


def _attempt(row: Amendment, at: datetime, progress: Progress) -> AbstractContextManager[Attempt]:
    decision = Decision(library.Act(row.act), tuple(row.about), row.decided_by, row.reason)
    return attempted(
        study_folder(row.study_id),
        Register.open(register_folder(row.study_id)),
        decision,
        at=at,
        progress=progress,
    )


def _people(study_id: int, *, lock: bool = False) -> frozenset[int]:
    """Return who has left a study; ``lock``: nobody else leaves before the transaction ends."""
    rows = Participant.objects.filter(study_id=study_id).order_by("pk")
    if lock:
        rows = rows.select_for_update()
    return frozenset(pk for pk, gone in rows.values_list("pk", "withdrawn_on") if gone)


def _locked(amendment_id: int) -> Amendment:
    return Amendment.objects.select_for_update().get(pk=amendment_id)


def _silence_who_left(row: Amendment, register: Register) -> None:
    """Blank, in every version of the register, the quotes whose words the site holds no more.

    Somebody may have left between the reading of the sealed release and its new version.
    """
    sealed = register.sealed(row.release_code)
    there = set(Excerpt.objects.filter(study_id=row.study_id).values_list("key", flat=True))
    register.silence({quote.key for quote in sealed.quotes} - there if sealed else set())


@transaction.atomic
def _refuse(amendment_id: int, told: dict[str, str], actor: Account, at: datetime) -> None:
    row = _locked(amendment_id)
    row.state, row.message = AmendmentState.REFUSED, told
    note(act=AMENDMENT_REFUSED, row=row, actor=actor.label, at=at)
    row.proposal = {}
    row.save(update_fields=["state", "message", "proposal"])
    if row.act == AmendmentAct.REMOVE:
        ask_again(study_id=row.study_id, actor=actor.label, at=at)


@transaction.atomic
def _done(amendment_id: int, keys: tuple[str, ...], actor: Account, at: datetime) -> None:
    """Note what was changed; the documents, the networks' pages and the public's follow."""
    row = _locked(amendment_id)
    tables = {one["key"]: one["code"] for one in row.proposal.get("tables", ())}
    row.state, row.done_at, row.keys = AmendmentState.DONE, at, list(keys)
    quotes = [] if row.act != AmendmentAct.REMOVE else row.proposal.get("quotes", [])
    row.codes = [tables[key] for key in keys if key in tables]
    row.codes += [*row.proposal.get("findings", ()), *quotes]
    row.save(update_fields=["state", "done_at", "keys", "codes"])
    if row.act == AmendmentAct.REMOVE:
        _withdraw_findings(row, actor, at)
    shown = Publication.objects.filter(
        study_id=row.study_id, release_code=row.release_code, state=PublicationState.PUBLIC
    )
    shown.update(renewal_asked=True)
    start_over(study_id=row.study_id, actor=actor.label, at=at)
    ask_again(study_id=row.study_id, actor=actor.label, at=at)
    note(act=AMENDMENT_DONE, row=row, actor=actor.label, at=at)


def _withdraw_findings(row: Amendment, actor: Account, at: datetime) -> None:
    taken = Finding.objects.select_for_update().filter(
        study_id=row.study_id, code__in=row.about, withdrawn_at=None
    )
    for finding in taken:
        finding.withdrawn_at = at
        next_version(finding=finding, act=FINDING_WITHDRAWN, notes="", actor=actor, at=at)
