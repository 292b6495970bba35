"""Break-glass: one person asks to see the names of a study, another one answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment, Opening
from croisee_web.access.queries import SecondFactorNeeded, has_second_factor, require
from croisee_web.access.rules import OPENING_HOURS, study_names
from croisee_web.access.vocabulary import (
    OPENING,
    OPENING_ASKED,
    OPENING_ENDED,
    OPENING_GRANTED,
    OPENING_REFUSED,
    Verb,
)
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class TwoPersons(UseCaseError):
    """Nobody approves what she asked for herself."""

    http_status = 403


@transaction.atomic
def ask_opening(*, actor: Account, study_id: int, reason: str, hours: int, at: datetime) -> Opening:
    """Ask to see the names of a study for some hours, saying why.

    Raises:
        NotAllowed, NotFound: the actor neither manages this study's access nor the site.
        SecondFactorNeeded: her account has no second factor.
        UseCaseError: no reason, or a duration that is not offered.
    """
    _check(actor, study_id)
    if not has_second_factor(account=actor):
        raise SecondFactorNeeded(
            _("Pour voir les noms, votre compte a besoin d’une double vérification.")
        )
    if len(reason.strip()) < 10 or hours not in OPENING_HOURS:
        raise UseCaseError(_("Dites pourquoi en une phrase, et choisissez une durée."))
    asked = Opening.objects.create(
        study_id=study_id, asked_by=actor, reason=reason.strip(), hours=hours, asked_at=at
    )
    record(
        act=OPENING_ASKED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        opening=asked.pk,
        hours=hours,
    )
    return asked


@transaction.atomic
def answer_opening(
    *, actor: Account, number: int, granted: bool, at: datetime, origin: str = ""
) -> None:
    """Approve or refuse what somebody else asked for. Approved, it ends by itself.

    Raises:
        NotAllowed, NotFound: the actor neither manages this study's access nor the site, or
            nothing waits there.
        TwoPersons: she asked for it herself.
    """
    asked = _open(actor, number)
    if asked.granted is not None:
        raise UseCaseError(_("Quelqu’un a déjà répondu à cette demande."))
    if asked.asked_by_id == actor.pk:
        raise TwoPersons(_("Il faut deux personnes : une autre doit répondre à votre demande."))
    asked.answered_by, asked.answered_at, asked.granted = actor, at, granted
    if granted:
        asked.until = at + timedelta(hours=asked.hours)
        Assignment.objects.update_or_create(
            account_id=asked.asked_by_id,
            study_id=asked.study_id,
            case="",
            role=OPENING,
            defaults={"given_at": at, "until": asked.until},
        )
        ask(
            job="access.opening",
            actor=actor.label,
            at=at,
            study_id=asked.study_id,
            opening=asked.pk,
            origin=origin,
        )
    asked.save()
    record(
        act=OPENING_GRANTED if granted else OPENING_REFUSED,
        actor=actor.label,
        at=at,
        study_id=asked.study_id,
        opening=asked.pk,
    )


@transaction.atomic
def end_opening(*, actor: Account, number: int, at: datetime) -> None:
    """End an exceptional access before its time, or take a request back.

    Raises:
        NotAllowed, NotFound: the actor neither manages this study's access nor the site, nor
            asked for it; or it is over.
    """
    ended = _open(actor, number)
    ended.ended_at = at
    ended.save(update_fields=["ended_at"])
    still = Opening.objects.filter(
        asked_by=ended.asked_by, study_id=ended.study_id, granted=True, ended_at=None, until__gt=at
    )
    if not still.exists():
        Assignment.objects.filter(
            account_id=ended.asked_by_id, study_id=ended.study_id, role=OPENING
        ).delete()
    record(act=OPENING_ENDED, actor=actor.label, at=at, study_id=ended.study_id, opening=ended.pk)


def _check(actor: Account, study_id: int) -> None:
    if actor.is_administrator and actor.is_active and study_names().title(study_id):
        return
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)


def _open(actor: Account, number: int) -> Opening:
    found = Opening.objects.select_for_update(of=("self",)).filter(pk=number, ended_at=None).first()
    if found is None:
        raise NotFound
    _check(actor, found.study_id)
    return found
