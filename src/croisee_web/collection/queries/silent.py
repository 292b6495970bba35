"""Who has not answered yet, for those who may know."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import AnswerLink, Collecting
from croisee_web.collection.vocabulary import InvitationState
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Organisation
from croisee_web.study.queries.naming import said


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who was sent a link and has not answered: a code, and a public name if any."""

    case: str
    code: str
    name: str
    region: str
    refused: bool
    """Her address was refused by its mail server."""


def silent_ones(*, study_id: int, collecting_id: int, viewer: Account) -> tuple[Silent, ...]:
    """Return who has not answered, in an identified collection. Four SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer does not see participants, or nobody may know who.
    """
    require(actor=viewer, verb=Verb.SEE_PARTICIPANTS, study_id=study_id)
    row = Collecting.objects.filter(pk=collecting_id, study_id=study_id).first()
    if row is None or row.anonymous:
        raise NotFound(
            _("Personne ne peut savoir qui n’a pas répondu : cette collecte est anonyme.")
            if row
            else ""
        )
    links = (
        AnswerLink.objects.filter(collecting=row, used=False)
        .filter(~Q(organisation="") | ~Q(participant=""))
        .select_related("case", "invitation")
        .order_by("case__position", "organisation", "participant")
    )
    members = {
        (case, code): (name, region)
        for case, code, name, region in Organisation.objects.filter(
            case__collectings__collecting=row, edition__in={row.edition, ""}
        ).values_list("case_id", "code", "name", "region")
    }
    found = []
    for link in links:
        name, region = members.get((link.case_id, link.organisation), ("", ""))
        invitation = getattr(link, "invitation", None)
        found.append(
            Silent(
                said(link.case.short_fr, link.case.short_en),
                link.participant or link.organisation,
                "" if link.participant else name,
                region,
                invitation is not None and invitation.state == InvitationState.REFUSED,
            )
        )
    return tuple(found)
