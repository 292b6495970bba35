"""What the register of participants asks of a study's team today, on its home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.access.vocabulary import Verb
from croisee_web.kit.days import day_text
from croisee_web.people.models import Consent, Incident, Participant, Purpose, RightsRequest
from croisee_web.people.rules import DAYS_TO_ANSWER
from croisee_web.study.models import Retention
from croisee_web.study.rules.reminders import Reminder, days_left
from croisee_web.study.vocabulary import Covered

SOON = 10
"""Days before an answer is owed within which a request is recalled."""


def reminders(study_id: int, slug: str, on: date) -> Iterator[Reminder]:
    """Yield what consents, requests, incidents and end dates wait for. Six SQL queries."""
    yield from _consents_awaited(study_id, slug)
    yield from _requests_owed(study_id, slug, on)
    yield from _notices_due(study_id, slug, on)
    yield from _without_end(study_id, slug)


def _consents_awaited(study_id: int, slug: str) -> Iterator[Reminder]:
    asked = Purpose.objects.filter(study_id=OuterRef("study_id"))
    answered = Consent.objects.filter(participant=OuterRef("pk"))
    waiting = Participant.objects.filter(
        Exists(asked), ~Exists(answered), study_id=study_id, withdrawn_on=None
    ).count()
    if not waiting:
        return
    yield Reminder(
        28,
        "info",
        _("Consentement"),
        ngettext("%(n)s personne", "%(n)s personnes", waiting) % {"n": waiting},
        ngettext(
            "elle n’a encore répondu à aucune finalité.",
            "elles n’ont encore répondu à aucune finalité.",
            waiting,
        ),
        _("Voir les personnes"),
        reverse("people:register", args=[slug]),
        Verb.EDIT_PARTICIPANTS,
    )


def _requests_owed(study_id: int, slug: str, on: date) -> Iterator[Reminder]:
    first = (
        RightsRequest.objects.filter(study_id=study_id, answered_on=None)
        .order_by("received_on", "pk")
        .values_list("received_on", flat=True)
        .first()
    )
    due = None if first is None else first + timedelta(days=DAYS_TO_ANSWER)
    if due is None or (due - on).days > SOON:
        return
    late = due < on
    yield Reminder(
        1 if late else 6,
        "attn",
        _("En retard") if late else days_left((due - on).days),
        _("Demande d’accès ou de rectification"),
        _("une réponse est due le %(day)s.") % {"day": day_text(due)},
        _("Voir les demandes"),
        reverse("people:register-lines", args=[slug, "demandes"]),
        Verb.EDIT_ETHICS,
    )


def _notices_due(study_id: int, slug: str, on: date) -> Iterator[Reminder]:
    """Recall the serious incident known the longest whose notices are not all given."""
    incident = (
        Incident.objects.filter(
            Q(commission_on=None) | Q(persons_on=None),
            study_id=study_id,
            assessment__serious=True,
        )
        .order_by("known_on", "pk")
        .first()
    )
    if incident is None:
        return
    days = (on - incident.known_on).days
    yield Reminder(
        0,
        "attn",
        _("Avis à donner"),
        _("Incident appris le %(day)s") % {"day": day_text(incident.known_on)},
        ngettext("depuis %(n)s jour, un avis manque.", "depuis %(n)s jours, un avis manque.", days)
        % {"n": days},
        _("Voir l’incident"),
        reverse("people:incident", args=[slug, incident.pk]),
        Verb.EDIT_ETHICS,
    )


def _without_end(study_id: int, slug: str) -> Iterator[Reminder]:
    """Recall the personal information that no line of the calendar covers."""
    people = Participant.objects.filter(study_id=study_id).exists()
    lines = Retention.objects.filter(study_id=study_id).exclude(covers="")
    missing = len(Covered) - len(set(lines.values_list("covers", flat=True)))
    if not people or not missing:
        return
    yield Reminder(
        32,
        "attn",
        _("Sans date"),
        _("Conservation"),
        ngettext(
            "%(n)s sorte de renseignements n’a pas de date de fin.",
            "%(n)s sortes de renseignements n’ont pas de date de fin.",
            missing,
        )
        % {"n": missing},
        _("Voir la fin de conservation"),
        reverse("people:ending", args=[slug]),
        Verb.EDIT_ETHICS,
    )
