"""Making the links of a collection, and the tokens that open them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.study import Subject
from croisee_web.access.models import Account
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Collecting
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.rules.links import fresh_link
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.vocabulary import LINKS_MADE, LinkFor
from croisee_web.journal.usecases import record
from croisee_web.people.models import Participant
from croisee_web.study.models import Organisation

MOST_NAMELESS = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which links to make. ``nameless``: how many, by network's code, for ``LinkFor.NAMELESS``."""

    who: LinkFor | None = None
    nameless: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def make_links(
    *, collecting_id: int, actor: Account, at: datetime, wanted: Wanted | None = None
) -> tuple[tuple[AnswerLink, str], ...]:
    """Make the links that are missing; return them with their tokens, which are kept nowhere.

    By default one an organisation of the frame where the questionnaire is about organisations,
    one a participant where it is about persons. Whoever has a link already keeps it.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: too many links without a name.
    """
    row = locked_collecting(collecting_id, actor)
    asked = wanted or Wanted()
    persons = row.published.instrument.subject == Subject.PERSON.value
    who = asked.who or (LinkFor.PARTICIPANTS if persons else LinkFor.ORGANISATIONS)
    links = _new_links(row, who, asked.nameless)
    AnswerLink.objects.bulk_create(link for link, _token in links)
    if links:
        record(
            act=LINKS_MADE,
            actor=actor.label,
            at=at,
            study_id=row.study_id,
            collecting=row.pk,
            links=len(links),
        )
    return tuple(links)


def token_of(*, link: AnswerLink, study_id: int, actor: str, at: datetime) -> str:
    """Return a link's token, for a letter or a card; in the caller's transaction.

    It is made again from the collection's key. Where that key is another one (destroyed after
    the closing, or not restored), the link gets a new token: the address sent before no longer
    opens it.
    """
    del actor, at
    token = vault.new_token(study_id, link.collecting_id, link.pk)
    digest = vault.token_digest(token)
    if digest != link.token_sha256:
        link.token_sha256 = digest
        link.code_digest = vault.code_digest(vault.new_code(study_id, link.collecting_id, link.pk))
        link.save(update_fields=["token_sha256", "code_digest"])
    return token


def _new_links(
    row: Collecting, who: LinkFor, nameless: Mapping[str, int]
) -> list[tuple[AnswerLink, str]]:
    asked = dict(row.cases.values_list("case__code", "case_id"))
    if who is LinkFor.NAMELESS:
        if sum(nameless.values()) > MOST_NAMELESS:
            raise CollectingRefused(
                _("Faites au plus %(n)s liens à la fois.") % {"n": MOST_NAMELESS}
            )
        return [
            fresh_link(row, asked[code]) for code, n in nameless.items() if code in asked
            for _place in range(n)
        ]  # fmt: skip
    if who is LinkFor.PARTICIPANTS:
        known = set(row.links.exclude(participant="").values_list("participant", flat=True))
        people = Participant.objects.filter(
            study_id=row.study_id, case_id__in=asked.values(), withdrawn_on=None
        ).exclude(code__in=known)
        return [
            fresh_link(row, case, component=part, organisation=organisation, participant=code)
            for case, part, organisation, code in people.order_by("pk").values_list(
                "case_id", "component", "organisation", "code"
            )
        ]
    linked = set(
        row.links.exclude(organisation="").values_list("case_id", "component", "organisation")
    )
    members = (
        Organisation.objects.filter(case_id__in=asked.values(), edition__in={row.edition, ""})
        .order_by("case_id", "code", "edition")
        .values_list("case_id", "component", "code")
        .distinct()
    )
    return [
        fresh_link(row, case, component=part, organisation=code)
        for case, part, code in dict.fromkeys(members)
        if (case, part, code) not in linked
    ]
