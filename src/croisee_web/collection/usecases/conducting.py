"""Opening a collection, changing its dates and goals, closing it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.study import ActivityState
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import (
    Collecting,
    CollectingCase,
    Submission,
)
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.rules.openness import first_bare_day, sealed_release, zone_of
from croisee_web.collection.vocabulary import (
    COLLECTING_CHANGED,
    COLLECTING_CLOSED,
    COLLECTING_OPENED,
    COLLECTING_REOPENED,
)
from croisee_web.instruments.models import PublishedVersion
from croisee_web.journal.usecases import record
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.queries.allowing import CollectionClosed
from croisee_web.study.models import Activity, Case, Certificate, Edition
from croisee_web.study.rules.ethics import Period, why_closed
from croisee_web.study.usecases.description import ChangedSince
from croisee_web.study.usecases.parts import RowEdit, save_rows

SLUG_LENGTH = 8
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class CollectingRefused(UseCaseError):
    """A collection that cannot be opened so, or changed so; the text says what to correct."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Plan:
    """What a collection asks, of whom, and when.

    ``goals``: by network's code, the answers hoped for; ``None`` for everybody. ``opens_on`` and
    ``closes_on`` are days in the study's time zone, both included.
    """

    published_id: int
    edition: str
    goals: Mapping[str, int | None]
    opens_on: date
    closes_on: date
    anonymous: bool = False
    open_link: bool = False


