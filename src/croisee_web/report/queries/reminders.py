"""What the results ask of a study's team today, on its home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import latest_run, results_of
from croisee_web.analysis.vocabulary import RunState
from croisee_web.corpus.queries import documents_to_review
from croisee_web.disclosure.models import SealedRelease
from croisee_web.kit.days import day_text
from croisee_web.people.models import Participant
from croisee_web.report.models import NetworkStance
from croisee_web.report.queries.results import stale_since
from croisee_web.report.vocabulary import Stance
from croisee_web.study.models import Study
from croisee_web.study.rules.reminders import Reminder

RECENT = timedelta(days=30)
"""How long a withdrawal that came after a seal is recalled."""


def reminders(study_id: int, slug: str, on: date) -> Iterator[Reminder]:
    """Yield what there is to do about a study's results. Eight SQL queries at most."""
    asked, run = latest_run(study_id=study_id), results_of(study_id=study_id)
    results = reverse("report:results", args=[slug])
    if asked is not None and asked.state is RunState.REFUSED:
        yield _stopped(results)
    elif run is not None and stale_since(run) is not None:
        yield _stale(results)
    sealed = list(SealedRelease.objects.filter(study_id=study_id).order_by("sealed_at"))
    yield from _seal_due(study_id, slug, on, sealed, computed=run is not None)
    if sealed:
        since = max(timezone.localtime(sealed[-1].sealed_at).date(), on - RECENT)
        yield from _withdrawals_since(study_id, slug, since)
    yield from _disputes(study_id, slug)
    yield from _to_review(study_id, results)


def _stopped(results: str) -> Reminder:
    return Reminder(
        9,
        "attn",
        _("Arrêté"),
        _("Calcul des résultats"),
        _("il s’est arrêté ; la page dit pourquoi."),
        _("Voir pourquoi"),
        results,
        Verb.FREEZE,
    )


def _stale(results: str) -> Reminder:
    return Reminder(
        25,
        "info",
        _("Périmé"),
        _("Résultats"),
        _("l’étude a changé depuis le dernier calcul."),
        _("Calculer de nouveau"),
        results,
        Verb.FREEZE,
    )


def _seal_due(
    study_id: int, slug: str, on: date, sealed: list[SealedRelease], *, computed: bool
) -> Iterator[Reminder]:
    """Yield that the arrest date has come and the release is not sealed."""
    row = Study.objects.get(pk=study_id)
    arrest = row.release_arrest_on
    known = {one.code for one in sealed}
    if arrest is None or arrest > on or row.release_code in known or row.closed_at:
        return
    yield Reminder(
        4,
        "attn",
        _("À sceller"),
        _("Diffusion %(code)s") % {"code": row.release_code}
        if row.release_code
        else _("Résultats"),
        _("les chiffres devaient s’arrêter le %(day)s.") % {"day": day_text(arrest)},
        _("Sceller") if computed else _("Calculer les résultats"),
        reverse("report:seal" if computed else "report:results", args=[slug]),
        Verb.SEAL,
    )


def _withdrawals_since(study_id: int, slug: str, since: date) -> Iterator[Reminder]:
    """Yield that somebody left after the seal: what was handed out still bears her words."""
    codes = list(
        Participant.objects.filter(study_id=study_id, withdrawn_on__gte=since)
        .order_by("-withdrawn_on", "pk")
        .values_list("code", flat=True)
    )
    if not codes:
        return
    address = (
        reverse("people:participant", args=[slug, codes[0]])
        if len(codes) == 1
        else reverse("people:register", args=[slug])
    )
    yield Reminder(
        7,
        "attn",
        _("Après le sceau"),
        ngettext("%(n)s retrait", "%(n)s retraits", len(codes)) % {"n": len(codes)},
        _("retirez aussi les copies remises ou téléchargées."),
        _("Voir le reçu") if len(codes) == 1 else _("Voir les personnes"),
        address,
        Verb.WITHDRAW,
    )


def _disputes(study_id: int, slug: str) -> Iterator[Reminder]:
    """Yield the findings a network disputes, until their wording changes."""
    last: dict[tuple[int, int], NetworkStance] = {}
    stances = (
        NetworkStance.objects.filter(finding__study_id=study_id)
        .select_related("finding", "case")
        .annotate(changed_at=Max("finding__versions__at"))
        .order_by("at", "pk")
    )
    for one in stances:
        last[one.finding_id, one.case_id] = one
    open_ones = [
        one
        for one in last.values()
        if one.stance == Stance.DISPUTED and (one.changed_at is None or one.changed_at < one.at)  # type: ignore[attr-defined]
    ]
    if not open_ones:
        return
    first = open_ones[0]
    findings = {one.finding_id for one in open_ones}
    yield Reminder(
        8,
        "attn",
        _("Contesté"),
        _("Constat %(code)s") % {"code": first.finding.code}
        if len(findings) == 1
        else ngettext("%(n)s constat", "%(n)s constats", len(findings)) % {"n": len(findings)},
        _("un réseau a écrit pourquoi."),
        _("Lire la note"),
        reverse("report:network", args=[slug, first.case.code]),
        Verb.READ_RESULTS,
    )


def _to_review(study_id: int, results: str) -> Iterator[Reminder]:
    """Yield how many verbatims nobody has read for names yet."""
    waiting = documents_to_review(study_id)
    if not waiting:
        return
    yield Reminder(
        26,
        "info",
        _("À relire"),
        ngettext("%(n)s verbatim", "%(n)s verbatims", waiting) % {"n": waiting},
        _("aucune citation n’en sort avant la relecture des noms."),
        _("Voir les passages"),
        results,
        Verb.READ_CORPUS,
    )
