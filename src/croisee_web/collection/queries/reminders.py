"""What the collections under way ask of a study's team today, on its home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Collecting, Invitation, Submission
from croisee_web.collection.vocabulary import InvitationState
from croisee_web.study.queries.naming import said
from croisee_web.study.rules.reminders import Reminder

SOON = 3
"""Days before its closing within which a collection is recalled."""
RECENT = 14
"""Days after its closing during which its results are proposed."""


def reminders(study_id: int, slug: str, on: date) -> Iterator[Reminder]:
    """Yield what collections wait for: addresses to mend, a last call. Three SQL queries."""
    rows = list(
        Collecting.objects.filter(study_id=study_id, closed_at=None, opens_on__lte=on)
        .filter(closes_on__gte=on)
        .select_related("published__questionnaire")
        .annotate(
            links_made=Count("links", distinct=True),
            silent=Count("links", filter=Q(links__used=False), distinct=True),
        )
        .order_by("closes_on", "pk")
    )
    if not rows:
        return
    refused = dict(
        Invitation.objects.filter(
            link__collecting__in=rows, state=InvitationState.REFUSED, link__used=False
        )
        .order_by()
        .values_list("link__collecting_id")
        .annotate(n=Count("pk"))
    )
    answered = dict(
        Submission.objects.filter(collecting__in=rows, sheet__isnull=False)
        .order_by()
        .values_list("collecting_id")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        if row.pk in refused:
            yield _to_mend(row, slug, refused[row.pk])
        if (row.closes_on - on).days <= SOON:
            yield _last_call(row, slug, on, answered.get(row.pk, 0))


def _to_mend(row: Collecting, slug: str, refused: int) -> Reminder:
    return Reminder(
        8,
        "attn",
        _("Courriels"),
        ngettext("%(n)s invitation refusée", "%(n)s invitations refusées", refused)
        % {"n": refused},
        _("%(name)s : corrigez les adresses, ou invitez autrement.") % {"name": _name(row)},
        _("Voir les invitations"),
        reverse("collection:inviting", args=[slug, row.pk]),
        Verb.EDIT_STUDY,
    )


def _last_call(row: Collecting, slug: str, on: date, answered: int) -> Reminder:
    left = (row.closes_on - on).days
    word = (
        _("Ferme ce soir")
        if left == 0
        else ngettext("Ferme dans %(n)s jour", "Ferme dans %(n)s jours", left) % {"n": left}
    )
    silent = row.silent  # type: ignore[attr-defined]
    text = (
        ngettext("%(n)s lien n’a pas encore servi.", "%(n)s liens n’ont pas encore servi.", silent)
        % {"n": silent}
        if silent
        else ngettext("%(n)s réponse reçue.", "%(n)s réponses reçues.", answered) % {"n": answered}
    )
    return Reminder(
        7 + left,
        "attn",
        word,
        _name(row),
        text,
        _("Voir la collecte"),
        reverse("collection:collecting", args=[slug, row.pk]),
        Verb.EDIT_STUDY,
    )


def _name(row: Collecting) -> str:
    named = row.published.questionnaire
    return said(named.name_fr, named.name_en)