@transaction.atomic
def open_collecting(*, study_id: int, plan: Plan, actor: Account, at: datetime) -> Collecting:
    """Open a collection; the activity table says that it is under way.

    A study's first collection makes its first edition, where there is none.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: the plan does not hold; the text says what to correct.
        CollectionClosed: no certificate covers one of its days.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    published = PublishedVersion.objects.filter(
        pk=plan.published_id, questionnaire__study_id=study_id
    ).first()
    if published is None:
        raise CollectingRefused(_("Choisissez un questionnaire publié."))
    editions = set(Edition.objects.filter(study_id=study_id).values_list("code", flat=True))
    if editions and plan.edition not in editions:
        raise CollectingRefused(_("Choisissez une édition de l’étude."))
    cases = _cases(study_id, plan.goals)
    _check_days(study_id, plan.opens_on, plan.closes_on)
    _refuse_sealed(study_id, plan.edition, plan.opens_on)
    if not editions:
        first = RowEdit({"code": plan.edition, "name_fr": plan.edition, "position": 0})
        save_rows(study_id=study_id, part="editions", rows=(first,), actor=actor, at=at)
    row = Collecting.objects.create(
        study_id=study_id,
        published=published,
        edition=plan.edition,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        anonymous=plan.anonymous,
        open_slug=_new_slug() if plan.open_link else None,
    )
    CollectingCase.objects.bulk_create(
        CollectingCase(collecting=row, case=case, goal=plan.goals[code])
        for code, case in cases.items()
    )
    _put_under_way(row, list(cases.values()))
    record(
        act=COLLECTING_OPENED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        collecting=row.pk,
        version=published.pk,
        cases=len(cases),
    )
    return row


@transaction.atomic
def change_collecting(
    *, collecting_id: int, version: int, plan: Plan, actor: Account, at: datetime
) -> Collecting:
    """Change a collection's dates, goals, networks, open link, or version of its questionnaire.

    The edition never changes. Whether it is anonymous changes until a link was made or an answer
    came. A network that has links or answers stays.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        ChangedSince: somebody changed it since it was shown (``version``).
        CollectingRefused, CollectionClosed: as for opening.
    """
    row = locked_collecting(collecting_id, actor)
    if row.version != version:
        raise ChangedSince
    begun = row.links.exists() or Submission.objects.filter(collecting=row).exists()
    if plan.anonymous != row.anonymous and begun:
        raise CollectingRefused(
            _("Des liens ou des réponses existent : la promesse d’anonymat ne change plus.")
        )
    published = PublishedVersion.objects.filter(
        pk=plan.published_id, instrument_id=row.published.instrument_id
    ).first()
    if published is None:
        raise CollectingRefused(_("Choisissez une version du même questionnaire."))
    if (plan.opens_on, plan.closes_on) != (row.opens_on, row.closes_on):
        _check_days(row.study_id, plan.opens_on, plan.closes_on)
        _refuse_sealed(row.study_id, row.edition, min(plan.opens_on, row.opens_on))
    _change_cases(row, _cases(row.study_id, plan.goals), plan.goals)
    row.published, row.anonymous = published, plan.anonymous
    row.opens_on, row.closes_on = plan.opens_on, plan.closes_on
    if plan.open_link != (row.open_slug is not None):
        row.open_slug = _new_slug() if plan.open_link else None
    row.version += 1
    row.save()
    _note(COLLECTING_CHANGED, row, actor, at)
    return row


@transaction.atomic
def close_collecting(*, collecting_id: int, actor: Account, at: datetime) -> Collecting:
    """Close a collection before its day. Drafts and the key of its links stay a week.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
    """
    row = locked_collecting(collecting_id, actor)
    if row.closed_at is None:
        row.closed_at = at
        row.version += 1
        row.save()
        _note(COLLECTING_CLOSED, row, actor, at)
    return row


@transaction.atomic
def reopen_collecting(
    *, collecting_id: int, closes_on: date, actor: Account, at: datetime
) -> Collecting:
    """Take answers again until a day, as long as no sealed release counts this collection.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: a sealed release counts its answers, or the day has passed.
        CollectionClosed: no certificate covers one of the days left.
    """
    row = locked_collecting(collecting_id, actor)
    today = _today(row, at)
    if closes_on < today:
        raise CollectingRefused(_("Choisissez un jour de fermeture qui n’est pas passé."))
    _refuse_sealed(row.study_id, row.edition, row.opens_on)
    _check_days(row.study_id, max(today, row.opens_on), closes_on)
    row.closed_at, row.closes_on = None, closes_on
    row.version += 1
    row.save()
    _note(COLLECTING_REOPENED, row, actor, at)
    return row


def _cases(study_id: int, goals: Mapping[str, int | None]) -> dict[str, Case]:
    found = {
        case.code: case
        for case in Case.objects.filter(study_id=study_id, code__in=goals).order_by("position")
    }
    if not goals or set(found) != set(goals):
        raise CollectingRefused(_("Choisissez au moins un réseau de l’étude."))
    if any(goal == 0 for goal in goals.values()):
        raise CollectingRefused(_("Un but est d’au moins une réponse, ou reste vide."))
    return found


def _change_cases(
    row: Collecting, cases: Mapping[str, Case], goals: Mapping[str, int | None]
) -> None:
    known = {one.case_id: one for one in row.cases.all()}
    kept = {case.pk for case in cases.values()}
    for number, one in known.items():
        if number in kept:
            continue
        if (
            row.links.filter(case_id=number).exists()
            or Submission.objects.filter(collecting=row, case_id=number).exists()
        ):
            raise CollectingRefused(
                _("Un réseau qui a des liens ou des réponses ne se retire pas de la collecte.")
            )
        one.delete()
    for code, case in cases.items():
        CollectingCase.objects.update_or_create(
            collecting=row, case=case, defaults={"goal": goals[code]}
        )


def _check_days(study_id: int, opens_on: date, closes_on: date) -> None:
    """Stop a period that no certificate covers whole."""
    if closes_on < opens_on:
        raise CollectingRefused(_("La collecte ferme le jour où elle ouvre, ou après."))
    periods = [
        Period(start, end)
        for start, end in Certificate.objects.filter(study_id=study_id).values_list("start", "end")
    ]
    bare = first_bare_day(periods, opens_on, closes_on)
    if bare is None:
        return
    why = why_closed(periods, bare)
    if bare > opens_on:
        why = _("Aucun certificat d’éthique ne couvre le %(day)s : fermez la collecte avant.") % {
            "day": day_text(bare)
        }
    raise CollectionClosed(why)


def _refuse_sealed(study_id: int, edition: str, opens_on: date) -> None:
    code = sealed_release(study_id, edition, opens_on)
    if code:
        raise CollectingRefused(
            _(
                "La diffusion %(code)s est scellée : ses chiffres ne changent plus. "
                "Ouvrez une nouvelle édition pour recueillir encore."
            )
            % {"code": code}
        )


def _put_under_way(row: Collecting, cases: Sequence[Case]) -> None:
    """Say in the activity table that the method is under way, where nobody said more."""
    method = row.published.instrument.method_id
    rows = {
        one.case_id: one
        for one in Activity.objects.filter(
            study_id=row.study_id, method_id=method, edition=row.edition, case__in=cases
        )
    }
    for case in cases:
        known = rows.get(case.pk)
        if known is None:
            Activity.objects.create(
                study_id=row.study_id,
                method_id=method,
                case=case,
                edition=row.edition,
                state=ActivityState.ONGOING.value,
                start=row.opens_on.isoformat(),
            )
        elif known.state == ActivityState.PLANNED.value:
            known.state = ActivityState.ONGOING.value
            known.version += 1
            known.save(update_fields=["state", "version"])


def _today(row: Collecting, at: datetime) -> date:
    return at.astimezone(zone_of(row.study.timezone)).date()


def _new_slug() -> str:
    """Return the end of an open link: 8 signs that one may read aloud."""
    return "".join(secrets.choice(_SIGNS) for _place in range(SLUG_LENGTH))


def _note(act: str, row: Collecting, actor: Account, at: datetime) -> None:
    record(act=act, actor=actor.label, at=at, study_id=row.study_id, collecting=row.pk)
